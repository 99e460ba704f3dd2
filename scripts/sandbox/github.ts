/**
 * A fake GitHub, as far as dispatching a workflow and following its run needs one: for tests, and for the rehearsal's
 * rollback. It misbehaves on demand and keeps a log of what it was asked, so that a test can count what was sent.
 */
import {createServer, type IncomingMessage, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {text as textOf} from 'node:stream/consumers';
import {send} from './github/answering.ts';
import {type Kind, type Mode, type Modes, modesOf, type Sent} from './github/modes.ts';
import type {Repository} from './github/repository.ts';
import {find} from './github/routes.ts';
import {type Plan, type Run, review, type Work} from './github/run.ts';
import {createRun, type World} from './github/world.ts';

export type GitHubOptions = {
	readonly repositories: readonly Repository[];
	readonly token: string;
	/** Whose token it is; `rollback-bot` unless set, null for a token that is nobody's. */
	readonly login?: string | null;
	/** Scopes that a classic token tells; others tell none. */
	readonly scopes?: string;
	/** GitHub's own clock; the machine's unless set. */
	readonly now?: () => number;
	/** What a run does when its last job begins. */
	readonly onRun?: Work;
	/** Any free one unless set. */
	readonly port?: number;
};

/** A request as it was asked and answered; never the token. */
export type Noted = {
	readonly kind: Kind | 'none';
	readonly method: string;
	readonly path: string;
	readonly authorized: boolean;
	readonly body: unknown;
	readonly status: number | 'silence' | 'reset' | 'cut';
};

export type FakeGitHub = Omit<Modes, 'take'> & {
	/** The address of the API, without a slash at its end. */
	readonly url: string;
	/** In the order in which they were answered. */
	readonly requests: readonly Noted[];
	readonly runs: readonly Run[];
	asked(kind: Kind): readonly Noted[];
	/** How runs go that are dispatched from now on. */
	plan(plan: Plan): void;
	/** Runs `act` before the next request of this kind is looked at, or after its answer is made. */
	on(when: 'before' | 'after', kind: Kind, act: () => void): void;
	/** Runs that others dispatch now. */
	others(
		count: number,
		fields?: Partial<Pick<Run, 'actor' | 'branch' | 'workflow' | 'event' | 'created'>>,
	): readonly Run[];
	review(run: number, environment: string, state: 'approved' | 'rejected'): void;
	close(): Promise<void>;
};

const listen = (server: Server, port: number): Promise<string> =>
	new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
	});

const closed = (server: Server): Promise<void> =>
	new Promise(resolve => {
		server.close(() => resolve());
		server.closeAllConnections();
	});

async function bodyOf(request: IncomingMessage): Promise<unknown> {
	const text = await textOf(request);
	try {
		return text === '' ? null : JSON.parse(text);
	} catch {
		return text;
	}
}

const nothing: Sent = {status: 404, body: {message: 'Not Found'}};
const badToken: Sent = {status: 401, body: {message: 'Bad credentials'}};

export async function startGitHub(options: GitHubOptions): Promise<FakeGitHub> {
	const {repositories, token, login = 'rollback-bot', scopes, now = () => Date.now(), onRun = null, port = 0} = options;
	const world: World = {repositories, login, now, onRun, site: '', runs: [], plan: {}, nextId: 8_123_456};
	const requests: Noted[] = [];
	const {take, ...modes} = modesOf();
	const hooks: {when: string; kind: Kind; act: () => void}[] = [];
	const fire = (when: string, kind: Kind): void => {
		const index = hooks.findIndex(hook => hook.when === when && hook.kind === kind);
		if (index >= 0) hooks.splice(index, 1)[0]?.act();
	};
	const headersNow = (): Record<string, string> => ({
		date: new Date(now()).toUTCString(),
		'content-type': 'application/json; charset=utf-8',
		'x-ratelimit-limit': '5000',
		'x-ratelimit-remaining': '4999',
		...(scopes === undefined ? {} : {'x-oauth-scopes': scopes}),
	});

	/** Logs lie on a server of their own, which must not be shown the token. */
	const storage = createServer((request, response) => {
		const {url = '', method = ''} = request;
		const mode = take('storage');
		const job = world.runs.flatMap(({jobs}) => jobs).find(({id}) => url.startsWith(`/${id}?`));
		const own = job ? {status: 200, body: job.log} : nothing;
		const status = send(request, response, mode, own, headersNow());
		const authorized = request.headers.authorization !== undefined;
		requests.push({kind: 'storage', method, path: url, authorized, body: null, status});
	});
	const storageUrl = await listen(storage, 0);

	const server = createServer(async (request, response) => {
		const {url = '', method = ''} = request;
		const body = await bodyOf(request);
		const found = find(world, storageUrl, method, new URL(url, 'http://localhost'));
		const authorized = request.headers.authorization === `Bearer ${token}`;
		const mode: Mode = found ? take(found.kind) : {does: true, answer: 'own'};
		if (found) fire('before', found.kind);
		const does = authorized && mode.does;
		const own = authorized ? (found && does ? found.act(body) : nothing) : badToken;
		if (found) fire('after', found.kind);
		const status = send(request, response, authorized ? mode : {does, answer: 'own'}, own, headersNow());
		requests.push({kind: found?.kind ?? 'none', method, path: url, authorized, body, status});
	});
	const url = await listen(server, port);
	world.site = url;

	return {
		...modes,
		url,
		requests,
		runs: world.runs,
		asked: kind => requests.filter(request => request.kind === kind),
		plan: plan => {
			world.plan = plan;
		},
		on: (when, kind, act) => void hooks.push({when, kind, act}),
		others: (count, fields = {}) => {
			const [repository] = repositories;
			const usual = {
				repository: repository?.name ?? '',
				workflow: Object.keys(repository?.workflows ?? {})[0] ?? '',
				branch: repository?.branches[0] ?? '',
			};
			return Array.from({length: count}, (_, index) =>
				createRun(world, {...usual, actor: `somebody-${index}`, ...fields}, {}),
			);
		},
		review: (id, environment, state) => {
			const run = world.runs.find(known => known.id === id);
			if (run) review(run, environment, state);
		},
		close: async () => {
			await Promise.all([closed(server), closed(storage)]);
		},
	};
}

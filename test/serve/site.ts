/* A server for people with a link, on a socket of its own, with a journal that a test writes and a clock that it sets. */
import {mkdtempSync, rmSync} from 'node:fs';
import {type IncomingHttpHeaders, type RequestOptions, request} from 'node:http';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {TestContext} from 'node:test';
import {systemClock} from '../../source/cli/clock.ts';
import type {Command, CommandData, Observation} from '../../source/cutover/model/command.ts';
import type {Person} from '../../source/cutover/model/person.ts';
import type {Runbook} from '../../source/cutover/model/runbook.ts';
import type {Answer, Clock, Journal} from '../../source/cutover/ports.ts';
import {openJournal} from '../../source/journal/journal.ts';
import type {Front} from '../../source/serve/front.ts';
import {listen, stopListening} from '../../source/serve/listen.ts';
import {peopleOf} from '../../source/serve/people.ts';
import type {Route} from '../../source/serve/route.ts';
import {keepSecret, newSecret, type Secret} from '../../source/serve/secrets.ts';
import {pageServer} from '../../source/serve/server.ts';
import {stamp} from '../../source/text/time.ts';
import type {Draft} from '../cutover/commands.ts';
import {at, calm} from '../given.ts';
import {emptyShelf, memoryStore} from '../harness/memory-store.ts';
import {alice} from '../scenarios/people.ts';
import {approved, runbook} from '../scenarios/runbook.ts';

export type Answered = {readonly status: number; readonly headers: IncomingHttpHeaders; readonly text: string};

export type Site = {
	readonly url: string;
	readonly folder: string;
	readonly journal: Journal;
	/** Lines of the journal, and of the server's log. */
	readonly lines: readonly string[];
	readonly log: readonly string[];
	/** What is observed from now on, and what time it is. */
	see(observed: Observation): void;
	time(wall: string): void;
	does(by: Person, draft: Draft): Promise<Answer>;
	/** Invites somebody as alice, and gives the link's secrets. */
	invite(name: string, rest?: Partial<CommandData['invite']>): Promise<Secret>;
	ask(path: string, options?: RequestOptions, body?: string): Promise<Answered>;
	/** The server dies and another one starts: sessions are gone. */
	restart(): Promise<void>;
};

export const withMail: Runbook = {...runbook, mails: {bob: 'bob@example.org', carol: 'carol@example.org'}};

/** The stream of a page on which nothing changes. */
const quiet: Route = {
	method: 'GET',
	path: '/stream',
	name: 'stream',
	handle: () => ({
		stream: response => void response.writeHead(200, {'content-type': 'text/event-stream'}).write('retry: 2000\n\n'),
	}),
};

/** `front`: who signs people in before it. Begun at 20:50 with T0 at 22:00; ends with the test. */
export async function site(t: TestContext, book: Runbook = withMail, front: Front | null = null): Promise<Site> {
	const folder = mkdtempSync(join(tmpdir(), 'cutover-people-'));
	t.after(() => rmSync(folder, {recursive: true}));
	const shelf = emptyShelf();
	let now = at('20:50');
	let observed = calm;
	const clock: Clock = {...systemClock, now: () => now};
	const journal = await openJournal({store: memoryStore(shelf), clock, look: () => observed});
	const log: string[] = [];
	let count = 0;
	let port = 0;
	let stop = async (): Promise<void> => {};

	const start = async (): Promise<void> => {
		const people = peopleOf({journal, clock, folder, secure: false, front});
		const server = pageServer({
			routes: [...people.routes, quiet],
			isOurs: () => true,
			front,
			log: line => void log.push(line),
		});
		const address = await listen(server, {host: '127.0.0.1', port});
		port = Number(address.split(':').at(-1));
		stop = () => stopListening(server, systemClock);
	};

	const does = async (by: Person, {type, data}: Draft): Promise<Answer> => {
		const command = {id: `test ${count++}`, type, data} as Command;
		const first = await journal.decide(command, by);
		return first.refused && first.needs.words.length > 0
			? journal.decide({...command, confirm: first.needs.words}, by)
			: first;
	};

	await does(alice, {
		type: 'begin',
		data: {
			id: 'orders-2031-01-14',
			runbook: book,
			t0: stamp(at('22:00')),
			ticket: book.ticket,
			environment: book.environment,
			workspace: '/srv/orders',
			approved,
			rehearsal: null,
		},
	});
	await start();
	t.after(() => stop());
	return {
		get url() {
			return `http://127.0.0.1:${port}`;
		},
		folder,
		journal,
		lines: shelf.lines,
		log,
		see(seen) {
			observed = seen;
		},
		time(wall) {
			now = at(wall);
		},
		does,
		async invite(name, rest = {}) {
			const data = {name, roles: [], sent: 'print', code: true, until: null, ...rest} as const;
			const answer = await does(alice, {type: 'invite', data});
			if (answer.refused) throw new Error(`${answer.why} ${answer.fix}`);
			const invited = answer.entries.find(({type}) => type === 'invited');
			const secret = newSecret(data.code);
			if (invited?.type === 'invited') await keepSecret(folder, invited.data.link, secret);
			return secret;
		},
		ask: (path, options = {}, body = '') =>
			new Promise((resolve, reject) => {
				const asked = request(`http://127.0.0.1:${port}${path}`, {agent: false, ...options}, response => {
					let text = '';
					response.setEncoding('utf8').on('data', (chunk: string) => {
						text += chunk;
					});
					response.on('end', () => resolve({status: response.statusCode ?? 0, headers: response.headers, text}));
					response.on('error', reject);
				});
				asked.on('error', reject);
				asked.end(body);
			}),
		async restart() {
			await stop();
			await start();
		},
	};
}

const sameSite = {'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin'};

/** A person's browser, without its scripts: cookies, links and forms. */
export type Browser = {
	get(path: string): Promise<Answered>;
	post(path: string, fields: Readonly<Record<string, string>>, headers?: Record<string, string>): Promise<Answered>;
	/** Opens the link and follows to the person's own page. */
	open(secret: string, word?: string): Promise<Answered>;
	/** Fills in the form of an act and sends it; hidden fields are those of the page. */
	act(path: string, fields: Readonly<Record<string, string>>): Promise<Answered>;
	/** The hidden fields of a page. */
	hidden(text: string): Readonly<Record<string, string>>;
};

const hiddenIn = (text: string): Readonly<Record<string, string>> =>
	Object.fromEntries(
		[...text.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)].map(([, name = '', value = '']) => [
			name,
			value.replaceAll('&#39;', "'").replaceAll('&quot;', '"').replaceAll('&#61;', '=').replaceAll('&amp;', '&'),
		]),
	);

/** `always`: headers of each request, as a proxy adds them. */
export function browserOf(asked: Pick<Site, 'ask'>, always: Readonly<Record<string, string>> = {}): Browser {
	const jar = new Map<string, string>();
	const remember = (answer: Answered): Answered => {
		for (const set of answer.headers['set-cookie'] ?? []) {
			const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
			jar.set(name, value);
		}
		return answer;
	};
	const cookies = (): string => [...jar].map(pair => pair.join('=')).join('; ');
	const get: Browser['get'] = async path => remember(await asked.ask(path, {headers: {cookie: cookies(), ...always}}));
	const post: Browser['post'] = async (path, fields, headers = {}) =>
		remember(
			await asked.ask(
				path,
				{method: 'POST', headers: {...sameSite, cookie: cookies(), ...always, ...headers}},
				new URLSearchParams(fields).toString(),
			),
		);
	return {
		get,
		post,
		hidden: hiddenIn,
		async open(secret, word = 'OPEN') {
			const answer = await post('/i', {secret, word});
			return answer.status === 303 ? get('/me') : answer;
		},
		async act(path, fields) {
			const page = await get(path);
			return page.status === 200 ? post('/act', {...hiddenIn(page.text), ...fields}) : page;
		},
	};
}

/** What a form or the door says is wrong. */
export const problem = ({text}: Answered): string => /role="alert"><p>([^<]*)/.exec(text)?.[1] ?? '';

/** Somebody in front of bob's page. */
export async function opened(t: TestContext) {
	const place = await site(t);
	const secret = await place.invite('bob');
	const browser = browserOf(place);
	const me = await browser.open(secret.secret);
	return {place, secret, browser, me};
}

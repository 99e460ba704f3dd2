/** The part of GitHub's API that is asked for: which kind of request a path is, and what GitHub would do and answer. */
import type {Kind, Sent} from './modes.ts';
import {folder, type Repository} from './repository.ts';
import {cancel, type Run, review, step} from './run.ts';
import {shownEnvironment, shownJob, shownPending, shownRepository, shownRun, shownWorkflow} from './shown.ts';
import {dispatch, type World} from './world.ts';

type Asked = {
	readonly world: World;
	readonly repository: Repository;
	/** What the path names, in order. */
	readonly names: readonly string[];
	readonly query: URLSearchParams;
	readonly body: unknown;
	/** Where logs lie. */
	readonly storage: string;
};

/** `path`: below `/repos/OWNER/NAME`. */
type Route = {readonly method: 'GET' | 'POST'; readonly path: RegExp; act(asked: Asked): Sent};

const get = (path: RegExp, act: Route['act']): Route => ({method: 'GET', path, act});
const post = (path: RegExp, act: Route['act']): Route => ({method: 'POST', path, act});

const notFound: Sent = {status: 404, body: {message: 'Not Found'}};
const ok = (body: unknown): Sent => ({status: 200, body});

const workflowOf = ({repository, names: [file = '']}: Asked) => repository.workflows[file];

const withRun = (asked: Asked, act: (run: Run) => Sent): Sent => {
	const run = asked.world.runs.find(
		({id, repository}) => `${id}` === asked.names[0] && repository === asked.repository.name,
	);
	return run ? act(run) : notFound;
};

/** Those of the workflow, newest first; a run that is not listed yet is counted one list nearer to it. */
function runsOf({world, repository, names: [file], query}: Asked): Sent {
	const all = world.runs.filter(
		run =>
			run.repository === repository.name && run.workflow === file && run.event === (query.get('event') ?? run.event),
	);
	const listed = all.filter(run => run.unlisted-- <= 0).sort((a, b) => b.id - a.id);
	const size = Number(query.get('per_page') ?? 30);
	const from = (Number(query.get('page') ?? 1) - 1) * size;
	return ok({
		total_count: listed.length,
		workflow_runs: listed.slice(from, from + size).map(run => shownRun(world.site, run)),
	});
}

function cancelled(asked: Asked, forced: boolean): Sent {
	return withRun(asked, run =>
		cancel(run, forced) === null
			? {status: 409, body: {message: `Cannot cancel a workflow run that is ${run.status}.`}}
			: {status: 202, body: {}},
	);
}

function pendingOf(asked: Asked): Sent {
	return withRun(asked, run =>
		ok(
			run.status === 'waiting'
				? [...run.waitsFor].map(name => shownPending(name, asked.repository.environments?.[name] ?? {}))
				: [],
		),
	);
}

function reviewed(asked: Asked): Sent {
	const {state = 'approved'} = (asked.body ?? {}) as {state?: 'approved' | 'rejected'};
	return withRun(asked, run => {
		for (const name of [...run.waitsFor]) review(run, name, state);
		return ok([]);
	});
}

function logOf({world, names: [id], storage}: Asked): Sent {
	const found = world.runs.flatMap(({jobs}) => jobs).find(job => `${job.id}` === id && job.status === 'completed');
	return found ? {status: 302, headers: {location: `${storage}/${found.id}?sig=signature`}} : notFound;
}

function fileOf({repository, names: [path = ''], query}: Asked): Sent {
	const file = decodeURIComponent(path).replace(`${folder}/`, '');
	const text = repository.workflows[file]?.text;
	return text !== undefined && repository.branches.includes(query.get('ref') ?? '') ? ok(text) : notFound;
}

const routes: {readonly [K in Kind]?: Route} = {
	repository: get(/^$/, ({repository}) => ok(shownRepository(repository))),
	workflow: get(/^\/actions\/workflows\/([^/]+)$/, asked => {
		const workflow = workflowOf(asked);
		return workflow ? ok(shownWorkflow(asked.names[0] ?? '', workflow)) : notFound;
	}),
	runs: get(/^\/actions\/workflows\/([^/]+)\/runs$/, runsOf),
	dispatch: post(/^\/actions\/workflows\/([^/]+)\/dispatches$/, asked =>
		workflowOf(asked) ? dispatch(asked.world, asked.repository, asked.names[0] ?? '', asked.body ?? {}) : notFound,
	),
	run: get(/^\/actions\/runs\/(\d+)$/, asked =>
		withRun(asked, run => {
			step(run, asked.world.onRun);
			return ok(shownRun(asked.world.site, run));
		}),
	),
	jobs: get(/^\/actions\/runs\/(\d+)\/jobs$/, asked =>
		withRun(asked, run =>
			ok({total_count: run.jobs.length, jobs: run.jobs.map(job => shownJob(asked.world.site, run, job))}),
		),
	),
	pending: get(/^\/actions\/runs\/(\d+)\/pending_deployments$/, pendingOf),
	approvals: get(/^\/actions\/runs\/(\d+)\/approvals$/, asked =>
		withRun(asked, ({reviews}) =>
			ok(
				reviews.map(({environment, state, login, comment}) => ({
					state,
					comment,
					user: {login},
					environments: [{name: environment}],
				})),
			),
		),
	),
	review: post(/^\/actions\/runs\/(\d+)\/pending_deployments$/, reviewed),
	cancel: post(/^\/actions\/runs\/(\d+)\/cancel$/, asked => cancelled(asked, false)),
	'force-cancel': post(/^\/actions\/runs\/(\d+)\/force-cancel$/, asked => cancelled(asked, true)),
	log: get(/^\/actions\/jobs\/(\d+)\/logs$/, logOf),
	contents: get(/^\/contents\/(.+)$/, fileOf),
	environment: get(/^\/environments\/([^/]+)$/, ({repository, names: [name = '']}) => {
		const environment = repository.environments?.[decodeURIComponent(name)];
		return environment ? ok(shownEnvironment(decodeURIComponent(name), environment)) : notFound;
	}),
};

export type Found = {readonly kind: Kind; act(body: unknown): Sent};

/** Null where there is no such thing to ask for. */
export function find(world: World, storage: string, method: string, url: URL): Found | null {
	if (method === 'GET' && url.pathname === '/user')
		return {
			kind: 'user',
			act: () =>
				world.login === null
					? {status: 403, body: {message: 'Resource not accessible by integration'}}
					: ok({login: world.login}),
		};
	const [, name, rest = ''] = /^\/repos\/([^/]+\/[^/]+)(.*)$/.exec(url.pathname) ?? [];
	const repository = world.repositories.find(known => known.name === name);
	if (repository === undefined) return null;
	for (const [kind, {path, act, method: wanted}] of Object.entries(routes) as [Kind, Route][]) {
		const names = wanted === method ? path.exec(rest)?.slice(1) : undefined;
		if (names !== undefined)
			return {kind, act: body => act({world, repository, names, query: url.searchParams, body, storage})};
	}
	return null;
}

/**
 * The night once more, with endpoints bound and a workflow to roll back by: api goes down, the trigger fires, the run of the
 * workflow waits for an approval, and health proves the rollback. Each act sees what the samples say at its time.
 */
import type {Observation, PathObservation} from '../../source/cutover/model/command.ts';
import type {RemoteRun} from '../../source/cutover/model/event.ts';
import type {Runbook} from '../../source/cutover/model/runbook.ts';
import {stamp} from '../../source/text/time.ts';
import {type Act, at, begins, calm, does, ends, given, nothing, tries} from '../given.ts';
import {endpoint, measured, type Stories, sees} from './health.ts';
import {before, keptNight} from './night.ts';
import {alice, ben, daveOnCall, lena, runner} from './people.ts';

const bound = measured([
	endpoint('api', {version: 'https://api.example.org/version'}),
	endpoint('web'),
	endpoint('auth'),
]);

const remote = {repository: 'example/orders', ref: 'main', token: 'GITHUB_TOKEN', api: 'https://api.github.com'};

export const measuredBook: Runbook = {
	...bound,
	rollback: bound.rollback && {...bound.rollback, remote},
};

/** Answers are never quite alike, and now and then one is slower. */
const around = (ms: number) => (time: number) => {
	const place = Math.floor(time / 15_000);
	return ms + (place % 5) * (ms / 40) + (place % 13 === 6 ? ms / 4 : 0);
};

const started = at('22:25:20');
const version = (time: number): string => (time >= started && time < at('22:44:30') ? 'green' : 'blue');

/** api is down from 22:28:05 until the rollback is done, web failed once when T0 was begun. */
export const reported: Stories = {
	api: {since: '21:01:05', down: [['22:28:05', '22:44:35']], ms: around(79), version},
	web: {since: '21:01:05', down: [['22:25:20', '22:25:35']], ms: time => around(time < started ? 81 : 84)(time)},
	auth: {since: '21:01:05', ms: around(12)},
};

export const approvers: PathObservation['approvers'] = [{environment: 'production', reviewers: ['omar', 'petra']}];

/** Looked at 14 s ago, with the token that this process holds. */
export const readyAt = (now: number, change: Partial<PathObservation> = {}): Observation => ({
	...calm,
	here: ['alice', 'dave'],
	token: true,
	path: {at: now - 14_000, ready: true, why: null, approvers, ...change},
});

/** The acts as those who did them saw the world, and the watcher beside them. */
export const observe = (acts: readonly Act[], stories: Stories): readonly Act[] => {
	let so = nothing;
	return acts.map(act => {
		const observed = sees(so.state, act.at, stories, {...readyAt(act.at), ...act.observed});
		const {reported: next} = tries(so, {...act, observed});
		so = next;
		return {...act, observed};
	});
};

/** What a screen sees of that night then. */
export const seenAt = (acts: readonly Act[], now: string, stories: Stories, base = readyAt(at(now))): Observation =>
	sees(given(acts, now).state, now, stories, base);

export const begunWith = (book: Runbook): readonly Act[] => [
	{...begins('20:50:00', alice, '22:00:00', book), observed: readyAt(at('20:50:00'))},
	...before.slice(1),
];

const path = {target: {path: 'preferred'}, attempt: 1} as const;
const run = 8_123_456;
const url = `https://github.example.org/orders/runs/${run}`;

const tells = (time: string, state: RemoteRun['state'], more: Partial<RemoteRun> = {}): Act =>
	does(time, runner, 'recordRun', {
		...path,
		run,
		url,
		state,
		conclusion: null,
		approvals: [],
		declined: null,
		jobs: [],
		...more,
	});

const job = (state: string, conclusion: string | null = null): RemoteRun['jobs'] => [
	{name: 'look', state: 'completed', conclusion: 'success'},
	{name: 'rollback', state, conclusion},
];

const outage: readonly Act[] = [
	does('22:28:40', daveOnCall, 'note', {text: 'api answers nothing any more', on: null}),
	does('22:29:50', daveOnCall, 'note', {text: 'api pods restart, the pool is exhausted', on: null}),
	does('22:30:10', alice, 'askTrigger', {trigger: '2', roles: []}),
	does('22:33:11', ben, 'answerTrigger', {trigger: '2', fact: 1, yes: true, reason: 'checkout fails for one in three'}),
	does('22:38:22', daveOnCall, 'note', {text: 'still down', on: null}),
];

const wayBack: readonly Act[] = [
	does('22:39:02', lena, 'answerTrigger', {trigger: '2', fact: 2, yes: true, reason: null}),
	does('22:40:00', alice, 'rollback', {path: null, reason: 'api is down for twelve minutes'}),
	does('22:40:02', runner, 'beginDispatch', {
		...path,
		workflow: '.github/workflows/rollback.yml',
		repository: 'example/orders',
		ref: 'main',
		inputs: {action: 'back', stack: 'ops/stack.yml', drop_volumes: '0'},
		after: run - 1,
		date: stamp(at('22:40:02')),
		login: 'rollback-bot',
	}),
	does('22:40:03', runner, 'answerDispatch', {...path, status: 200, run, url, date: stamp(at('22:40:03'))}),
	tells('22:40:05', 'queued'),
	tells('22:40:08', 'approval', {
		approvals: [{environment: 'production', reviewers: ['omar', 'petra'], waitMinutes: null}],
		jobs: job('waiting'),
	}),
	tells('22:43:00', 'running', {jobs: job('in_progress')}),
	tells('22:45:30', 'ended', {conclusion: 'success', jobs: job('completed', 'success')}),
	ends('22:45:31', 'preferred', 1, 'pass'),
];

const ended = (time: string, outcome: 'stopped' | 'unknown' | 'fail', reason: string): Act =>
	does(time, runner, 'end', {...path, outcome, exit: null, reason, log: null, still: []});

/** Up to the outage that fires, and what people say meanwhile. */
export const measuredNight: readonly Act[] = observe([...begunWith(measuredBook), ...outage], reported);

/** And back by the workflow. */
export const workflowNight: readonly Act[] = observe([...begunWith(measuredBook), ...outage, ...wayBack], reported);

const until = (time: string) => wayBack.filter(act => act.at < at(time));

/** Cancelled while it waits, which GitHub confirms: the fallback opens. */
export const cancelledNight: readonly Act[] = observe(
	[
		...begunWith(measuredBook),
		...outage,
		...until('22:43:00'),
		does('22:42:40', alice, 'cancelRollback', {reason: 'neither omar nor petra answers'}),
		tells('22:43:08', 'ended', {conclusion: 'cancelled', jobs: job('completed', 'cancelled')}),
		ended('22:43:10', 'stopped', 'cancelled, as GitHub says'),
	],
	reported,
);

/** Out of sight for a while, and then nobody knows, until a person names the run. */
export const adoptedNight: readonly Act[] = observe(
	[
		...begunWith(measuredBook),
		...outage,
		...until('22:40:08'),
		does('22:40:40', runner, 'recordRunUnreachable', {
			...path,
			why: 'the connection is refused',
			since: stamp(at('22:40:05')),
		}),
		ended('22:41:10', 'unknown', 'no answer within 10 s, and no run is found'),
		does('22:41:50', alice, 'adoptRun', {run: run + 1}),
		does('22:42:00', runner, 'recordNotificationFailed', {
			on: 'fired',
			channel: 'command',
			to: 'command ops/tell.sh',
			reason: 'exit 1',
			since: stamp(at('22:42:00')),
			again: false,
		}),
	],
	reported,
);

/** Its settings say how people are reached. */
export const reachedNight: readonly Act[] = observe(
	begunWith({
		...measuredBook,
		contacts: {carol: '+49 170 1234567', alice: '+49 170 7654321'},
		bridge: {url: 'https://meet.example.org/ledger', phone: '+49 69 1234', pin: '771'},
		zones: {alice: 'America/New_York'},
	}),
	reported,
);

/** Nobody in the channels knows of it. */
export const notNotifiedNight: readonly Act[] = observe(
	[
		...begunWith(measuredBook),
		...outage.slice(0, 2),
		...[
			{channel: 'teams', to: 'teams TEAMS_FLOW', reason: 'HTTP 503', at: '22:30:02'},
			{channel: 'slack', to: 'slack SLACK_WEBHOOK', reason: 'HTTP 404: no_service', at: '22:30:04'},
		].map(({at: time, ...missed}) =>
			does(time, runner, 'recordNotificationFailed', {
				...missed,
				on: 'warning',
				since: stamp(at(time)),
				again: missed.channel === 'teams',
			}),
		),
	],
	reported,
);

/** Sent, and nobody answered: whether it runs, nobody knows. */
export const unknownNight: readonly Act[] = observe(
	[
		...begunWith(measuredBook),
		...outage,
		...until('22:40:03'),
		ended('22:41:10', 'unknown', 'no answer within 10 s, and no run is found'),
	],
	reported,
);

/** Back again, and sealed. */
export const closedNight: readonly Act[] = observe(
	[
		...workflowNight,
		does('22:49:30', ben, 'prove', {note: 'checkout works for everyone'}),
		does('22:50:00', alice, 'close', {reason: 'the report follows in CHG-4821'}),
	],
	reported,
);

/** GitHub knows no such workflow: the fallback runs under the same word. */
export const refusedNight: readonly Act[] = observe(
	[
		...begunWith(measuredBook),
		...outage,
		...until('22:40:03'),
		ended('22:40:03', 'fail', 'GitHub shows no workflow rollback.yml in example/orders (404)'),
	],
	reported,
);

export const unseen: Stories = {
	...reported,
	api: {since: '21:01:05', ms: around(79)},
	auth: {...reported['auth'], blind: [['22:28:05', null]]},
};

/** Nobody can see auth; one of two answers for it. */
export const blindNight: readonly Act[] = observe(
	[
		...begunWith(measuredBook),
		does('22:31:00', daveOnCall, 'attestEndpoint', {
			trigger: '1',
			endpoint: 'auth',
			up: true,
			reason: 'logins go through, the dashboard says',
		}),
	],
	unseen,
);

/** The settings say more: thresholds, shares that warn, an endpoint that is not critical, a rollback by itself. */
const setBook: Runbook = {
	...measuredBook,
	endpoints: [endpoint('api', {thresholdSeconds: 300}), endpoint('web'), endpoint('search', {critical: false})],
	triggers: measuredBook.triggers.map(trigger =>
		trigger.kind === 'outage'
			? {...trigger, thresholdSeconds: 480, thresholdSet: true as const, automatic: true, warn: [25, 60, 90]}
			: trigger,
	),
};

export const automaticNight: readonly Act[] = observe(
	[...begunWith(setBook), does('22:33:22', daveOnCall, 'note', {text: 'api is still down', on: null})],
	reported,
);

/** Nothing is ever down. */
export const calmly: Stories = {
	...reported,
	api: {since: '21:01:05', ms: around(79)},
	web: {since: '21:01:05', ms: around(81)},
};

/** Verified, and one of two says keep. */
export const slowNight: readonly Act[] = observe(
	[...begunWith(measuredBook), ...keptNight.filter(act => act.at > at('22:27') && act.at < at('22:56'))],
	calmly,
);

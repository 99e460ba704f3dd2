/** One night, act by act; a scenario is the night up to a moment. It forks after T0: kept, or rolled back. */
import {stamp} from '../../source/text/time.ts';
import {type Act, at, begins, does, ends, judges, runs, runsGate} from '../given.ts';
import {alice, ben, bob, carolOfOps, carolOfQa, dave, daveOnCall, lena, omar, runner} from './people.ts';

const says = (time: string, by: Act['by'], gate: string, group: string, reason: string | null = null): Act =>
	does(time, by, 'acknowledge', {gate, group, yes: reason === null, reason});

const votes = (time: string, by: Act['by'], vote: 'go' | 'keep'): Act =>
	does(time, by, 'vote', {vote, early: false, reason: null});

const t60 = {target: {stage: 'T-60'}, attempt: 1};

/** To T0 done: G2 fails twice, G5 once, and T0 moves by 25 minutes. */
export const before: readonly Act[] = [
	begins('20:50:00', alice, '22:00:00'),
	runs('21:00:42', dave, 'T-60'),
	...judges('21:00:55', t60, {id: 'G1', attempt: 1, takes: '21:00:43'}, 'pass'),
	ends('21:00:56', 'T-60', 1, 'pass'),
	says('21:12:10', ben, 'G4', 'L1'),
	says('21:14:30', lena, 'G4', 'L2'),
	...runsGate('21:16:02', '21:16:03', alice, 'G3', 1, 'pass'),
	runs('21:30:20', carolOfQa, 'T-30'),
	...judges(
		'21:33:10',
		{target: {stage: 'T-30'}, attempt: 1},
		{id: 'G2', attempt: 1, takes: '21:30:21'},
		'fail',
		'make build && make test ended with 2',
	),
	ends('21:33:11', 'T-30', 1, 'fail', 'G2 failed'),
	says('21:33:40', omar, 'G4', 'L3'),
	...runsGate('21:35:00', '21:37:50', carolOfQa, 'G2', 2, 'fail', 'make build && make test ended with 2'),
	does('21:38:30', carolOfQa, 'note', {text: 'the login retry test needs a cold cache', on: 'G2'}),
	runs('21:39:10', carolOfQa, 'T-30'),
	does('21:39:11', runner, 'beginStep', {target: {stage: 'T-30'}, attempt: 2, step: 'G2', again: false}),
	...judges('21:41:50', {target: {stage: 'T-30'}, attempt: 2}, {id: 'G2', attempt: 3, takes: '21:39:12'}, 'pass'),
	does('21:41:51', runner, 'endStep', {
		target: {stage: 'T-30'},
		attempt: 2,
		step: 'G2',
		outcome: 'done',
		result: null,
		why: null,
	}),
	ends('21:41:51', 'T-30', 2, 'pass'),
	does('21:43:00', alice, 'schedule', {t0: stamp(at('22:00:00')), reason: 'G2 passes with a cold cache'}),
	says('21:46:07', bob, 'G5', 'project-owner', 'blocker ACC-12 open'),
	says('22:01:30', bob, 'G5', 'project-owner'),
	does('22:04:00', alice, 'schedule', {t0: stamp(at('22:25:00')), reason: 'G5, blocker ACC-12 is closed'}),
	does('22:08:00', carolOfOps, 'freeze', {text: 'merges to main and every other deployment'}),
	votes('22:15:20', alice, 'go'),
	votes('22:17:05', carolOfOps, 'go'),
	does('22:25:20', alice, 'run', {
		target: 'T0',
		resume: false,
		reference: 'DEPLOY-991',
		ticket: null,
		early: false,
		reason: null,
	}),
	does('22:26:40', alice, 'report', {
		stage: 'T0',
		result: 'pass',
		note: null,
		reference: 'DEPLOY-991',
		done: null,
		items: [],
		early: false,
		reason: null,
	}),
];

/** Go is given, and nobody begins T0. */
export const lateNight: readonly Act[] = before.slice(0, -2);

/** An outage told by hand, a P1 told by two, and the rollback by its script. */
export const backNight: readonly Act[] = [
	...before,
	does('22:28:20', daveOnCall, 'outage', {
		trigger: '1',
		down: true,
		at: stamp(at('22:28:05')),
		reason: 'api times out',
	}),
	does('22:30:10', alice, 'askTrigger', {trigger: '2', roles: []}),
	does('22:32:05', daveOnCall, 'outage', {trigger: '1', down: false, at: null, reason: 'pods restarted'}),
	does('22:33:11', ben, 'answerTrigger', {trigger: '2', fact: 1, yes: true, reason: 'checkout fails for one in three'}),
	does('22:34:02', lena, 'answerTrigger', {trigger: '2', fact: 2, yes: true, reason: null}),
	does('22:36:20', alice, 'rollback', {path: null, reason: 'one checkout in three fails'}),
	does('22:36:21', runner, 'beginStep', {
		target: {path: 'fallback'},
		attempt: 1,
		step: 'ops/rollback.sh',
		again: false,
	}),
	does('22:38:10', runner, 'endStep', {
		target: {path: 'fallback'},
		attempt: 1,
		step: 'ops/rollback.sh',
		outcome: 'done',
		result: null,
		why: null,
	}),
	ends('22:38:11', 'fallback', 1, 'pass'),
	does('22:44:00', ben, 'prove', {note: 'checkout works again for everyone'}),
];

/** The rollback fails, and no other path is left. */
export const failedNight: readonly Act[] = [
	...backNight.slice(0, -3),
	does('22:38:10', runner, 'endStep', {
		target: {path: 'fallback'},
		attempt: 1,
		step: 'ops/rollback.sh',
		outcome: 'failed',
		result: null,
		why: 'ops/rollback.sh ended with 1',
	}),
	ends('22:38:11', 'fallback', 1, 'fail', 'ops/rollback.sh ended with 1'),
];

/** The runner of T-30 is gone without a result. */
export const lostNight: readonly Act[] = [
	...before.filter(act => act.at < at('21:30:20')),
	runs('21:30:20', carolOfQa, 'T-30'),
	does('21:30:21', runner, 'runWithin', {target: {stage: 'T-30'}, attempt: 1, gate: 'G2'}),
	does('21:33:10', runner, 'end', {
		target: {stage: 'T-30'},
		attempt: 1,
		outcome: 'lost',
		exit: null,
		reason: null,
		log: null,
		still: ['make test (pid 4711)'],
	}),
];

/** Every gate passes, and one voter says no. */
export const noGoNight: readonly Act[] = [
	...before.filter(act => act.at < at('22:17:00')),
	does('22:17:05', carolOfOps, 'vote', {vote: 'no-go', early: false, reason: 'nobody is on call for payments'}),
];

/** Half of the checklist after T0 is answered. */
export const checkedNight: readonly Act[] = [
	...before,
	does('22:35:40', daveOnCall, 'report', {
		stage: 'T+10',
		result: null,
		note: 'two pods restarted once',
		reference: null,
		done: null,
		items: [
			{name: 'health endpoints', result: 'pass', whole: false},
			{name: 'critical logs', result: 'fail', whole: false},
		],
		early: false,
		reason: null,
	}),
];

const measured = (time: string, name: string, result: 'pass' | 'fail' | null, found: string): Act =>
	does(time, runner, 'measure', {stage: 'T+10', attempt: 1, items: [{name, result, found, lines: []}]});

/** T+10 is measured, and nobody answered yet. */
export const measuredNight: readonly Act[] = [
	...before,
	runs('22:36:00', daveOnCall, 'T+10'),
	measured('22:36:02', 'health endpoints', 'pass', '3 of 3 up for 09:41, 0 outages since T0'),
	measured('22:36:03', 'critical logs', 'fail', 'orders.log: 2 errors in 1840 lines since T0, at most 0'),
	measured('22:36:04', 'baseline', null, 'api p50 40 ms, before T0 31 ms (n 12 and 8): too few samples to compare'),
	ends('22:36:05', 'T+10', 1, 'pass'),
];

/** Nothing goes wrong: verified, kept, signed by some. */
export const keptNight: readonly Act[] = [
	...before,
	does('22:36:00', daveOnCall, 'report', {
		stage: 'T+10',
		result: 'pass',
		note: 'all as before the switch',
		reference: null,
		done: null,
		items: [],
		early: false,
		reason: null,
	}),
	votes('22:55:30', alice, 'keep'),
	votes('22:56:10', bob, 'keep'),
	does('22:58:00', dave, 'sign', {signOff: 'S1'}),
	does('22:59:10', carolOfQa, 'sign', {signOff: 'S2'}),
	does('23:01:00', alice, 'sign', {signOff: 'S4'}),
	does('23:10:00', bob, 'setNotRecorded', {what: 'S5', reason: 'the report follows tomorrow'}),
	does('23:12:00', alice, 'close', {reason: 'kept; what is missing follows in CHG-4821'}),
];

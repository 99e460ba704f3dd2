/**
 * Moments of the night that a golden shows, a test holds and a person can look at (`npm run look -- NAME`). Each is what
 * a person sees on one screen; new ones are a line here.
 */
import type {Observation} from '../../source/cutover/model/command.ts';
import type {Person} from '../../source/cutover/model/person.ts';
import type {ScreenName, View} from '../../source/screen/state/view.ts';
import {type Act, at, begins, calm} from '../given.ts';
import type {Stories} from './health.ts';
import {measuredScenarios} from './measured.ts';
import {backNight, checkedNight, failedNight, keptNight, lateNight, lostNight, noGoNight} from './night.ts';
import {alice, bob, carolOfOps, carolOfQa, dave, daveOnCall} from './people.ts';

export type Scenario = {
	readonly acts: readonly Act[];
	/** `21:47:19`. */
	readonly now: string;
	readonly you: Person;
	readonly screen: ScreenName;
	readonly view?: Partial<View>;
	/** What the shell sees then; the calm night without it. */
	readonly observed?: Observation;
	/** What the samples go on to say, for who looks longer. */
	readonly stories?: Stories;
};

const noise = [
	'$ make build && make test',
	'build: 214 files, 6.1 s',
	'test: 1 of 38 suites',
	'test: 12 of 38 suites',
	'test: \u001b[32mok\u001b[0m login retry, cold cache',
	'test: 31 of 38 suites',
];

/** Somebody committed after G2 was judged. */
const moved: Observation = {...calm, heads: {...calm.heads, G2: 'badcafe0'}};

const scenario = (
	acts: readonly Act[],
	now: string,
	you: Person,
	screen: ScreenName,
	view: Partial<View> = {},
): Scenario => ({acts, now, you, screen, view});

export const scenarios = {
	briefing: scenario(failedNight, '21:47:19', carolOfQa, 'briefing', {away: at('21:31:00')}),
	'just-begun': scenario([begins('20:50:00', alice, '22:00:00')], '20:50:30', alice, 'board'),
	preparing: scenario(backNight, '21:18:40', alice, 'board'),
	'gates-run': scenario(backNight, '21:40:30', carolOfQa, 'board', {
		tail: {target: {stage: 'T-30'}, attempt: 2, lines: noise, bytes: 240, from: null, total: 6},
	}),
	'gate-failed': scenario(backNight, '21:47:19', alice, 'board'),
	'run-screen': scenario(backNight, '21:40:30', carolOfQa, 'run', {
		pane: 'output',
		target: 'T-30',
		tail: {target: {stage: 'T-30'}, attempt: 2, lines: noise, bytes: 240, from: null, total: 6},
	}),
	'roll-call': scenario(backNight, '22:16:48', carolOfOps, 'poll', {pane: 'votes'}),
	stale: {...scenario(backNight, '22:12:00', alice, 'board'), observed: moved},
	'stage-lost': scenario(lostNight, '21:34:00', carolOfQa, 'board', {pane: 'stages', chosen: {stages: 'T-30'}}),
	'no-go': scenario(noGoNight, '22:17:30', alice, 'poll', {pane: 'votes'}),
	go: scenario(backNight, '22:19:00', alice, 'board'),
	't0-late': scenario(lateNight, '22:27:10', alice, 'board'),
	executing: scenario(backNight, '22:26:00', alice, 'board', {pane: 'stages', chosen: {stages: 'T0'}}),
	'outage-by-hand': scenario(backNight, '22:30:20', alice, 'board', {pane: 'triggers'}),
	'trigger-fired': scenario(backNight, '22:35:00', alice, 'board', {pane: 'triggers'}),
	'rollback-by-fallback': scenario(backNight, '22:37:30', alice, 'rollback', {pane: 'text'}),
	'proof-awaited': scenario(backNight, '22:40:00', daveOnCall, 'rollback', {pane: 'text'}),
	'rollback-failed': scenario(failedNight, '22:39:00', alice, 'rollback', {pane: 'text'}),
	'rolled-back': scenario(backNight, '22:45:00', alice, 'board', {pane: 'signOffs'}),
	observing: scenario(keptNight, '22:30:00', daveOnCall, 'board', {pane: 'stages', chosen: {stages: 'T+10'}}),
	'keep-call': scenario(keptNight, '22:55:50', bob, 'poll', {pane: 'votes'}),
	'checklist-half-answered': scenario(checkedNight, '22:35:50', daveOnCall, 'board', {
		pane: 'stages',
		chosen: {stages: 'T+10'},
	}),
	kept: scenario(keptNight, '23:02:00', dave, 'board', {pane: 'signOffs', chosen: {signOffs: 'S3'}}),
	'sign-offs': scenario(keptNight, '23:02:00', carolOfOps, 'signOffs', {pane: 'signOffs', chosen: {signOffs: 'S3'}}),
	evidence: scenario(keptNight, '22:40:00', alice, 'evidence', {pane: 'fields'}),
	journal: scenario(backNight, '22:38:30', alice, 'journal', {pane: 'entries'}),
	health: scenario(backNight, '22:33:00', daveOnCall, 'health', {pane: 'triggers'}),
	help: scenario(backNight, '21:47:19', alice, 'help', {pane: 'text'}),
	...measuredScenarios,
	closed: scenario(keptNight, '23:30:00', alice, 'board', {pane: 'signOffs'}),
} satisfies Readonly<Record<string, Scenario>>;

export type ScenarioName = keyof typeof scenarios;

/**
 * Cutovers that nobody thought of: a night up to some act, then moves at random by anybody, each as the rules take it.
 * Texts in them are what people, runbooks and outputs may hold at their worst.
 */

import fc from 'fast-check';
import {isPath} from '../../source/cutover/model/attempt-target.ts';
import type {CommandData, CommandType, Observation} from '../../source/cutover/model/command.ts';
import type {State} from '../../source/cutover/model/state.ts';
import type {Size, View} from '../../source/screen/state/view.ts';
import {initialView, panes, type ScreenName} from '../../source/screen/state/view.ts';
import {stamp} from '../../source/text/time.ts';
import {type Act, calm, does, type Given, nothing, standsAt, tries} from '../given.ts';
import {type Stories, sees} from '../scenarios/health.ts';
import {
	blindNight,
	measuredNight,
	readyAt,
	reported as stories,
	unseen,
	workflowNight,
} from '../scenarios/measured-night.ts';
import {backNight, keptNight} from '../scenarios/night.ts';
import {alice, ben, bob, carolOfOps, carolOfQa, dave, daveOnCall, lena, omar, runner} from '../scenarios/people.ts';

const people = [alice, bob, carolOfOps, carolOfQa, dave, daveOnCall, ben, lena, omar];

export const hostile = fc.oneof(
	fc.string({unit: 'grapheme', maxLength: 90}),
	fc.string({unit: 'binary', maxLength: 40}),
	fc.constantFrom(
		'\u001b[2J\u001b[1;1Hgone',
		'\u009b31mred',
		'line\r\nbreak\u2028more',
		'\u202egnp.exe',
		'漢字と仮名がとても長く続く行'.repeat(6),
		'👩‍👩‍👧‍👦🇪🇺'.repeat(12),
		'e\u0301\u0301\u0301\u0301\u0301\u0301',
		'word'.repeat(60),
		'',
	),
);

type Move = {
	readonly kind: number;
	readonly who: number;
	readonly text: string;
	readonly seconds: number;
	readonly yes: boolean;
};

const early = {early: true, reason: 'asked for'};

/** A command of each kind, from one move. */
const table: readonly ((move: Move, state: State, now: number) => {type: CommandType; data: unknown} | null)[] = [
	({who}) =>
		players('run', {
			target: ['G1', 'G2', 'G3', 'T-60', 'T-30', 'T-10', 'T0', 'T+10'][who % 8] ?? 'G1',
			resume: false,
			reference: null,
			ticket: null,
			...early,
		}),
	({text, yes, who}) => players('acknowledge', {gate: who % 2 === 0 ? 'G4' : 'G5', group: null, yes, reason: text}),
	({text, yes}) => players('vote', {vote: yes ? 'go' : 'no-go', early: true, reason: text}),
	({text}) => players('vote', {vote: 'keep', early: true, reason: text}),
	({text}) => players('hold', {reason: text}),
	({text, seconds}, _, now) => players('schedule', {t0: stamp(now + seconds * 1000), reason: text}),
	({text}) => players('freeze', {text}),
	({text, yes}) => players('outage', {trigger: '1', down: yes, at: null, reason: text}),
	({who}) => players('askTrigger', {trigger: who % 2 === 0 ? '2' : '3', roles: []}),
	({text, yes, who}) =>
		players('answerTrigger', {
			trigger: who % 3 === 0 ? '3' : '2',
			fact: who % 3 === 0 ? null : 1 + (who % 2),
			yes,
			reason: text,
		}),
	({text}) => players('rollback', {path: null, reason: text}),
	({text, yes}) => players('rollbackByHand', {path: text, result: yes ? 'pass' : 'fail', reference: text}),
	({text}) => players('prove', {note: text}),
	({text, yes, who}) =>
		players('report', {
			stage: who % 2 === 0 ? 'T0' : 'T+10',
			result: yes ? 'pass' : 'fail',
			note: text,
			reference: text,
			done: null,
			items: [],
			...early,
		}),
	({who}) => players('sign', {signOff: `S${1 + (who % 5)}`}),
	({text, who}) => players('note', {text, on: [null, 'G1', 'G2', 'T-30'][who % 4] ?? null}),
	({text}) => players('setField', {field: 'Operator', value: text}),
	({text}) => players('setNotRecorded', {what: 'S5', reason: text}),
	({text, who}) =>
		who === 0 ? players('close', {reason: text}) : who === 1 ? players('abandon', {reason: text}) : null,
	({text, yes, who}) =>
		players('attestEndpoint', {trigger: '1', endpoint: who % 2 === 0 ? 'auth' : 'api', up: yes, reason: text}),
	({text, who}) => players('standDown', {trigger: who % 2 === 0 ? '1' : '2', reason: text}),
	({text}) => players('cancelRollback', {reason: text}),
];

const players = <K extends CommandType>(type: K, data: CommandData[K]): {type: K; data: CommandData[K]} => ({
	type,
	data,
});

/** Or what it cannot tell. */
const unlooked = ({text}: Move, {target, attempt}: State['attempts'][string], now: number) =>
	players('recordRunUnreachable', {target, attempt, why: text, since: stamp(now)});

const states = ['queued', 'approval', 'running', 'ended'] as const;

/** What a server may tell of a run, whoever named its jobs and environments. */
const dispatched = ({text, yes, who}: Move, {target, attempt, dispatch}: State['attempts'][string]) => {
	if (dispatch === null)
		return players('beginDispatch', {
			target,
			attempt,
			workflow: '.github/workflows/rollback.yml',
			repository: 'example/orders',
			ref: text || 'main',
			inputs: {action: text, stack: 'ops/stack.yml'},
			after: null,
			date: null,
			login: null,
		});
	return players('recordRun', {
		target,
		attempt,
		run: 42,
		url: `https://github.example.org/${text}`,
		state: states[who % states.length] ?? 'queued',
		conclusion: yes ? text : null,
		approvals: [{environment: text, reviewers: yes ? [text, 'petra'] : [], waitMinutes: yes ? 30 : null}],
		declined: null,
		jobs: [{name: text, state: 'in_progress', conclusion: yes ? 'failure' : null}],
	});
};

/** A running attempt goes on: a step begins, a gate is judged, a run is told of, or it ends. */
const runnerMoves = (move: Move, state: State, now: number): readonly {type: CommandType; data: unknown}[] => {
	const open = Object.values(state.attempts).find(({ended, within}) => ended === null && within === null);
	if (open === undefined) return [];
	const {target, attempt} = open;
	const {text, yes, who} = move;
	if (isPath(target, 'preferred') && open.dispatch !== null && who % 4 === 1) return [unlooked(move, open, now)];
	if (isPath(target, 'preferred') && who % 4 !== 0) return [dispatched(move, open)];
	const judged = Object.entries(state.gates).find(([, gate]) => gate.judging !== null);
	if (who % 3 === 0) return [players('beginStep', {target, attempt, step: text || 'step', again: false})];
	const verdict = who % 2 === 0 ? 'unknown' : yes ? 'pass' : 'fail';
	if (judged !== undefined)
		return [
			players('judge', {
				gate: judged[0],
				attempt: judged[1].attempts,
				verdict,
				reason: text,
				head: null,
				files: {},
				log: null,
			}),
		];
	return [
		players('end', {
			target,
			attempt,
			outcome: yes ? 'pass' : 'lost',
			exit: null,
			reason: text,
			log: null,
			still: yes ? [] : [text],
		}),
	];
};

const moves = fc.array(
	fc.record({
		kind: fc.nat(),
		who: fc.nat({max: 40}),
		text: hostile,
		seconds: fc.integer({min: 1, max: 900}),
		yes: fc.boolean(),
	}),
	{maxLength: 14},
);

const time = (ms: number): string => `+${ms}`;

type Night = {readonly name: string; readonly acts: readonly Act[]; readonly stories: Stories | null};

const hostileStories = (text: string): Stories => ({
	...stories,
	api: {...stories['api'], why: text, version: time => (time % 2 === 0 ? 'blue' : text)},
});

const nights: readonly Night[] = [
	{name: 'back', acts: backNight, stories: null},
	{name: 'kept', acts: keptNight, stories: null},
];

export const measuredNights: readonly Night[] = [
	{name: 'measured', acts: measuredNight, stories},
	{name: 'workflow', acts: workflowNight, stories},
	{name: 'blind', acts: blindNight, stories: unseen},
];

/** At the end the samples are seen; while one moves they are not, so that people are asked for more. */
const seenThen = (state: State, now: number, reported: Stories | null): Observation =>
	reported === null ? calm : sees(state, now, reported, readyAt(now));

const played = ({name, acts: night, stories: reported}: Night, until: number, list: readonly Move[]): Given => {
	const begun = night.slice(0, 1 + (until % night.length));
	let so = begun.reduce((before, act) => tries(before, act).reported, nothing);
	let now = begun.at(-1)?.at ?? 0;
	for (const [place, move] of list.entries()) {
		now += move.seconds * 1000;
		const by = people[move.who % people.length] ?? alice;
		const running = move.kind % 3 === 0 ? runnerMoves(move, so.state, now) : [];
		const own = table[move.kind % table.length]?.(move, so.state, now) ?? null;
		const wanted = running.length > 0 ? running : own === null ? [] : [own];
		for (const {type, data} of wanted) {
			const act = does('20:00:00', running.length > 0 ? runner : by, type, data as CommandData[CommandType]);
			so = tries(so, {
				...act,
				at: now,
				observed: reported === null ? calm : readyAt(now),
				command: {...act.command, id: `${time(now)}-${place}`},
			}).reported;
		}
	}
	const summary = () => `${name} night: ${so.entries.map(({type}) => type).join(' ')}`;
	const then = now + 1000;
	const observed = seenThen(
		so.state,
		then,
		reported === null ? null : list[0]?.yes ? hostileStories(list[0].text) : reported,
	);
	return Object.assign(standsAt(so, then, observed), {[fc.toStringMethod]: summary});
};

const historiesOf = (of: readonly Night[]): fc.Arbitrary<Given> =>
	fc.tuple(fc.constantFrom(...of), fc.nat({max: 200}), moves).map(([night, until, list]) => played(night, until, list));

/** Cutovers at some moment. */
export const histories: fc.Arbitrary<Given> = historiesOf([...nights, ...measuredNights]);

/** Those in which samples decide. */
export const measuredHistories: fc.Arbitrary<Given> = historiesOf(measuredNights);

export const sizes: fc.Arbitrary<Size> = fc.oneof(
	fc.constantFrom({columns: 80, rows: 24}, {columns: 120, rows: 40}),
	fc.record({columns: fc.integer({min: 8, max: 140}), rows: fc.integer({min: 2, max: 50})}),
);

const screens = (Object.keys(panes) as ScreenName[]).filter(screen => screen !== 'opening');

/** Any screen of a cutover, looked at anyhow. */
export const views: fc.Arbitrary<View> = fc
	.record({
		screen: fc.constantFrom(...screens),
		size: sizes,
		pane: fc.nat(),
		person: fc.constantFrom(...people),
		scroll: fc.nat({max: 60}),
		wrap: fc.boolean(),
		filter: fc.oneof(fc.constant(''), hostile),
		target: fc.constantFrom(null, 'G2', 'G4', 'T-30', 'T0', 'T+10', 'nothing'),
		lines: fc.array(hostile, {maxLength: 20}),
		said: fc.option(hostile, {nil: null}),
		fault: fc.option(hostile, {nil: null, freq: 12}),
	})
	.map(({screen, size, pane, person, scroll, wrap, filter, target, lines, said, fault}) => ({
		...initialView(screen, person, size),
		pane: panes[screen][pane % panes[screen].length] ?? panes[screen][0],
		scroll,
		wrap,
		filter,
		target,
		tail: {
			target: {stage: 'T-30'},
			attempt: 1,
			lines,
			bytes: 0,
			from: scroll % 2 === 0 ? null : scroll,
			total: lines.length,
		},
		message: said === null ? null : {kind: 'refused' as const, text: said},
		fault: fault === null ? null : {message: fault, fix: 'Free some room.'},
	}));

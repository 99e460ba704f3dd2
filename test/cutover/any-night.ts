/** Nights that nobody thought of: any command of a person or a runner, at any time, on any of a few runbooks. */

import fc from 'fast-check';
import {decide, isRefusal} from '../../source/cutover/decide/decide.ts';
import {attemptKey} from '../../source/cutover/model/attempt-target.ts';
import type {Observation} from '../../source/cutover/model/command.ts';
import type {Event} from '../../source/cutover/model/event.ts';
import type {Person} from '../../source/cutover/model/person.ts';
import type {Refusal} from '../../source/cutover/model/refusal.ts';
import type {Runbook} from '../../source/cutover/model/runbook.ts';
import type {State} from '../../source/cutover/model/state.ts';
import {stamp} from '../../source/text/time.ts';
import {begins, calm, does, nothing, passes, type Reported, tries} from '../given.ts';
import {alice, ben, bob, carolOfOps, carolOfQa, dave, daveOnCall, lena, omar, runner} from '../scenarios/people.ts';
import {approved, files, runbook} from '../scenarios/runbook.ts';
import {
	abandon,
	answers,
	asksAbout,
	byHand,
	close,
	type Draft,
	down,
	end,
	hold,
	judge,
	laysAside,
	marks,
	note,
	prove,
	report,
	rollback,
	run,
	says,
	sign,
	skip,
	standsDown,
	stop,
	up,
	vote,
} from './commands.ts';
import {played, twoScripts, unbound} from './night.ts';

export const books: readonly Runbook[] = [runbook, played, unbound, {...played, rollback: twoScripts.rollback}];
const people = [alice, bob, carolOfOps, carolOfQa, dave, daveOnCall, ben, lena, omar];
const words = fc.constantFrom('because', '', 'x');
const rows = fc.constantFrom('G1', 'G2', 'G3', 'G4', 'G5', 'T-60', 'T-30', 'T-10', 'T0', 'T+10', 'T+30', 'T+99');
const early = {early: true, reason: 'asked for'};

const draft: fc.Arbitrary<Draft> = fc.oneof(
	{weight: 6, arbitrary: rows.map(row => run(row, early))},
	{weight: 5, arbitrary: fc.constantFrom<Draft>(vote('go', 'so', true), vote('keep', 'so', true), vote('no-go', 'so'))},
	{
		weight: 4,
		arbitrary: fc.tuple(fc.constantFrom('L1', 'L2', 'L3'), words).map(([group, no]) => says('G4', group, no || null)),
	},
	{weight: 2, arbitrary: words.map(no => says('G5', 'project-owner', no || null))},
	{
		weight: 3,
		arbitrary: fc
			.tuple(rows, fc.constantFrom('pass' as const, 'fail' as const))
			.map(([row, result]) => report(row, result, {note: 'so', ...early})),
	},
	{weight: 2, arbitrary: fc.tuple(rows, words).map(([row, why]) => skip(row, why))},
	{weight: 1, arbitrary: fc.tuple(rows, words).map(([row, why]) => marks(row, why))},
	{weight: 1, arbitrary: fc.tuple(rows, words).map(([row, why]) => stop(row, why))},
	{weight: 1, arbitrary: words.map(hold)},
	{weight: 2, arbitrary: fc.constantFrom<Draft>(down(), up())},
	{
		weight: 2,
		arbitrary: fc
			.tuple(fc.constantFrom('1', '2', '3'), fc.constantFrom(null, 1, 2), fc.boolean())
			.map(([id, fact, yes]) => answers(id, fact, yes)),
	},
	{
		weight: 1,
		arbitrary: fc.constantFrom<Draft>(asksAbout('2'), laysAside('2', 'so'), standsDown('1'), standsDown('2')),
	},
	{weight: 2, arbitrary: fc.constantFrom(null, 'preferred' as const, 'fallback' as const).map(path => rollback(path))},
	{
		weight: 3,
		arbitrary: fc.constantFrom<Draft>(byHand('console', 'pass'), byHand('console', 'fail'), prove(), prove()),
	},
	{
		weight: 1,
		arbitrary: fc.constantFrom<Draft>(abandon('so'), close('so'), close(null), {
			type: 'cancelRollback',
			data: {reason: null},
		}),
	},
	{weight: 1, arbitrary: fc.constantFrom('S1', 'S3', 'S4').map(sign)},
	{weight: 1, arbitrary: words.map(text => note(text, 'G2'))},
	{
		weight: 1,
		arbitrary: fc.constantFrom<Draft>(
			{type: 'setNotRecorded', data: {what: 'S5', reason: 'so'}},
			{type: 'freeze', data: {text: 'main'}},
		),
	},
);

const outcome = fc.constantFrom('pass', 'pass', 'pass', 'fail', 'unknown', 'lost', 'stopped' as const);

export type Move = {
	readonly draft: Draft;
	readonly who: number;
	readonly seconds: number;
	readonly observed: Observation;
	/** Somebody moves T0 to so many seconds from then; 0: nobody. */
	readonly moves: number;
	/** What runs ends first, with this. */
	readonly ends: 'pass' | 'fail' | 'unknown' | 'lost' | 'stopped' | null;
	readonly still: readonly string[];
};

const seens: readonly Observation[] = [
	calm,
	{...calm, heads: {...calm.heads, G2: 'badcafe0'}},
	{...calm, files: {...files, 'docs/operating.md': null}},
	{...calm, approved: {...approved, 'docs/switch.md': 'sha256:00'}},
];

export const moves: fc.Arbitrary<readonly Move[]> = fc.array(
	fc.record({
		draft,
		who: fc.nat(people.length - 1),
		seconds: fc.oneof({weight: 6, arbitrary: fc.nat(120)}, {weight: 1, arbitrary: fc.nat(4000)}),
		observed: fc.oneof({weight: 12, arbitrary: fc.constant(calm)}, {weight: 1, arbitrary: fc.constantFrom(...seens)}),
		moves: fc.oneof({weight: 12, arbitrary: fc.constant(0)}, {weight: 1, arbitrary: fc.nat(3000)}),
		ends: fc.option(outcome, {freq: 2}),
		still: fc.oneof({weight: 8, arbitrary: fc.constant([])}, {weight: 1, arbitrary: fc.constant(['left.sh (pid 7)'])}),
	}),
	{minLength: 10, maxLength: 70},
);

/** What a runner would say now of what runs. */
const runnerSays = (state: State, {ends, still}: Move): readonly Draft[] => {
	if (ends === null) return [];
	const verdict = ends === 'pass' || ends === 'fail' ? ends : 'unknown';
	return Object.values(state.attempts)
		.filter(({ended, within}) => ended === null && within === null)
		.slice(0, 1)
		.flatMap(({target, attempt}) => [
			...Object.entries(state.gates)
				.filter(
					([, gate]) =>
						gate.judging !== null && attemptKey(gate.judging) === attemptKey({target, attempt}) && ends !== 'lost',
				)
				.map(([id, gate]) => judge(id, gate.attempts, verdict)),
			end(target, attempt, ends, still),
		]);
};

/** One thing that was asked, what it left, and the states around it. */
export type Turn = {
	readonly before: State;
	readonly events: readonly Event[];
	readonly refusal: Refusal | null;
	readonly after: State;
	readonly at: number;
	readonly observed: Observation;
};

/** How far a night goes before chance takes over; longest: to a checklist that is answered. */
export const opening = (book: Runbook): readonly (readonly [Person, Draft])[] => [
	[dave, run('G1')],
	[carolOfQa, run('G2')],
	[alice, run('G3')],
	[ben, says('G4', 'L1')],
	[lena, says('G4', 'L2')],
	[omar, says('G4', 'L3')],
	[bob, says('G5', 'project-owner')],
	...['G1', 'G2', 'G3'].flatMap((id): [Person, Draft][] => [
		[runner, judge(id, 1, 'pass')],
		[runner, end(id, 1, 'pass')],
	]),
	[alice, vote('go', 'so', true)],
	[carolOfOps, vote('go', 'so', true)],
	[alice, run('T0', early)],
	book.stages.some(({id, playbook}) => id === 'T0' && playbook)
		? [runner, end('T0', 1, 'pass')]
		: [alice, report('T0', 'pass')],
	[daveOnCall, report('T+10', 'pass', {note: 'so', ...early})],
];

/** Mostly somebody whom the rules let do it, so that nights come far. */
const fitting = (reported: Reported, {draft: {type, data}, who, observed}: Move, now: number): Person => {
	const one = people[who] ?? alice;
	if (who === 0) return one;
	const made = {...does('20:50', one, type, data as never, observed), at: now};
	return people.find(by => tries(reported, {...made, by}).refusal === null) ?? one;
};

/** Everything that happens in such a night, turn by turn; what follows from time is a turn of its own. */
export const play = (
	book: Runbook,
	all: readonly Move[],
	start: number,
): {turns: readonly Turn[]; reported: Reported} => {
	const turns: Turn[] = [];
	const beginning = begins('20:50', alice, '22:00', book);
	let reported = tries(nothing, beginning).reported;
	let now = beginning.at;
	const turn = (by: Person, {type, data}: Draft, observed: Observation): void => {
		const made = does('20:50', by, type, data as never, observed);
		const act = {...made, at: now, command: {...made.command, id: `${turns.length}`}};
		const waited = passes(reported, now, observed);
		turns.push({
			before: reported.state,
			events: waited.entries.slice(reported.entries.length),
			refusal: null,
			after: waited.state,
			at: now,
			observed,
		});
		const raw = decide(waited.state, act.command, {at: now, by, observed});
		if (!isRefusal(raw) && raw.length === 0) throw new Error(`${type} leaves neither events nor a refusal`);
		const next = tries(waited, act);
		turns.push({
			before: waited.state,
			events: next.reported.entries.slice(waited.entries.length),
			refusal: next.refusal,
			after: next.reported.state,
			at: now,
			observed,
		});
		reported = next.reported;
	};
	for (const [by, asked] of opening(book).slice(0, start)) turn(by, asked, calm);
	for (const move of all) {
		now += move.seconds * 1000;
		for (const said of runnerSays(reported.state, move)) turn(runner, said, move.observed);
		if (move.moves > 0)
			turn(alice, {type: 'schedule', data: {t0: stamp(now + move.moves * 1000), reason: 'so'}}, move.observed);
		turn(fitting(reported, move, now), move.draft, move.observed);
	}
	return {turns, reported};
};

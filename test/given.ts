/*
Scenarios go through the real core: what a person or a runner did is decided on by the rules, and a step that they refuse
is an error of the scenario. No scenario, and so no golden, can then show what could not happen.
*/

import {acting} from '../source/cutover/decide/acting.ts';
import {decide, isRefusal} from '../source/cutover/decide/decide.ts';
import {dueEvents} from '../source/cutover/due/due-events.ts';
import {evolve} from '../source/cutover/evolve/evolve.ts';
import {type AttemptRef, targetName} from '../source/cutover/model/attempt-target.ts';
import type {Command, CommandData, CommandType, Context, Observation} from '../source/cutover/model/command.ts';
import type {Event} from '../source/cutover/model/event.ts';
import {initial} from '../source/cutover/model/initial.ts';
import {itself, type Person} from '../source/cutover/model/person.ts';
import type {Refusal} from '../source/cutover/model/refusal.ts';
import type {Runbook} from '../source/cutover/model/runbook.ts';
import type {State} from '../source/cutover/model/state.ts';
import type {Entry, Fact} from '../source/cutover/ports.ts';
import type {Snapshot} from '../source/cutover/snapshot/snapshot.ts';
import {snapshotOf} from '../source/cutover/snapshot/snapshot-of.ts';
import {headOf, origin, seal} from '../source/journal/entry.ts';
import {instant, stamp} from '../source/text/time.ts';
import {runner} from './scenarios/people.ts';
import {approved, files, runbook} from './scenarios/runbook.ts';
import {targetOf} from './targets.ts';

/** Wall times of the one night, an hour east of Greenwich: `21:47:19` -> ms; before noon it is the next morning. */
export const at = (time: string): number => {
	const [hours = '0'] = time.split(':');
	const whole = time.length === 5 ? `${time}:00` : time;
	return instant(`2031-01-${Number(hours) < 12 ? '15' : '14'}T${whole}+01:00`);
};

/** What somebody asked for, when. */
export type Act = {readonly at: number; readonly by: Person; readonly command: Command; readonly observed: Observation};

export const calm: Observation = {
	heads: {G1: 'c0ffee00', G2: 'c0ffee00'},
	files,
	approved,
};

/** One act; words that it takes are typed. */
export const does = <K extends CommandType>(
	time: string,
	by: Person,
	type: K,
	data: CommandData[K],
	observed: Observation = calm,
): Act => ({
	at: at(time),
	by,
	command: {id: `${time} ${by.name} ${type} ${JSON.stringify(data).slice(0, 80)}`, type, data} as Command,
	observed,
});

export const begins = (time: string, by: Person, t0: string, book: Runbook = runbook): Act =>
	does(time, by, 'begin', {
		id: 'orders-2031-01-14',
		runbook: book,
		t0: stamp(at(t0)),
		ticket: book.ticket,
		environment: book.environment,
		workspace: '/srv/orders',
		approved,
		rehearsal: null,
	});

const log = (of: string, attempt: number, lines: number) => ({
	path: `attempts/${of}-${attempt}/log`,
	sha256: Buffer.from(`${of}${attempt}`).toString('hex').padEnd(64, '0'),
	bytes: lines * 40,
	lines,
});

/** What a stage's runner reports of one gate, and of its own end. */
export const judges = (
	time: string,
	within: AttemptRef,
	gate: {readonly id: string; readonly attempt: number; readonly takes?: string},
	verdict: 'pass' | 'fail' | 'unknown',
	reason: string | null = null,
): readonly Act[] => [
	does(gate.takes ?? time, runner, 'runWithin', {...within, gate: gate.id}),
	does(time, runner, 'judge', {
		gate: gate.id,
		attempt: gate.attempt,
		verdict,
		reason,
		head: 'c0ffee00',
		files: {},
		log: log(targetName(within.target), within.attempt, 40),
	}),
];

export const ends = (
	time: string,
	of: string,
	attempt: number,
	outcome: 'pass' | 'fail',
	reason: string | null = null,
): Act =>
	does(time, runner, 'end', {
		target: targetOf(of),
		attempt,
		outcome,
		exit: outcome === 'pass' ? 0 : 1,
		reason,
		log: log(targetName(targetOf(of)), attempt, 120),
		still: [],
	});

/** A gate run by itself, from its start to its end. */
export const runsGate = (
	from: string,
	to: string,
	by: Person,
	id: string,
	attempt: number,
	verdict: 'pass' | 'fail',
	reason: string | null = null,
): readonly Act[] => [
	does(from, by, 'run', {target: id, resume: false, reference: null, ticket: null, early: false, reason: null}),
	does(to, runner, 'judge', {
		gate: id,
		attempt,
		verdict,
		reason,
		head: 'c0ffee00',
		files: {},
		log: log(id, attempt, 20),
	}),
	ends(to, id, attempt, verdict, reason),
];

export const runs = (time: string, by: Person, target: string): Act =>
	does(time, by, 'run', {target, resume: false, reference: null, ticket: null, early: false, reason: null});

export type Given = {
	readonly state: State;
	readonly entries: readonly Entry[];
	readonly observed: Observation;
	readonly now: number;
	readonly snapshot: (you: Person | null) => Snapshot;
};

const sealed = (entries: readonly Entry[], facts: readonly Fact[]): readonly Entry[] => {
	const last = entries.at(-1);
	return seal(last === undefined ? origin : headOf(last), facts);
};

export type Reported = {readonly state: State; readonly entries: readonly Entry[]};

const append = (reported: Reported, events: readonly Event[], when: number, by: Person, cause: string): Reported => {
	const facts = events.map((event): Fact => ({...event, at: stamp(when), by, cause}));
	const added = sealed(reported.entries, facts);
	return {state: added.reduce(evolve, reported.state), entries: [...reported.entries, ...added]};
};

/** What follows from time alone stands in front, as the journal does it. */
export const passes = (reported: Reported, when: number, observed: Observation): Reported =>
	append(reported, dueEvents(reported.state, {at: when, by: itself, observed}), when, itself, 'time');

const answered = (state: State, {command, ...context}: Act): readonly Event[] | Refusal => {
	const known: Context = context;
	const first = decide(state, command, known);
	return isRefusal(first) && first.needs.words.length > 0
		? decide(state, {...command, confirm: first.needs.words}, known)
		: first;
};

/** The act, or its refusal; `told` goes on unchanged where the rules refuse. */
export const tries = (
	reported: Reported,
	act: Act,
): {readonly reported: Reported; readonly refusal: Refusal | null} => {
	const before = passes(reported, act.at, act.observed);
	const decision = answered(before.state, act);
	if (isRefusal(decision)) return {reported: before, refusal: decision};
	const by = acting(before.state, act.command, act.by, act.at);
	return {reported: append(before, decision, act.at, by, act.command.id), refusal: null};
};

/** As the rules answer it with only the words that the command brings; `told` goes on where they take it. */
export const asks = (
	reported: Reported,
	act: Act,
): {readonly reported: Reported; readonly answer: readonly Event[] | Refusal} => {
	const before = passes(reported, act.at, act.observed);
	const answer = decide(before.state, act.command, {at: act.at, by: act.by, observed: act.observed});
	if (isRefusal(answer)) return {reported: before, answer};
	const by = acting(before.state, act.command, act.by, act.at);
	return {reported: append(before, answer, act.at, by, act.command.id), answer};
};

const tell = (before: Reported, act: Act): Reported => {
	const {reported, refusal} = tries(before, act);
	if (refusal !== null) throw new Error(`${act.command.id} is refused: ${refusal.why} ${refusal.fix}`);
	return reported;
};

export const nothing: Reported = {state: initial, entries: []};

/** At `when`, after what time alone brings. */
export const standsAt = (reported: Reported, when: number, observed: Observation = calm): Given => {
	const {state, entries} = passes(reported, when, observed);
	return {state, entries, observed, now: when, snapshot: you => snapshotOf(state, when, observed, you)};
};

/** The cutover as it stands at `now`, after every act up to then. Throws where the rules refuse an act. */
export const given = (acts: readonly Act[], now: string, observed: Observation = calm): Given => {
	const when = at(now);
	return standsAt(acts.filter(act => act.at <= when).reduce(tell, nothing), when, observed);
};

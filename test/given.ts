/*
Scenarios go through the real core: what a person or a runner did is decided on by the rules, and a step that they refuse
is an error of the scenario. No scenario, and so no golden, can then show what could not happen.
*/

import {acting} from '../source/cutover/acting.ts';
import type {Command, CommandData, CommandType, Context, Refusal, Seen} from '../source/cutover/command.ts';
import {decide, isRefusal} from '../source/cutover/decide.ts';
import type {Event} from '../source/cutover/event.ts';
import {evolve} from '../source/cutover/evolve.ts';
import {follow} from '../source/cutover/follow.ts';
import {initial} from '../source/cutover/initial.ts';
import type {Person} from '../source/cutover/person.ts';
import type {Entry, Fact} from '../source/cutover/ports.ts';
import type {Runbook} from '../source/cutover/runbook.ts';
import {stand} from '../source/cutover/stand.ts';
import type {Standing} from '../source/cutover/standing.ts';
import type {State} from '../source/cutover/state.ts';
import {headOf, origin, seal} from '../source/journal/entry.ts';
import {instant, stamp} from '../source/text/time.ts';
import {runner} from './scenarios/people.ts';
import {approved, files, runbook} from './scenarios/runbook.ts';

/** Wall times of the one night, an hour east of Greenwich: `21:47:19` -> ms; before noon it is the next morning. */
export const at = (time: string): number => {
	const [hours = '0'] = time.split(':');
	const whole = time.length === 5 ? `${time}:00` : time;
	return instant(`2031-01-${Number(hours) < 12 ? '15' : '14'}T${whole}+01:00`);
};

/** What somebody asked for, when. */
export type Act = {readonly at: number; readonly by: Person; readonly command: Command; readonly seen: Seen};

export const calm: Seen = {
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
	seen: Seen = calm,
): Act => ({
	at: at(time),
	by,
	command: {id: `${time} ${by.name} ${type} ${JSON.stringify(data).slice(0, 80)}`, type, data} as Command,
	seen,
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
	within: {readonly of: string; readonly attempt: number},
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
		log: log(within.of, within.attempt, 40),
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
		of,
		attempt,
		outcome,
		exit: outcome === 'pass' ? 0 : 1,
		reason,
		log: log(of, attempt, 120),
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
	readonly seen: Seen;
	readonly now: number;
	readonly standing: (you: Person | null) => Standing;
};

const time: Person = {name: 'cutover-tui', login: null, role: null, tty: null, ssh: null, strength: 'process'};

const sealed = (entries: readonly Entry[], facts: readonly Fact[]): readonly Entry[] => {
	const last = entries.at(-1);
	return seal(last === undefined ? origin : headOf(last), facts);
};

export type Told = {readonly state: State; readonly entries: readonly Entry[]};

const append = (told: Told, events: readonly Event[], when: number, by: Person, cause: string): Told => {
	const facts = events.map((event): Fact => ({...event, at: stamp(when), by, cause}));
	const added = sealed(told.entries, facts);
	return {state: added.reduce(evolve, told.state), entries: [...told.entries, ...added]};
};

/** What follows from time alone stands in front, as the journal does it. */
export const passes = (told: Told, when: number, seen: Seen): Told =>
	append(told, follow(told.state, {at: when, by: time, seen}), when, time, 'time');

const answered = (state: State, {command, ...context}: Act): readonly Event[] | Refusal => {
	const known: Context = context;
	const first = decide(state, command, known);
	return isRefusal(first) && first.words.length > 0 ? decide(state, {...command, confirm: first.words}, known) : first;
};

/** The act, or its refusal; `told` goes on unchanged where the rules refuse. */
export const tries = (told: Told, act: Act): {readonly told: Told; readonly refusal: Refusal | null} => {
	const before = passes(told, act.at, act.seen);
	const decision = answered(before.state, act);
	if (isRefusal(decision)) return {told: before, refusal: decision};
	const by = acting(before.state, act.command, act.by, act.at);
	return {told: append(before, decision, act.at, by, act.command.id), refusal: null};
};

/** As the rules answer it with only the words that the command brings; `told` goes on where they take it. */
export const asks = (told: Told, act: Act): {readonly told: Told; readonly answer: readonly Event[] | Refusal} => {
	const before = passes(told, act.at, act.seen);
	const answer = decide(before.state, act.command, {at: act.at, by: act.by, seen: act.seen});
	if (isRefusal(answer)) return {told: before, answer};
	const by = acting(before.state, act.command, act.by, act.at);
	return {told: append(before, answer, act.at, by, act.command.id), answer};
};

const tell = (before: Told, act: Act): Told => {
	const {told, refusal} = tries(before, act);
	if (refusal !== null) throw new Error(`${act.command.id} is refused: ${refusal.why} ${refusal.mend}`);
	return told;
};

export const nothing: Told = {state: initial, entries: []};

/** At `when`, after what time alone brings. */
export const standsAt = (told: Told, when: number, seen: Seen = calm): Given => {
	const {state, entries} = passes(told, when, seen);
	return {state, entries, seen, now: when, standing: you => stand(state, when, seen, you)};
};

/** The cutover as it stands at `now`, after every act up to then. Throws where the rules refuse an act. */
export const given = (acts: readonly Act[], now: string, seen: Seen = calm): Given => {
	const when = at(now);
	return standsAt(acts.filter(act => act.at <= when).reduce(tell, nothing), when, seen);
};

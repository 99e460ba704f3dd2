/**
 * A cutover under test: what happened so far, and what the rules answer to the next command. Times are wall times of one
 * night with T0 at 22:00. The stations below are where most rules begin.
 */
import assert from 'node:assert/strict';
import {isRefusal} from '../../source/cutover/decide/decide.ts';
import type {Observation} from '../../source/cutover/model/command.ts';
import type {Event, EventData, EventType} from '../../source/cutover/model/event.ts';
import type {Person} from '../../source/cutover/model/person.ts';
import type {Refusal} from '../../source/cutover/model/refusal.ts';
import type {Runbook} from '../../source/cutover/model/runbook.ts';
import type {State} from '../../source/cutover/model/state.ts';
import type {Entry} from '../../source/cutover/ports.ts';
import type {Snapshot} from '../../source/cutover/snapshot/snapshot.ts';
import {snapshotOf} from '../../source/cutover/snapshot/snapshot-of.ts';
import {asks, at, begins, calm, does, nothing, passes, type Reported, tries} from '../given.ts';
import {alice, ben, bob, carolOfOps, carolOfQa, dave, daveOnCall, lena, omar, runner} from '../scenarios/people.ts';
import {runbook} from '../scenarios/runbook.ts';
import {type Draft, end, item, judge, report, run, says, vote} from './commands.ts';

export type Night = {
	/** What it left, with its words typed; fails where the rules refuse it. */
	does(time: string, by: Person, draft: Draft, observed?: Observation): readonly Event[];
	/** Why the rules refuse it, with only these words typed; fails where they take it, or where it leaves an event. */
	refuses(
		time: string,
		by: Person,
		draft: Draft,
		options?: {observed?: Observation; confirm?: readonly string[]},
	): Refusal;
	/** What follows from time and from what is seen. */
	waits(time: string, observed?: Observation): readonly Event[];
	state(): State;
	entries(): readonly Entry[];
	stands(time: string, you?: Person | null, observed?: Observation): Snapshot;
};

export const typesOf = (events: readonly Event[]): readonly EventType[] => events.map(({type}) => type);

/** The data of the one event of this kind. */
export const the = <K extends EventType>(events: readonly Event[], type: K): Readonly<EventData[K]> => {
	const found = events.filter((event): event is Event & Event<K> => event.type === type);
	assert.equal(found.length, 1, `one ${type} among ${typesOf(events).join(', ')}`);
	return (found[0] as Event<K>).data as Readonly<EventData[K]>;
};

export const open = (first: Reported = nothing): Night => {
	let reported = first;
	const act = (time: string, by: Person, {type, data}: Draft, observed: Observation) => {
		const made = does(time, by, type, data as never, observed);
		return {...made, command: {...made.command, id: `${time} ${reported.entries.length}`}};
	};
	return {
		does(time, by, draft, observed = calm) {
			const before = passes(reported, at(time), observed).entries.length;
			const {reported: after, refusal} = tries(reported, act(time, by, draft, observed));
			assert.equal(refusal, null, `${draft.type} at ${time} is refused: ${refusal?.why} ${refusal?.fix}`);
			reported = after;
			return after.entries.slice(before);
		},
		refuses(time, by, draft, {observed = calm, confirm = []} = {}) {
			const made = act(time, by, draft, observed);
			const {reported: after, answer} = asks(reported, {...made, command: {...made.command, confirm}});
			assert.ok(isRefusal(answer), `${draft.type} at ${time} is taken`);
			assert.ok(answer.rule && answer.why && answer.fix, 'a refusal says its rule, why, and how to fix it');
			reported = after;
			return answer;
		},
		waits(time, observed = calm) {
			const before = reported.entries.length;
			reported = passes(reported, at(time), observed);
			return reported.entries.slice(before);
		},
		state: () => reported.state,
		entries: () => reported.entries,
		stands: (time, you = null, observed = calm) => snapshotOf(reported.state, at(time), observed, you),
	};
};

/** A gate is run by itself and judged a second later. */
export const judges = (
	night: Night,
	time: string,
	by: Person,
	id: string,
	verdict: 'pass' | 'fail' | 'unknown' = 'pass',
	reason: string | null = null,
): readonly Event[] => {
	night.does(time, by, run(id));
	const attempt = night.state().gates[id]?.attempts ?? 0;
	const left = night.does(`${time}:01`.slice(0, 8), runner, judge(id, attempt, verdict, reason));
	night.does(`${time}:01`.slice(0, 8), runner, end(id, attempt, verdict));
	return left;
};

/** 20:50, T0 at 22:00. */
export const begun = (book: Runbook = runbook): Night => {
	const night = open();
	const {by, command} = begins('20:50', alice, '22:00', book);
	night.does('20:50', by, {type: 'begin', data: command.data} as Draft);
	return night;
};

const wordsOfAll = (night: Night): void => {
	night.does('21:40', ben, says('G4', 'L1'));
	night.does('21:41', lena, says('G4', 'L2'));
	night.does('21:42', omar, says('G4', 'L3'));
	night.does('21:43', bob, says('G5', 'project-owner'));
};

/** 21:43, every gate passes. */
export const ready = (book: Runbook = runbook): Night => {
	const night = begun(book);
	judges(night, '21:36', dave, 'G1');
	judges(night, '21:37', carolOfQa, 'G2');
	judges(night, '21:38', alice, 'G3');
	wordsOfAll(night);
	return night;
};

/** 21:53, go. */
export const gone = (book: Runbook = runbook): Night => {
	const night = ready(book);
	night.does('21:52', alice, vote('go'));
	night.does('21:53', carolOfOps, vote('go'));
	return night;
};

/** 22:00, T0 is begun. */
export const executing = (book: Runbook = runbook): Night => {
	const night = gone(book);
	night.does('22:00', alice, run('T0', {reference: 'DEPLOY-991'}));
	return night;
};

/** 22:02, T0 passed. */
export const observing = (book: Runbook = runbook): Night => {
	const night = executing(book);
	night.does('22:02', alice, report('T0', 'pass', {reference: 'DEPLOY-991'}));
	return night;
};

/** 22:12, T+10 is answered. */
export const verified = (book: Runbook = runbook): Night => {
	const night = observing(book);
	const items = ['health endpoints', 'service status', 'critical logs', 'baseline'].map(name => item(name, 'pass'));
	night.does('22:12', daveOnCall, report('T+10', 'pass', {items}));
	return night;
};

/** 22:32, kept. */
export const kept = (book: Runbook = runbook): Night => {
	const night = verified(book);
	night.does('22:31', alice, vote('keep'));
	night.does('22:32', bob, vote('keep'));
	return night;
};

/** 22:10, the fallback runs: the preferred path is not configured. */
export const rollingBack = (book: Runbook = runbook): Night => {
	const night = observing(book);
	night.does('22:10', alice, rollbackNow);
	return night;
};

const rollbackNow: Draft = {type: 'rollback', data: {path: null, reason: 'checkouts fail'}};

/** 22:15, the fallback ended well; proof is awaited. */
export const proofAwaited = (book: Runbook = runbook): Night => {
	const night = rollingBack(book);
	night.does('22:15', runner, end('fallback', 1, 'pass'));
	return night;
};

/** The runbook with changed settings. */
export const withBook = (change: Partial<Runbook>): Runbook => ({...runbook, ...change});

/** Nobody is bound to a role. */
export const unbound: Runbook = withBook({people: null});

/** T0 runs a playbook. */
export const played: Runbook = withBook({
	stages: runbook.stages.map(stage => (stage.kind === 'act' ? {...stage, playbook: 'ops/t0.mjs'} : stage)),
});

/** Both paths are scripts, so that the preferred one can run here. */
export const twoScripts: Runbook = withBook({
	rollback: runbook.rollback && {
		...runbook.rollback,
		preferred: {kind: 'script', script: 'ops/rollback-first.sh', reference: null},
	},
});

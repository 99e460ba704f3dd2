/** Attempts and their steps, and what the end of one does to its gate, its stage or its rollback path. */

import type {AttemptRef, EventData, Outcome} from '../model/event.ts';
import type {Stage} from '../model/runbook.ts';
import {type Attempt, attemptKey, type StageState, type State, type Step} from '../model/state.ts';
import {change} from './change.ts';
import type {Evolvers, Meta} from './evolver.ts';
import {pathEnded, pathStarted} from './rollback.ts';

/**
What an attempt sent before, the one that goes on after it does not send again; and what was cancelled stays cancelled,
unless a person named the run meanwhile, to have it watched.
*/
const carried = (
	{attempts}: State,
	{of, attempt, resume}: EventData['started'],
): Pick<Attempt, 'dispatch' | 'stop'> => {
	const before = resume ? attempts[attemptKey({of, attempt: attempt - 1})] : undefined;
	if (!before?.dispatch) return {dispatch: null, stop: null};
	const {dispatch, stop} = before;
	return {dispatch, stop: dispatch.adopted === before.attempt ? null : stop};
};

const begin = (state: State, data: EventData['started'], {at, by, cause}: Meta): Attempt => ({
	of: data.of,
	attempt: data.attempt,
	at,
	by,
	cause,
	resume: data.resume,
	within: data.within,
	playbook: data.playbook,
	limitSeconds: data.limitSeconds,
	environment: data.environment,
	steps: [],
	...carried(state, data),
	ended: null,
});

/** Gates judged again while the go stands do not open its stage anew (RULES D2). */
const decided = (state: State, {of}: AttemptRef): boolean => state.goGiven !== null && state.polls.go?.stage === of;

/** A run that a person named and nobody saw is not the one that was sent. */
const unnamed = ({dispatch}: Attempt, outcome: Outcome): Attempt['dispatch'] =>
	dispatch && outcome === 'unknown' && dispatch.adopted !== null && dispatch.reported === null
		? {...dispatch, run: null, adopted: null}
		: dispatch;

const stageBegun =
	(state: State, data: EventData['started'], {at, by}: Meta) =>
	(stage: StageState): StageState => ({
		...stage,
		attempts: data.attempt,
		started: stage.started ?? {at, by, reason: null, early: data.early},
		...(decided(state, data) ? {} : {ended: null, outcome: null, reason: null}),
	});

const outcomes = {
	pass: 'done',
	fail: 'failed',
	unknown: 'failed',
	stopped: 'failed',
	lost: 'lost',
} as const satisfies Record<Outcome, StageState['outcome']>;

/** Kinds whose runner ends the stage; the others wait for a person's word after it. `own`: with a playbook from the settings. */
const endsWithRunner = (stage: Stage): boolean =>
	stage.kind === 'checks' ||
	stage.kind === 'act' ||
	(stage.playbook !== null && stage.kind !== 'decision' && stage.kind !== 'closing');

const stageEnded =
	(row: Stage, data: EventData['ended'], {at, by}: Meta) =>
	(stage: StageState): StageState =>
		data.outcome === 'pass' && !endsWithRunner(row)
			? stage
			: {...stage, ended: at, outcome: outcomes[data.outcome], reason: data.reason, by};

const ended = (state: State, data: EventData['ended'], meta: Meta): State => {
	const row = state.runbook?.stages.find(stage => stage.id === data.of);
	if (row) {
		if (decided(state, data)) return state;
		const next = {...state, stages: change(state.stages, row.id, stageEnded(row, data, meta))};
		return row.kind === 'act' && data.outcome === 'pass' && state.status === 'executing'
			? {...next, status: 'observing'}
			: next;
	}
	return data.of.startsWith('rollback-') ? pathEnded(state, data, meta) : state;
};

const steps = (
	state: State,
	data: {of: string; attempt: number},
	next: (steps: readonly Step[]) => readonly Step[],
): State => ({
	...state,
	attempts: change(state.attempts, attemptKey(data), attempt => ({...attempt, steps: next(attempt.steps)})),
});

export const attemptEvolvers: Evolvers<
	'started' | 'stepBegun' | 'stepEnded' | 'stopAsked' | 'ended' | 'leftoversRecorded'
> = {
	started: (state, data, meta) => {
		const next: State = {
			...state,
			attempts: {...state.attempts, [attemptKey(data)]: begin(state, data, meta)},
			gates: change(state.gates, data.of, gate => ({
				...gate,
				attempts: data.attempt,
				judging: data.within ?? {of: data.of, attempt: data.attempt},
			})),
			stages: change(state.stages, data.of, stageBegun(state, data, meta)),
		};
		return data.of.startsWith('rollback-') ? pathStarted(next, data) : next;
	},
	stepBegun: (state, data, {at}) =>
		steps(state, data, before => [
			...before.filter(step => step.name !== data.step),
			{name: data.step, begun: at, ended: null, outcome: null, result: null, why: null},
		]),
	stepEnded: (state, data, {at}) =>
		steps(state, data, before =>
			before.map(step =>
				step.name === data.step
					? {...step, ended: at, outcome: data.outcome, result: data.result, why: data.why}
					: step,
			),
		),
	stopAsked: (state, data, {at, by}) => ({
		...state,
		attempts: change(state.attempts, attemptKey(data), attempt => ({...attempt, stop: {at, by, reason: data.reason}})),
	}),
	leftoversRecorded: (state, {still, ...ref}) => ({
		...state,
		attempts: change(state.attempts, attemptKey(ref), attempt => ({
			...attempt,
			ended: attempt.ended && {...attempt.ended, still},
		})),
	}),
	ended: (state, data, meta) => {
		const {outcome, exit, reason, log, still} = data;
		const closed = {
			...state,
			attempts: change(state.attempts, attemptKey(data), attempt => ({
				...attempt,
				dispatch: unnamed(attempt, outcome),
				ended: {at: meta.at, outcome, exit, reason, log, still},
			})),
		};
		return ended(closed, data, meta);
	},
};

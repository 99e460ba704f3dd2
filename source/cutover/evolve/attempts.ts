/** Attempts, their steps and what they dispatched, and what the end of one does to its gate, its stage or its rollback path. */
import {instant} from '../../text/time.ts';
import {endsWithRunner, nextCommand} from '../due/next-command.ts';
import {type AttemptRef, attemptKey, isStage} from '../model/attempt-target.ts';
import type {EventData, Outcome} from '../model/event.ts';
import type {Attempt, Dispatch, StageState, State, Step} from '../model/state.ts';
import {change, changeAttempt, stageBegun, stageEnded, withAttempt} from './change.ts';
import type {Evolvers, Meta} from './evolver.ts';
import {pathEnded, pathStarted} from './rollback.ts';

const timeOf = (date: string | null): number | null => (date === null ? null : instant(date));

const dispatch = (state: State, ref: AttemptRef, next: (was: Dispatch) => Dispatch): State =>
	changeAttempt(state, ref, attempt => ({
		...attempt,
		dispatch: attempt.dispatch && next(attempt.dispatch),
	}));

/** A rollback that failed for want of proof goes on with the run that is named. */
const reopened = (state: State): State => ({
	...state,
	status: 'rolling-back',
	rollback: state.rollback && {...state.rollback, failed: null},
});

/**
What an attempt sent before, the one that goes on after it does not send again; and what was cancelled stays cancelled,
unless a person named the run meanwhile, to have it watched.
*/
const carried = (
	{attempts}: State,
	{target, attempt, resume}: EventData['started'],
): Pick<Attempt, 'dispatch' | 'stop'> => {
	const before = resume ? attempts[attemptKey({target, attempt: attempt - 1})] : undefined;
	if (!before?.dispatch) return {dispatch: null, stop: null};
	const {dispatch, stop} = before;
	return {dispatch, stop: dispatch.adopted === before.attempt ? null : stop};
};

const begin = (state: State, data: EventData['started'], {at, by, cause}: Meta): Attempt => ({
	target: data.target,
	attempt: data.attempt,
	at,
	by,
	cause,
	resume: data.resume,
	host: data.host ?? null,
	within: data.within,
	playbook: data.playbook,
	command: data.command ?? null,
	limitSeconds: data.limitSeconds,
	environment: data.environment,
	steps: [],
	...carried(state, data),
	ended: null,
});

/** Gates judged again while the go is in force do not open its stage anew (RULES D2). */
const decided = (state: State, {target}: AttemptRef): boolean =>
	state.goGiven !== null && state.polls.go !== null && isStage(target, state.polls.go.stage);

/** A run that a person named and nobody saw is not the one that was sent. */
const unnamed = ({dispatch}: Attempt, outcome: Outcome): Attempt['dispatch'] =>
	dispatch && outcome === 'unknown' && dispatch.adopted !== null && dispatch.reported === null
		? {...dispatch, run: null, adopted: null}
		: dispatch;

const stageRuns =
	(state: State, data: EventData['started'], meta: Meta) =>
	(stage: StageState): StageState => ({
		...stageBegun(stage, meta, data.early),
		attempts: data.attempt,
		...(decided(state, data) ? {} : {ended: null, outcome: null, reason: null}),
	});

const outcomes = {
	pass: 'done',
	fail: 'failed',
	unknown: 'failed',
	stopped: 'failed',
	lost: 'lost',
} as const satisfies Record<Outcome, StageState['outcome']>;

const ended = (state: State, data: EventData['ended'], meta: Meta): State => {
	const row = state.runbook?.stages.find(stage => isStage(data.target, stage.id));
	if (row) {
		if (decided(state, data)) return state;
		const {outcome, reason} = data;
		const isLast = outcome === 'pass' && nextCommand(state, row) === null;
		if (outcome === 'pass' && !(isLast && endsWithRunner(row))) return state;
		const next = change(state, 'stages', row.id, stage => stageEnded(stage, outcomes[outcome], reason, meta));
		return row.kind === 'act' && isLast && state.status === 'executing' ? {...next, status: 'observing'} : next;
	}
	return 'path' in data.target ? pathEnded(state, data, meta) : state;
};

/** What was recorded late happened before; ms. */
const since = ({happened}: {readonly happened?: string}, at: number): number =>
	happened === undefined ? at : Math.min(instant(happened), at);

const steps = (state: State, data: AttemptRef, next: (steps: readonly Step[]) => readonly Step[]): State =>
	changeAttempt(state, data, attempt => ({...attempt, steps: next(attempt.steps)}));

export const attemptEvolvers = {
	started: (state, data, meta) => {
		const {target, attempt, within} = data;
		const next = withAttempt(state, begin(state, data, meta));
		if ('path' in target) return pathStarted(next, data);
		if ('stage' in target) return change(next, 'stages', target.stage, stageRuns(state, data, meta));
		const judging = within ?? {target, attempt};
		return change(next, 'gates', target.gate, gate => ({...gate, attempts: attempt, judging}));
	},
	stepBegun: (state, data, {at}) =>
		steps(state, data, before => [
			...before.filter(step => step.name !== data.step),
			{name: data.step, begun: since(data, at), ended: null, outcome: null, result: null, why: null},
		]),
	stepEnded: (state, data, {at}) =>
		steps(state, data, before =>
			before.map(step =>
				step.name === data.step
					? {...step, ended: since(data, at), outcome: data.outcome, result: data.result, why: data.why}
					: step,
			),
		),
	stopAsked: (state, data, {at, by}) =>
		changeAttempt(state, data, attempt => ({...attempt, stop: {at, by, reason: data.reason}})),
	arrivedLate: state => state,
	leftoversRecorded: (state, {still, ...ref}) =>
		changeAttempt(state, ref, attempt => ({
			...attempt,
			ended: attempt.ended && {...attempt.ended, still},
		})),
	ended: (state, data, meta) => {
		const {outcome, exit, reason, log, still} = data;
		const closed = changeAttempt(state, data, attempt => ({
			...attempt,
			dispatch: unnamed(attempt, outcome),
			ended: {at: since(data, meta.at), outcome, exit, reason, log, still},
		}));
		return ended(closed, data, meta);
	},
	dispatching: (state, {target, attempt: number, date, ...sent}, {at}) =>
		changeAttempt(state, {target, attempt: number}, attempt => ({
			...attempt,
			dispatch: {
				...sent,
				at,
				date: timeOf(date),
				accepted: null,
				run: null,
				url: null,
				adopted: null,
				reported: null,
				unseen: null,
			},
		})),
	dispatched: (state, {status, run, url, date, ...ref}, {at}) =>
		dispatch(state, ref, was => ({
			...was,
			accepted: {at, status},
			run: run ?? was.run,
			url: url ?? was.url,
			date: timeOf(date) ?? was.date,
		})),
	runUpdated: (state, {target, attempt, ...reported}, {at}) =>
		dispatch(state, {target, attempt}, was => ({
			...was,
			run: reported.run,
			url: reported.url,
			reported: {...reported, at, since: was.reported?.state === reported.state ? was.reported.since : at},
			unseen: null,
		})),
	runAdopted: (state, {run, ...ref}) =>
		reopened(
			dispatch(state, ref, was => ({...was, run, url: null, adopted: ref.attempt, reported: null, unseen: null})),
		),
	runUnreachable: (state, {why, since, ...ref}) =>
		dispatch(state, ref, was => ({...was, unseen: {why, since: instant(since)}})),
} satisfies Partial<Evolvers>;

/** A workflow that was dispatched: what was sent, what was answered, and the state of its run. */

import {instant} from '../../text/time.ts';
import type {AttemptRef} from '../model/attempt-target.ts';
import type {Dispatch, State} from '../model/state.ts';
import {changeAttempt} from './change.ts';
import type {Evolvers} from './evolver.ts';

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

export const dispatchEvolvers = {
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

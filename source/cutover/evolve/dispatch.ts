/** A workflow that was dispatched: what was sent, what was answered, and how its run stands. */
import type {AttemptRef} from '../event.ts';
import {attemptKey, type Dispatch, type State} from '../state.ts';
import {change} from './change.ts';
import type {Evolvers} from './evolver.ts';

const dispatch = (state: State, ref: AttemptRef, next: (was: Dispatch) => Dispatch): State => ({
	...state,
	attempts: change(state.attempts, attemptKey(ref), attempt => ({
		...attempt,
		dispatch: attempt.dispatch && next(attempt.dispatch),
	})),
});

export const dispatchEvolvers: Evolvers<'dispatching' | 'dispatched' | 'runTold'> = {
	dispatching: (state, {of, attempt: number, workflow, repository, ref, inputs, after}, {at}) => ({
		...state,
		attempts: change(state.attempts, attemptKey({of, attempt: number}), attempt => ({
			...attempt,
			dispatch: {at, workflow, repository, ref, inputs, after, accepted: null, run: null, url: null, told: null},
		})),
	}),
	dispatched: (state, {status, run, url, ...ref}, {at}) =>
		dispatch(state, ref, was => ({...was, accepted: {at, status}, run: run ?? was.run, url: url ?? was.url})),
	runTold: (state, {of, attempt, ...told}, {at}) =>
		dispatch(state, {of, attempt}, was => ({
			...was,
			run: told.run,
			url: told.url,
			told: {...told, at, since: was.told?.state === told.state ? was.told.since : at},
		})),
};

/** The rollback: its paths one at a time, proof, and failure. Exit 0 of a path is no proof (RULES R6). */

import type {EventData} from '../model/event.ts';
import type {RollbackState, State} from '../model/state.ts';
import type {Evolvers, Meta} from './evolver.ts';

const change = (state: State, next: (was: RollbackState) => RollbackState): State =>
	state.rollback ? {...state, rollback: next(state.rollback)} : state;

/** An attempt of a path has begun. */
export const pathStarted = (state: State, {target, attempt}: EventData['started']): State =>
	change(state, was => ({...was, tried: [...was.tried, {target, attempt}], pathEnded: null}));

/** An attempt of a path has ended; only its good end starts the time for proof. */
export const pathEnded = (state: State, data: EventData['ended'], {at}: Meta): State =>
	change(state, was => ({...was, pathEnded: data.outcome === 'pass' ? at : was.pathEnded}));

export const rollbackEvolvers = {
	rollbackBegun: (state, data, {at, by}) => ({
		...state,
		status: 'rolling-back',
		rollbacksBefore: state.rollback ? [...state.rollbacksBefore, state.rollback] : state.rollbacksBefore,
		rollback: {
			begun: {at, by, reason: data.reason},
			paths: data.paths,
			triggers: data.triggers,
			twice: data.twice,
			tried: [],
			unavailable: {},
			byHand: null,
			pathEnded: null,
			impactOver: null,
			cancelled: null,
			proved: null,
			failed: null,
		},
	}),
	pathUnavailable: (state, data) =>
		change(state, was => ({...was, unavailable: {...was.unavailable, [data.path]: data.reason}})),
	cancelAsked: (state, data, {at, by}) => change(state, was => ({...was, cancelled: {at, by, reason: data.reason}})),
	byHand: (state, data, {at, by}) =>
		change({...state, status: 'rolling-back'}, was => ({
			...was,
			byHand: {path: data.path, result: data.result, reference: data.reference, by, at},
			failed: null,
			pathEnded: data.result === 'pass' ? at : was.pathEnded,
		})),
	impactOver: (state, data, {at, by}) => change(state, was => ({...was, impactOver: {at, by, reason: data.note}})),
	proved: (state, data, {at, by}) =>
		change({...state, status: 'rolled-back'}, was => ({...was, failed: null, proved: {at, by, reason: data.note}})),
	rollbackFailed: (state, data, {at}) =>
		change({...state, status: 'rollback-failed'}, was => ({...was, failed: {at, reason: data.reason}})),
} satisfies Partial<Evolvers>;

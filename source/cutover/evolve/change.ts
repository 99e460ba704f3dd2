/** How the records of the state are changed. */
import {drafts} from '../due/attempts-of.ts';
import {type AttemptRef, attemptKey} from '../model/attempt-target.ts';
import type {Attempt, GateState, StageState, State, TriggerState} from '../model/state.ts';
import type {Meta} from './evolver.ts';

type Row = {gates: GateState; stages: StageState; triggers: TriggerState};
type Rows = {readonly [K in keyof Row]: Readonly<Record<string, Row[K]>>};

/** What the work makes of the state: its attempts are copied once, as a copy an entry would cost the square of their number. */
export function withDraft(state: State, work: (state: State) => State): State {
	const attempts = {...state.attempts};
	drafts.add(attempts);
	try {
		return work({...state, attempts});
	} finally {
		drafts.delete(attempts);
	}
}

export function withAttempt(state: State, attempt: Attempt): State {
	const own = {[attemptKey(attempt)]: attempt};
	if (!drafts.has(state.attempts)) return {...state, attempts: {...state.attempts, ...own}};
	Object.assign(state.attempts, own);
	return state;
}

/** With this attempt changed, where it is known. */
export function changeAttempt(state: State, ref: AttemptRef, next: (attempt: Attempt) => Attempt): State {
	const attempt = state.attempts[attemptKey(ref)];
	return attempt === undefined ? state : withAttempt(state, next(attempt));
}

/** With one row of one of them changed; a row that is not there stays absent. */
export const change = <K extends keyof Row>(state: State, of: K, key: string, next: (row: Row[K]) => Row[K]): State => {
	const rows: Rows = state;
	const row = rows[of][key];
	return row === undefined ? state : {...state, [of]: {...rows[of], [key]: next(row)}};
};

/** A stage begins once, by whatever came first. */
export const stageBegun = (stage: StageState, {at, by}: Pick<Meta, 'at' | 'by'>, early: string | null): StageState => ({
	...stage,
	started: stage.started ?? {at, by, reason: null, early},
});

export const stageEnded = (
	stage: StageState,
	outcome: StageState['outcome'],
	reason: string | null,
	{at, by}: Pick<Meta, 'at' | 'by'>,
): StageState => ({...stage, ended: at, outcome, reason, by});

export const without = <V>(record: Readonly<Record<string, V>>, key: string): Readonly<Record<string, V>> =>
	Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));

/** How the records of the state are changed. */
import type {Attempt, GateState, StageState, State, TriggerState} from '../model/state.ts';

type Row = {gates: GateState; stages: StageState; attempts: Attempt; triggers: TriggerState};
type Rows = {readonly [K in keyof Row]: Readonly<Record<string, Row[K]>>};

/** With one row of one of them changed; a row that is not there stays absent. */
export const change = <K extends keyof Row>(state: State, of: K, key: string, next: (row: Row[K]) => Row[K]): State => {
	const rows: Rows = state;
	const row = rows[of][key];
	return row === undefined ? state : {...state, [of]: {...rows[of], [key]: next(row)}};
};

export const without = <V>(record: Readonly<Record<string, V>>, key: string): Readonly<Record<string, V>> =>
	Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));

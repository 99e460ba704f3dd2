/** The state with one row of one of its records changed; a row that is not there stays absent. */
import type {Attempt, GateState, StageState, State, TriggerState} from '../model/state.ts';

type Row = {gates: GateState; stages: StageState; attempts: Attempt; triggers: TriggerState};
type Rows = {readonly [K in keyof Row]: Readonly<Record<string, Row[K]>>};

export const change = <K extends keyof Row>(state: State, of: K, key: string, next: (row: Row[K]) => Row[K]): State => {
	const rows: Rows = state;
	const row = rows[of][key];
	return row === undefined ? state : {...state, [of]: {...rows[of], [key]: next(row)}};
};

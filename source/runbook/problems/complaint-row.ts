/* A problem as a row of the table: its severity, sentence and fix. */

export type Row = {readonly severity: 'error' | 'warning'; readonly message: string; readonly fix: string};

export const error = <const M extends string, const D extends string>(message: M, fix: D) =>
	({severity: 'error', message, fix}) as const;
export const warning = <const M extends string, const D extends string>(message: M, fix: D) =>
	({severity: 'warning', message, fix}) as const;

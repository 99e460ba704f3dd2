/*
How a complaint is written down: its severity, sentence and mend.
*/

export type Row = {readonly severity: 'error' | 'warning'; readonly message: string; readonly mend: string};

export const error = <const M extends string, const D extends string>(message: M, mend: D) =>
	({severity: 'error', message, mend}) as const;
export const warning = <const M extends string, const D extends string>(message: M, mend: D) =>
	({severity: 'warning', message, mend}) as const;

/** What is wrong in a runbook or its settings: where (from 1), which, and how to fix it. */
export type Problem = {
	readonly severity: 'error' | 'warning';
	readonly line: number;
	readonly column: number;
	/** Stable, kebab-case. */
	readonly code: string;
	readonly message: string;
	readonly fix: string;
	/** Settings file, where it is not in the runbook itself. */
	readonly file?: string;
};

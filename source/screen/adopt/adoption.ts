/* What the adopt page is about, as the command line gives it. Texts are raw: `safe` them where they are drawn. */

export type AdoptQuestion = {
	readonly id: string;
	readonly question: string;
	readonly default: string;
	/** Line of the runbook that it is about. */
	readonly line: number | null;
	readonly choices?: readonly string[];
	/** Another answer than these is taken, too. */
	readonly others?: true;
};

export const takenKinds = ['step', 'gate', 'trigger', 'rollback', 'sign-off'] as const;

export type AdoptPart = {
	readonly kind: (typeof takenKinds)[number];
	readonly line: number;
	readonly end: number;
	readonly text: string;
	/** Id of a step; empty of the others. */
	readonly id: string;
	/** `T-20  10m  dba`, `8m`, … */
	readonly about: string;
	/** Commands in fences of a step; `run`: they may be run. */
	readonly commands: readonly string[];
	readonly runs: boolean;
};

export type AdoptDraft = {
	readonly questions: readonly AdoptQuestion[];
	readonly parts: readonly AdoptPart[];
	/** What no part takes and nothing leaves out. */
	readonly unused: readonly {readonly line: number; readonly end: number; readonly text: string}[];
	/** Errors of the map as it would be written. */
	readonly errors: readonly string[];
};

/** Answers by the id of a question; `line.N` says what a line is taken as, `takes.ID`, `at.ID` and `owner.ID` correct a step. */
export type AdoptAnswers = Readonly<Record<string, string>>;

export type Adoption = {
	readonly path: string;
	readonly source: readonly string[];
	/** The map exists, and is repaired. */
	readonly isRepair: boolean;
	draft(answers: AdoptAnswers): AdoptDraft;
	/** Writes the map and checks it: what was read, with its problems. */
	write(answers: AdoptAnswers): readonly string[];
};

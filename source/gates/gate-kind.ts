/*
What a kind of gates is: which rows of the runbook are of it, how it is shown, and how it is judged. Its file is loaded to read
runbooks too, so what is costly is imported inside `check`.
*/
import type {Gate, Path} from '../cutover/model/runbook.ts';
import type {CheckContext, Verdict} from './verdict.ts';

/** What the reader found in the row of a gate; each once, in the row's order. */
export type GateText = {
	readonly title: string;
	/** All code between backticks. */
	readonly codes: readonly string[];
	/** Command lines that judge it. */
	readonly commands: readonly string[];
	/** Files that it names: anywhere, and beside its commands. */
	readonly cited: readonly Path[];
	readonly citedByCommands: readonly Path[];
	/** Groups that it says acknowledge something. */
	readonly groups: readonly string[];
	/** One of the groups is enough. */
	readonly any: boolean;
	/** The pass condition asks for presence, or there is none. */
	readonly present: boolean;
	readonly owners: readonly string[];
};

/** What a row asks for. `looksAt`: of a kind of its own, verbatim. */
type GateAsk = Partial<Pick<Gate, 'commands' | 'files' | 'groups' | 'need' | 'looksAt'>>;

export type GateKind = {
	/** For docs/runbook-format.md: which rows are of this kind, and when they pass. */
	readonly when: string;
	readonly passes: string;
	/** Words by which the action of a stage names gates of this kind. */
	readonly named: readonly string[];
	/** What it is judged by, for `check`. */
	summary(gate: Gate): string;
	/** What a row asks for; null where the row is not of this kind. The kinds are asked in the order of their table. */
	read(row: GateText): GateAsk | null;
	/** Judges it by a process of ours; null where people do, by the rules of the core. */
	readonly check: ((gate: Gate, context: CheckContext) => Promise<Verdict>) | null;
};

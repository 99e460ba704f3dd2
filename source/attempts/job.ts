/*
What an attempt works with once its log is open, and how any work of it can end.
*/
import type {Command} from '../cutover/model/command.ts';
import type {Outcome} from '../cutover/model/event.ts';
import type {Gate, Path, Runbook, Stage} from '../cutover/model/runbook.ts';
import type {Attempt, State} from '../cutover/model/state.ts';
import type {Answer, Clock, Journal} from '../cutover/ports.ts';
import type {Asker} from '../rollback/access.ts';
import type {OutputSink} from './log/command-output.ts';
import type {Programs} from './processes/programs.ts';
import type {Mark} from './processes/tree.ts';

/** Copies a file into the cutover's evidence; `path` relative to the cutover's folder. Throws a sentence where it cannot. */
export type Keep = (
	file: Path,
	name: string,
) => {readonly name: string; readonly path: Path; readonly sha256: string; readonly bytes: number};

export type Job = {
	/** Of the cutover. */
	readonly folder: Path;
	readonly journal: Journal;
	readonly clock: Clock;
	readonly programs: Programs;
	readonly runbook: Runbook;
	readonly attempt: Attempt;
	/** Null for a gate's own attempt or a rollback path. */
	readonly stage: Stage | null;
	readonly gate: Gate | null;
	readonly workspace: Path;
	/** Environment of its commands. */
	readonly environment: Readonly<Record<string, string>>;
	/** Where the output of commands goes. */
	readonly output: OutputSink;
	/** TERM to KILL, in ms. */
	readonly grace: number;
	/** As whom GitHub is asked; its environment is the runner's own, and no playbook's. */
	readonly asker: Asker;
	/** By which its processes are found. */
	readonly mark: Mark;
	readonly signal: AbortSignal;
	readonly keep: Keep;
	say(line: string): void;
	/** Bytes as they come, into the log. */
	print(bytes: Uint8Array | string): void;
	/** A secret in a text that does not pass through the log. */
	redact(text: string): string;
	/** Resolves while this host may begin a step; on several hosts that ends with its lease. */
	mayBegin(): Promise<void>;
	/** Journals it; a store that is full is asked again for a while. Throws StoreFault. */
	tell(command: Command): Promise<Answer>;
};

/** `cutShort`: ended from outside, by a person or by its time limit. */
export type Ending = {
	readonly cutShort?: boolean;
	readonly outcome: Outcome;
	readonly exit: number | null;
	readonly reason: string | null;
};

/** State of the cutover as it is now. */
export const now = ({journal}: Job): State => journal.state();

/** Seconds of a time limit -> ms of a timer; one beyond what timers take (24 days) counts as that. */
export const timerFor = (seconds: number): number => Math.min(seconds * 1000, 2 ** 31 - 1);

/** An error as one line: its first with something in it, cut to what a person reads. */
export function inOneLine(error: unknown): string {
	const text = error instanceof Error ? error.message || error.name : String(error);
	const first =
		text
			.split('\n')
			.find(line => line.trim() !== '')
			?.trim() ?? 'it failed without a word';
	return first.length > 300 ? `${first.slice(0, 299)}…` : first;
}

/* What an attempt works with once its log is open. */
import type {Gate, Path, Stage} from '../cutover/model/runbook.ts';
import type {OutputSink} from '../processes/command-output.ts';
import type {Programs} from '../processes/programs.ts';
import type {Mark} from '../processes/tree.ts';
import type {Work} from '../processes/work.ts';

/** Copies a file into the cutover's evidence; `path` relative to the cutover's folder. Throws a sentence where it cannot. */
export type Keep = (
	file: Path,
	name: string,
) => {readonly name: string; readonly path: Path; readonly sha256: string; readonly bytes: number};

export type Job = Work & {
	readonly programs: Programs;
	/** Null for a gate's own attempt or a rollback path. */
	readonly stage: Stage | null;
	readonly gate: Gate | null;
	/** Environment of its commands. */
	readonly environment: Readonly<Record<string, string>>;
	/** Where the output of commands goes. */
	readonly output: OutputSink;
	/** TERM to KILL, in ms. */
	readonly grace: number;
	/** By which its processes are found. */
	readonly mark: Mark;
	readonly keep: Keep;
	/** Resolves while this host may begin a step; on several hosts that ends with its lease. */
	mayBegin(): Promise<void>;
};

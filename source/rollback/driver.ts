/*
What a driver of rollback paths is: how code of the runbook names one of its paths, and how that path runs. Its file is loaded
to read runbooks too, so what is costly is imported inside `run` and `ready`.
*/
import type {RollbackPath} from '../cutover/model/runbook.ts';
import type {State} from '../cutover/model/state.ts';
import type {Asker, Ending, Work} from '../processes/work.ts';
import type {Readiness} from './github/readiness.ts';

/** What the attempt of a path works with. */
type PathWork = Work & {
	/** Runs a shipped playbook by its name. Never rejects. */
	playbook(name: string): Promise<Ending>;
	/** Runs one of the path's approved command lines with bash in the workspace. Never rejects for what the command does. */
	line(text: string): Promise<Ending>;
};

export type RollbackDriver = {
	/** What it runs: a line of docs/runbook-format.md, behind its name. */
	readonly summary: string;
	/** True where its path is the whole rollback: commands beside it only follow what it does. */
	readonly whole: boolean;
	/** The path that a span of code names, without the inputs that steps give; null where it is nothing of this driver. */
	takes(code: string): Omit<RollbackPath, 'kind'> | null;
	/** Runs it to its end. May throw StoreFault. */
	run(work: PathWork, path: RollbackPath): Promise<Ending>;
	/** Whether it could be run now, without running it; null where that cannot be asked from here. Absent: never known before. */
	ready?(path: RollbackPath, state: State, asker: Asker): Promise<Readiness | null>;
};

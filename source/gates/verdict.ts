/*
What a check answers, and what it is given. `unknown` is for what could not be judged: nobody may read it as a fail.
*/
import type {Gate, Path, Runbook} from '../cutover/model/runbook.ts';
import type {OutputSink} from '../processes/command-output.ts';
import type {Access} from '../rollback/github/request.ts';
import type {Approval} from '../workspace/approved-run.ts';

/** `cutShort`: its time was up. */
export type Verdict = {
	readonly verdict: 'pass' | 'fail' | 'unknown';
	readonly reason: string | null;
	readonly exit: number | null;
	readonly cutShort?: boolean;
};

export type CheckContext = {
	readonly runbook: Runbook;
	readonly workspace: Path;
	/** Of the cutover: approved copies are in it. */
	readonly folder: Path;
	/** What is approved now. */
	readonly approval: Approval;
	/** To GitHub, for the path of the rollback; null where none is configured. */
	readonly access: Access | null;
	/** Environment of commands. */
	readonly environment: Readonly<Record<string, string>>;
	/** Where the output of commands goes. */
	readonly output: OutputSink;
	say(line: string): void;
	/** Runs the gate's own playbook inside this attempt. Throws what it throws. */
	playbook(gate: Gate): Promise<void>;
	/** Aborted when the time of the check is up or the attempt is stopped. */
	readonly signal: AbortSignal;
};

export type Check = (gate: Gate, context: CheckContext) => Promise<Verdict>;

export const pass: Verdict = {verdict: 'pass', reason: null, exit: null};
export const fail = (reason: string, exit: number | null = null): Verdict => ({verdict: 'fail', reason, exit});
export const unknown = (reason: string, exit: number | null = null): Verdict => ({verdict: 'unknown', reason, exit});

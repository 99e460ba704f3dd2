/*
What a check answers, and what it is given. `unknown` is for what could not be judged: nobody may read it as a fail.
*/
import type {Gate, Path, Runbook} from '../../cutover/model/runbook.ts';
import type {Access} from '../../rollback/github/request.ts';
import type {Approval} from '../approved-run.ts';

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
	/** Descriptor for the output of commands. */
	readonly out: number;
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

/** Exit codes by which a shell says that a command could not be run, or that a signal ended it. */
const notJudged: Readonly<Record<number, string>> = {
	126: 'the command cannot be executed (exit 126)',
	127: 'command not found (exit 127)',
	129: 'killed by SIGHUP (exit 129)',
	130: 'killed by SIGINT (exit 130)',
	137: 'killed by SIGKILL (exit 137)',
	143: 'killed by SIGTERM (exit 143)',
};

/** How a command ended -> verdict. A crash of the program itself (SIGSEGV, SIGABRT) is its failure. */
export function ofExit(exit: number | null, signal: string | null): Verdict {
	if (signal !== null)
		return signal === 'SIGSEGV' || signal === 'SIGABRT'
			? fail(`crashed with ${signal}`)
			: unknown(`killed by ${signal}`);
	if (exit === 0) return {...pass, exit};
	const why = notJudged[exit ?? -1];
	return why === undefined ? fail(`exit ${exit}`, exit) : unknown(why, exit);
}

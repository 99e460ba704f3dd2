/* What the work of an attempt is given wherever it runs, here or on a server elsewhere, and how any work can end. */
import {pathOf} from '../cutover/decide/rules/path.ts';
import {pathIn} from '../cutover/model/attempt-target.ts';
import type {Command} from '../cutover/model/command.ts';
import type {Outcome} from '../cutover/model/event.ts';
import type {Path, RollbackPath, Runbook} from '../cutover/model/runbook.ts';
import type {Attempt, State} from '../cutover/model/state.ts';
import type {Answer, Clock, Journal} from '../cutover/ports.ts';

/** Who asks a server. `env`: of the process that asks, the token in it. */
export type Asker = {
	/** Of the cutover: it holds the approved files. */
	readonly folder: Path;
	readonly clock: Clock;
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly signal?: AbortSignal;
};

export type Work = {
	/** Of the cutover. */
	readonly folder: Path;
	readonly journal: Journal;
	readonly clock: Clock;
	readonly runbook: Runbook;
	readonly attempt: Attempt;
	readonly workspace: Path;
	/** As whom a server is asked; its environment is the runner's own, and no playbook's. */
	readonly asker: Asker;
	readonly signal: AbortSignal;
	/** A line of its own into the log. */
	say(line: string): void;
	/** Bytes as they come, into the log. */
	print(bytes: Uint8Array | string): void;
	/** A secret in a text that does not pass through the log. */
	redact(text: string): string;
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
export const now = ({journal}: Pick<Work, 'journal'>): State => journal.state();

/** The rollback path that an attempt is of; null where it is of something else. */
export function pathTried({attempt, runbook}: Pick<Work, 'attempt' | 'runbook'>): RollbackPath | null {
	const name = pathIn(attempt.target);
	return name === null ? null : pathOf(runbook, name);
}

/** Throws the refusal as a sentence. */
export async function journalOrThrow(work: Pick<Work, 'tell'>, command: Command): Promise<void> {
	const answer = await work.tell(command);
	if (answer.refused) throw new Error(`${answer.why} ${answer.fix}`);
}

/* What the work on one dispatch is given, and a person's wish that its path ends: what runs elsewhere is cancelled there, and not by ending the runner. */

import {attemptKey} from '../cutover/model/attempt-target.ts';
import type {Path} from '../cutover/model/runbook.ts';
import {now, type Work} from '../processes/work.ts';
import type {Access} from './github/request.ts';

export type Workflow = {readonly workflow: Path; readonly inputs: Readonly<Record<string, string>>};

/** `cancel`: a person cancelled the path. */
export type Remotely = {
	readonly job: Work;
	readonly access: Access;
	readonly path: Workflow;
	readonly cancel: AbortSignal;
};

/** The reason of the wish; null where nobody has it. */
export function cancelledBy(job: Work): string | null {
	const stop = now(job).attempts[attemptKey(job.attempt)]?.stop;
	return stop ? `cancelled by ${stop.by.name}${stop.reason === null ? '' : `: ${stop.reason}`}` : null;
}

/** Given as soon as the journal holds the wish. */
export function cancelOf(job: Work): {readonly signal: AbortSignal; stop(): void} {
	const control = new AbortController();
	const look = (): void => {
		if (cancelledBy(job) !== null) control.abort();
	};
	const stop = job.journal.watch(look);
	look();
	return {signal: control.signal, stop};
}

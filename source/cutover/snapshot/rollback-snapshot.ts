/** A rollback as the snapshot shows it. */
import type {Settling} from '../health/proof.ts';
import type {RemoteRun} from '../model/event.ts';

export type RollbackPathState =
	| 'sent'
	| 'queued'
	| 'approval'
	| 'running'
	| 'cancelling'
	| 'unknown'
	| 'declined'
	| 'proof awaited'
	| 'proved'
	| 'failed';

/** Times in ms. */
export type RollbackSnapshot = {
	readonly path: string;
	readonly state: RollbackPathState;
	/** Since when, where that is known. */
	readonly since: number | null;
	readonly url: string | null;
	readonly reason: string;
	readonly proveBy: number | null;
	readonly run: number | null;
	/** While the run cannot be looked at; `since`: when it was last seen. */
	readonly unseen: {readonly since: number; readonly why: string} | null;
	/** What may still run, and keeps the next path waiting. */
	readonly still: readonly string[];
	/** Who has to approve, by environment; empty where nobody has to. */
	readonly approvals: RemoteRun['approvals'];
	readonly jobs: RemoteRun['jobs'];
	/** What each critical endpoint has proved since the end of the path. */
	readonly settling: readonly Settling[];
	/** A person has to say that the impact is over. */
	readonly asksPerson: boolean;
};

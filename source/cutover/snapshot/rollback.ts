/** A rollback as it stands: which path, and what is known of it. */
import {declinedPath, dispatchOf, lastTried, leftRunning, unknownPath} from '../decide/rules/path.ts';
import {proveBy} from '../due/due-events.ts';
import {asksPerson, type Settling, settlings} from '../health/proof.ts';
import {pathIn} from '../model/attempt-target.ts';
import type {Observation} from '../model/command.ts';
import type {RemoteRun} from '../model/event.ts';
import {rollbackScripts} from '../model/script.ts';
import type {Dispatch, RollbackState, State} from '../model/state.ts';

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

export const changedScripts = ({runbook, approved}: State, observed: Observation): readonly string[] =>
	(runbook === null ? [] : rollbackScripts(runbook)).filter(
		script => script in observed.approved && observed.approved[script] !== approved[script],
	);

/** A dispatched workflow as its server tells it; sent until its run is found. */
const sent = ({reported}: Dispatch): RollbackPathState => {
	if (reported === null) return 'sent';
	return reported.state === 'ended' ? 'running' : reported.state;
};

const pathState = (state: State, rollback: RollbackState): RollbackPathState => {
	const attempt = lastTried(state);
	if (rollback.proved) return 'proved';
	if (rollback.failed) return 'failed';
	if (attempt && attempt.ended === null) {
		if (attempt.stop) return 'cancelling';
		return attempt.dispatch ? sent(attempt.dispatch) : 'running';
	}
	if (rollback.pathEnded !== null) return 'proof awaited';
	if (unknownPath(state) || leftRunning(state).length > 0) return 'unknown';
	return declinedPath(state) ? 'declined' : 'queued';
};

const since = (state: State, rollback: RollbackState): number | null => {
	const attempt = lastTried(state);
	if (attempt?.ended === null)
		return attempt.stop?.at ?? attempt.dispatch?.reported?.since ?? attempt.dispatch?.at ?? attempt.at;
	return rollback.pathEnded ?? attempt?.ended?.at ?? null;
};

export const rollbackSnapshot = (state: State, at: number, observed: Observation): RollbackSnapshot | null => {
	const {rollback} = state;
	if (!rollback) return null;
	const last = lastTried(state);
	const path = rollback.byHand?.path ?? (last && pathIn(last.target)) ?? rollback.paths[0] ?? 'by hand';
	const dispatch = dispatchOf(state);
	return {
		path,
		state: pathState(state, rollback),
		since: since(state, rollback),
		url: dispatch?.url ?? null,
		reason: rollback.failed?.reason ?? declinedPath(state)?.ended?.reason ?? rollback.begun.reason ?? '',
		proveBy: proveBy(state),
		run: dispatch?.run ?? null,
		unseen: dispatch?.unseen ?? null,
		still: rollback.failed ? [] : leftRunning(state),
		approvals: dispatch?.reported?.approvals ?? [],
		jobs: dispatch?.reported?.jobs ?? [],
		settling: settlings(state, observed, at),
		asksPerson: asksPerson(state),
	};
};

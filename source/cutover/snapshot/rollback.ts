/** A rollback as it stands: which path, and what is known of it. */

import {declinedPath, dispatchOf, leftRunning, unknownPath} from '../decide/rules/path.ts';
import {proveBy} from '../due/due-events.ts';
import {asksPerson, settlings} from '../health/proof.ts';
import {attemptKey, pathIn} from '../model/attempt-target.ts';
import type {Observation} from '../model/command.ts';
import {rollbackScripts} from '../model/script.ts';
import type {Attempt, Dispatch, RollbackState, State} from '../model/state.ts';
import type {RollbackPathState, RollbackSnapshot} from './rollback-snapshot.ts';

export const changedScripts = ({runbook, approved}: State, observed: Observation): readonly string[] =>
	(runbook === null ? [] : rollbackScripts(runbook)).filter(
		script => script in observed.approved && observed.approved[script] !== approved[script],
	);

const newest = (state: State, rollback: RollbackState): Attempt | null => {
	const last = rollback.tried.at(-1);
	return (last && state.attempts[attemptKey(last)]) ?? null;
};

/** A dispatched workflow as its server tells it; sent until its run is found. */
const sent = ({reported}: Dispatch): RollbackPathState => {
	if (reported === null) return 'sent';
	return reported.state === 'ended' ? 'running' : reported.state;
};

const left = (state: State): readonly string[] => (state.runbook === null ? [] : leftRunning(state, state.runbook));

const pathState = (state: State, rollback: RollbackState): RollbackPathState => {
	const attempt = newest(state, rollback);
	if (rollback.proved) return 'proved';
	if (rollback.failed) return 'failed';
	if (attempt && attempt.ended === null) {
		if (attempt.stop) return 'cancelling';
		return attempt.dispatch ? sent(attempt.dispatch) : 'running';
	}
	if (rollback.pathEnded !== null) return 'proof awaited';
	if (unknownPath(state) || left(state).length > 0) return 'unknown';
	return declinedPath(state) ? 'declined' : 'queued';
};

const since = (state: State, rollback: RollbackState): number | null => {
	const attempt = newest(state, rollback);
	if (attempt?.ended === null)
		return attempt.stop?.at ?? attempt.dispatch?.reported?.since ?? attempt.dispatch?.at ?? attempt.at;
	return rollback.pathEnded ?? attempt?.ended?.at ?? null;
};

export const rollbackSnapshot = (state: State, at: number, observed: Observation): RollbackSnapshot | null => {
	const {rollback} = state;
	if (!rollback) return null;
	const last = rollback.tried.at(-1);
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
		still: rollback.failed ? [] : left(state),
		approvals: dispatch?.reported?.approvals ?? [],
		jobs: dispatch?.reported?.jobs ?? [],
		settling: settlings(state, observed, at),
		asksPerson: asksPerson(state),
	};
};

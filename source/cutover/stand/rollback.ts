/** A rollback as it stands: which path, and what is known of it. */
import type {Seen} from '../command.ts';
import {proveBy} from '../follow.ts';
import {asksPerson, settlings} from '../health/proof.ts';
import {dispatchOf, leftRunning, unknownPath} from '../rules/path.ts';
import type {RollbackPathState, Standing} from '../standing.ts';
import {type Attempt, attemptKey, type Dispatch, type RollbackState, type State} from '../state.ts';

export const changedScripts = ({runbook, approved}: State, seen: Seen): readonly string[] =>
	[runbook?.rollback?.preferred, runbook?.rollback?.fallback].flatMap(path =>
		path?.kind === 'script' && path.script in seen.approved && seen.approved[path.script] !== approved[path.script]
			? [path.script]
			: [],
	);

const newest = (state: State, rollback: RollbackState): Attempt | null => {
	const last = rollback.tried.at(-1);
	return (last && state.attempts[attemptKey(last)]) ?? null;
};

/** A dispatched workflow as its server tells it; sent until its run is found. */
const sent = ({told}: Dispatch): RollbackPathState => {
	if (told === null) return 'sent';
	return told.state === 'ended' ? 'running' : told.state;
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
	return unknownPath(state) || left(state).length > 0 ? 'unknown' : 'queued';
};

const since = (state: State, rollback: RollbackState): number | null => {
	const attempt = newest(state, rollback);
	if (attempt?.ended === null)
		return attempt.stop?.at ?? attempt.dispatch?.told?.since ?? attempt.dispatch?.at ?? attempt.at;
	return rollback.pathEnded ?? attempt?.ended?.at ?? null;
};

export const rollbackStanding = (state: State, at: number, seen: Seen): Standing['rollback'] => {
	const {rollback} = state;
	if (!rollback) return null;
	const path =
		rollback.byHand?.path ?? rollback.tried.at(-1)?.of.replace('rollback-', '') ?? rollback.paths[0] ?? 'by hand';
	const dispatch = dispatchOf(state);
	return {
		path,
		state: pathState(state, rollback),
		since: since(state, rollback),
		url: dispatch?.url ?? null,
		reason: rollback.failed?.reason ?? rollback.begun.reason ?? '',
		proveBy: proveBy(state),
		run: dispatch?.run ?? null,
		unseen: dispatch?.unseen ?? null,
		still: rollback.failed ? [] : left(state),
		approvals: dispatch?.told?.approvals ?? [],
		jobs: dispatch?.told?.jobs ?? [],
		settling: settlings(state, seen, at),
		asksPerson: asksPerson(state),
	};
};

/** A rollback as it stands: which path, and what is known of it. */
import {proveBy} from '../follow.ts';
import {lostPath} from '../rules/path.ts';
import type {RollbackPathState, Standing} from '../standing.ts';
import {attemptKey, type RollbackState, type State} from '../state.ts';

const pathState = (state: State, rollback: RollbackState): RollbackPathState => {
	const last = rollback.tried.at(-1);
	const attempt = last && state.attempts[attemptKey(last)];
	if (rollback.proved) return 'proved';
	if (rollback.failed) return 'failed';
	if (attempt && attempt.ended === null) return attempt.stop ? 'cancelling' : 'running';
	if (rollback.pathEnded !== null) return 'proof awaited';
	return lostPath(state) ? 'unknown' : 'queued';
};

export const rollbackStanding = (state: State): Standing['rollback'] => {
	const {rollback} = state;
	if (!rollback) return null;
	const path =
		rollback.byHand?.path ?? rollback.tried.at(-1)?.of.replace('rollback-', '') ?? rollback.paths[0] ?? 'by hand';
	return {
		path,
		state: pathState(state, rollback),
		url: null,
		reason: rollback.failed?.reason ?? rollback.begun.reason ?? '',
		proveBy: proveBy(state),
	};
};

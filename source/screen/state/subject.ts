/** Whose output a screen shows. */
import {type AttemptRef, rowIn} from '../../cutover/model/attempt-target.ts';
import type {Attempt, State} from '../../cutover/model/state.ts';
import type {Snapshot} from '../../cutover/snapshot/snapshot.ts';
import {sizeClass, type View} from './view.ts';

type Now = {readonly state: State; readonly snapshot: Snapshot; readonly view: View};

/** A gate that a stage's attempt judges has its output there. */
const withOutput = (attempt: Attempt | undefined): AttemptRef | null => {
	if (attempt === undefined) return null;
	const {target, attempt: number} = attempt.within ?? attempt;
	return {target, attempt: number};
};

const ofTarget = ({state, view}: Now): AttemptRef | null =>
	withOutput(
		Object.values(state.attempts).findLast(
			({target, attempt}) => rowIn(target) === view.target && (view.attempt === null || attempt === view.attempt),
		),
	);

const newestRunning = ({snapshot}: Now): AttemptRef | null => {
	const newest = snapshot.running.at(-1);
	return newest ? {target: newest.target, attempt: newest.attempt} : null;
};

/** Null where nothing has run that this screen would show. */
export const outputShown = (now: Now): AttemptRef | null => {
	if (now.view.screen === 'run') return ofTarget(now);
	if (now.view.screen === 'rollback') return now.state.rollback?.tried.at(-1) ?? null;
	return now.view.screen === 'board' && sizeClass(now.view.size) === 'wide' ? newestRunning(now) : null;
};

/*
What must run, told from the journal alone: a crash between "decided" and "started" is then no special case. The
reconciler makes it so, in the watcher each second and in every verb that acts.
*/
import type {AttemptRef} from '../model/event.ts';
import {type Attempt, attemptKey, type State} from '../model/state.ts';

export type WorkItem =
	/** One watcher, while `isWatched`. */
	| {readonly kind: 'watcher'}
	/** A runner of this attempt, or its end in the journal. `since` in ms, `cause`: the command that asked. */
	| (AttemptRef & {readonly kind: 'attempt'; readonly since: number; readonly cause: string})
	/** What it left running is looked at, until all of it is gone. */
	| (AttemptRef & {readonly kind: 'left'})
	/** The whole tree of this attempt must end. */
	| (AttemptRef & {readonly kind: 'stop'; readonly since: number; readonly reason: string});

const open = (attempt: Attempt): boolean => attempt.ended === null && attempt.within === null;

const forAttempt = (attempt: Attempt): readonly WorkItem[] => {
	const {of, attempt: number} = attempt;
	const run: WorkItem = {kind: 'attempt', of, attempt: number, since: attempt.at, cause: attempt.cause};
	return attempt.stop
		? [run, {kind: 'stop', of, attempt: number, since: attempt.stop.at, reason: attempt.stop.reason ?? ''}]
		: [run];
};

const left = ({attempts}: State): readonly WorkItem[] =>
	Object.values(attempts).flatMap(({of, attempt, ended}) =>
		ended && ended.still.length > 0 ? [{kind: 'left' as const, of, attempt}] : [],
	);

/** From begin to close; an abandoned cutover only until what it runs has ended. */
export const isWatched = (state: State): boolean =>
	state.begun !== null &&
	state.closed === null &&
	(state.abandoned === null || Object.values(state.attempts).some(({ended}) => ended === null));

/** Everything that must run now; empty before begin and after close. */
export const desiredWork = (state: State): readonly WorkItem[] =>
	state.begun === null || state.closed !== null
		? []
		: [
				...(isWatched(state) ? [{kind: 'watcher'} as const] : []),
				...Object.values(state.attempts).filter(open).flatMap(forAttempt),
				...left(state),
			];

/** The attempt that a duty speaks of. */
export const attemptOf = (state: State, ref: AttemptRef): Attempt | undefined => state.attempts[attemptKey(ref)];

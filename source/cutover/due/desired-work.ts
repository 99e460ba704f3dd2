/*
What must run, from the journal alone: a crash between "decided" and "started" is then no special case. The
reconciler starts it, in the watcher each second and in every command that acts.
*/
import {type AttemptRef, attemptKey} from '../model/attempt-target.ts';
import {type Attempt, openAttempts, type State} from '../model/state.ts';

export type WorkItem =
	/** One watcher, while `isWatched`. */
	| {readonly kind: 'watcher'}
	/** One process that serves and publishes the page, while `isShown`. */
	| {readonly kind: 'page'}
	/** A runner of this attempt on its host (null: the only one), or its end in the journal. `since` in ms, `cause`: the command that asked; `byProcess`: not a person's. */
	| (AttemptRef & {
			readonly kind: 'attempt';
			readonly since: number;
			readonly cause: string;
			readonly byProcess: boolean;
			readonly host: string | null;
	  })
	/** What it left running is looked at, until all of it is gone. */
	| (AttemptRef & {readonly kind: 'left'; readonly host: string | null})
	/** The whole tree of this attempt must end. */
	| (AttemptRef & {
			readonly kind: 'stop';
			readonly host: string | null;
			readonly since: number;
			readonly reason: string;
	  });

const forAttempt = (attempt: Attempt): readonly WorkItem[] => {
	const {target, attempt: number, host} = attempt;
	const byProcess = attempt.by.strength === 'process';
	const run: WorkItem = {
		kind: 'attempt',
		target,
		attempt: number,
		since: attempt.at,
		cause: attempt.cause,
		byProcess,
		host,
	};
	return attempt.stop
		? [run, {kind: 'stop', target, attempt: number, host, since: attempt.stop.at, reason: attempt.stop.reason ?? ''}]
		: [run];
};

const left = ({attempts}: State): readonly WorkItem[] =>
	Object.values(attempts).flatMap(({target, attempt, host, ended}) =>
		ended && ended.still.length > 0 ? [{kind: 'left' as const, target, attempt, host}] : [],
	);

/** From begin to close; an abandoned cutover only until what it runs has ended. */
export const isWatched = (state: State): boolean =>
	state.begun !== null &&
	state.closed === null &&
	(state.abandoned === null || Object.values(state.attempts).some(({ended}) => ended === null));

/** The settings ask for a page, and it goes on changing. What a rehearsal would show there is not the real cutover. */
export const isShown = ({begun, closed, abandoned, rehearsal, runbook}: State): boolean =>
	begun !== null &&
	closed === null &&
	abandoned === null &&
	rehearsal === null &&
	(runbook?.serve !== undefined || runbook?.publish !== undefined);

const isFor =
	(host: string | null) =>
	(item: WorkItem): boolean =>
		item.kind === 'watcher' || item.kind === 'page' || host === null || item.host === null || item.host === host;

/** Everything that must run now, on a host where there are several; empty before begin and after close. */
export const desiredWork = (state: State, host: string | null = null): readonly WorkItem[] =>
	state.begun === null || state.closed !== null
		? []
		: [
				...(isWatched(state) ? [{kind: 'watcher'} as const] : []),
				...(isShown(state) ? [{kind: 'page'} as const] : []),
				...openAttempts(state).flatMap(forAttempt),
				...left(state),
			].filter(isFor(host));

/** The attempt that a duty speaks of. */
export const attemptOf = (state: State, ref: AttemptRef): Attempt | undefined => state.attempts[attemptKey(ref)];

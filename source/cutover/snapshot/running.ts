/** What runs now, with where, and since when nobody has heard of it. */
import {type Usual, usualOf} from '../due/usual-durations.ts';
import {type AttemptRef, attemptKey} from '../model/attempt-target.ts';
import type {Observation} from '../model/command.ts';
import {isGone, silenceOf} from '../model/hosts.ts';
import {openAttempts, type State} from '../model/state.ts';

export type RunningSnapshot = AttemptRef & {
	readonly since: number;
	readonly step: string | null;
	/** Null where the cutover has one. */
	readonly host: string | null;
	/** Since its host was heard last, or its process is `gone` and that cannot be recorded; null while it is known. */
	readonly silentSeconds: number | null;
	readonly gone: boolean;
	/** How long the same took before; null where it never succeeded. */
	readonly usual: Usual | null;
};

/** Whether nobody knows if it still runs, because its host is silent. */
export const isUnheard = (running: readonly RunningSnapshot[], ref: AttemptRef): boolean =>
	running.some(run => run.silentSeconds !== null && attemptKey(run) === attemptKey(ref));

export const runningNow = (state: State, observed: Observation): readonly RunningSnapshot[] =>
	openAttempts(state).map(attempt => ({
		target: attempt.target,
		attempt: attempt.attempt,
		since: attempt.at,
		step: attempt.steps.findLast(step => step.ended === null)?.name ?? null,
		host: attempt.host,
		silentSeconds: silenceOf(observed.hosts, attempt),
		gone: isGone(observed.hosts, attempt),
		usual: usualOf(state, attempt, observed.earlier),
	}));

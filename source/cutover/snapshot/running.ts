/** What runs now, with where, and since when nobody has heard of it. */
import type {AttemptRef} from '../model/attempt-target.ts';
import type {Observation} from '../model/command.ts';
import {silenceOf} from '../model/hosts.ts';
import type {State} from '../model/state.ts';

export type RunningSnapshot = AttemptRef & {
	readonly since: number;
	readonly step: string | null;
	/** Null where the cutover has one. */
	readonly host: string | null;
	/** Since its host was heard last; null while it is heard. */
	readonly silentSeconds: number | null;
};

export const runningNow = (state: State, observed: Observation): readonly RunningSnapshot[] =>
	Object.values(state.attempts)
		.filter(attempt => attempt.ended === null && attempt.within === null)
		.map(({target, attempt, at, steps, host}) => ({
			target,
			attempt,
			since: at,
			step: steps.findLast(step => step.ended === null)?.name ?? null,
			host,
			silentSeconds: silenceOf(observed.hosts, host),
		}));

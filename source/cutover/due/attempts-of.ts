/*
The attempts of one row or path, and the steps that one which goes on from them begins with. Each stage of a screen asks for its own at
each look, so all are sorted by it once.
*/

import {type AttemptRef, attemptKey, targetName} from '../model/attempt-target.ts';
import type {Attempt, State, Step} from '../model/state.ts';

const known = new WeakMap<State['attempts'], ReadonlyMap<string, readonly Attempt[]>>();

/** Attempts that a fold made for itself: nobody else has them, and they are changed where they are. */
export const drafts = new WeakSet<State['attempts']>();

/** In their order; `name`: as `targetName` has it, which is the id of a gate or a stage. */
export function attemptsOf({attempts}: Pick<State, 'attempts'>, name: string): readonly Attempt[] {
	const sorted = known.get(attempts) ?? Map.groupBy(Object.values(attempts), ({target}) => targetName(target));
	if (!drafts.has(attempts)) known.set(attempts, sorted);
	return sorted.get(name) ?? [];
}

/** Of an attempt from the start, or of all from there on that were resumed one from another: the newest record of each step, by name. */
export function stepsOf(
	{attempts}: Pick<State, 'attempts'>,
	ref: AttemptRef,
): ReadonlyMap<string, Step & {readonly attempt: number}> {
	const found = new Map<string, Step & {attempt: number}>();
	for (let attempt = ref.attempt; ; attempt--) {
		const one = attempts[attemptKey({...ref, attempt})];
		for (const step of one?.steps ?? []) if (!found.has(step.name)) found.set(step.name, {...step, attempt});
		if (one?.resume !== true) return found;
	}
}

/** The step at which its newest attempt stopped: begun before, nobody knows how it ended, and its playbook did not run it again. */
export function stuckAt(state: Pick<State, 'attempts'>, name: string): string | null {
	const last = attemptsOf(state, name).at(-1);
	if (last?.resume !== true || last.ended?.outcome !== 'fail') return null;
	const steps = stepsOf(state, last).values();
	return steps.find(({outcome, attempt}) => outcome === null && attempt < last.attempt)?.name ?? null;
}

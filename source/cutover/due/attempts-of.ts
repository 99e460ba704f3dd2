/* The attempts of one row or path. Each stage of a screen asks for its own at each look, so all are sorted by it once. */
import {targetName} from '../model/attempt-target.ts';
import type {Attempt, State} from '../model/state.ts';

const known = new WeakMap<State['attempts'], ReadonlyMap<string, readonly Attempt[]>>();

/** In their order; `name`: as `targetName` has it, which is the id of a gate or a stage. */
export function attemptsOf({attempts}: Pick<State, 'attempts'>, name: string): readonly Attempt[] {
	const sorted = known.get(attempts) ?? Map.groupBy(Object.values(attempts), ({target}) => targetName(target));
	known.set(attempts, sorted);
	return sorted.get(name) ?? [];
}

/*
How long something usually takes: the median of its attempts that succeeded before.
*/
import {targetName} from '../../../cutover/model/attempt-target.ts';
import type {State} from '../../../cutover/model/state.ts';

/** In ms; null where none succeeded yet. */
export const usualMs = ({attempts}: State, of: string): number | null => {
	const times = Object.values(attempts)
		.flatMap(({target, at, ended}) => (targetName(target) === of && ended?.outcome === 'pass' ? [ended.at - at] : []))
		.sort((a, b) => a - b);
	return times[Math.floor(times.length / 2)] ?? null;
};

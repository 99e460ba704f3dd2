/*
A clock that steps back is an event, once a step (RULES C1). Entries carry a time that never goes back, so after a step their
times stand still until the clock has caught up; meanwhile the step itself is what the clock is compared with.
*/
import {clockToleranceMs} from '../cutover/due/schedule.ts';
import type {Event} from '../cutover/model/event.ts';
import {instant, stamp} from '../text/time.ts';
import type {Fold} from './fold.ts';

/** The newest time that the clock itself is known to have shown; ms. */
function shown({state, entries}: Fold): number {
	const step = entries.findLast(entry => entry.type === 'clockStepped');
	const snapshot = step !== undefined && instant(step.data.from) === state.at;
	return snapshot ? instant(step.data.to) : state.at;
}

/** `now`: ms, as the clock shows it. */
export function steppedBack(fold: Fold, now: number): readonly Event[] {
	if (fold.state.closed !== null || fold.state.at - now <= clockToleranceMs) return [];
	const before = shown(fold);
	return before - now > clockToleranceMs
		? [{type: 'clockStepped', data: {from: stamp(fold.state.at), to: stamp(now)}}]
		: [];
}

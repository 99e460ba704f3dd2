/*
Where a trigger's clock is at a time, by the reader's own clock. A reading; nothing that is found here fires anything.
*/

import {flapping} from './flapping.ts';
import {downAt, stillRuns} from './judge.ts';
import {tauAt} from './monotonic-time.ts';
import type {Moment} from './sample.ts';
import type {Clock} from './state.ts';
import type {Watch} from './watch.ts';

export type ClockReading = {
	/** Of the endpoint that decides: the `need`-th most advanced of those down. `elapsed`: ms since the trigger was armed or the outage began. */
	readonly deciding: {readonly endpoint: string; readonly elapsed: number; readonly threshold: number} | null;
	/** Per cent of the threshold that were warned of, while those outages run. */
	readonly warned: number;
	/** The first endpoint that is. */
	readonly flapping: {readonly endpoint: string; readonly outages: number; readonly percent: number} | null;
};

export function readClock(watch: Watch, clock: Clock, now: Moment): ClockReading {
	const tau = clock.monotonicTime === null ? now.at : tauAt(clock.monotonicTime, now);
	const decisive = clock.armed === null ? undefined : downAt(watch, clock, clock.armed, tau)[watch.need - 1];
	const [flaps] = watch.endpoints.flatMap(watched => {
		const endpoint = clock.endpoints[watched.name];
		const found = endpoint === undefined ? null : flapping(endpoint, watched, tau);
		return found === null ? [] : [{endpoint: watched.name, ...found}];
	});
	return {
		deciding: decisive
			? {endpoint: decisive.watched.name, elapsed: decisive.elapsed, threshold: decisive.watched.threshold}
			: null,
		warned: Math.max(0, ...clock.warned.filter(warned => stillRuns(clock, warned)).map(({percent}) => percent)),
		flapping: flaps ?? null,
	};
}

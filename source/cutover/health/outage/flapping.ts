/*
Up and down again and again: no single outage is long enough to fire, and yet nobody is served. Advice only: it fires
nothing, it sends people to the triggers that they answer themselves.
*/
import type {Endpoint} from './endpoint.ts';
import type {Watched} from './watch.ts';

const leastOutages = 3;
const leastPercent = 30;

export type Flapping = {readonly outages: number; readonly percent: number};

/** Within the last threshold, up to `tau`: how many outages, and how many per cent of the samples failed; null where it is not flapping. */
export function flapping(endpoint: Endpoint, watched: Watched, tau: number): Flapping | null {
	const recent = endpoint.ends.filter(end => end > tau - watched.threshold).length;
	const outages = recent + (endpoint.outage === null ? 0 : 1);
	const {size, failed} = endpoint.window;
	return outages >= leastOutages && failed * 100 >= leastPercent * size
		? {outages, percent: Math.round((failed * 100) / size)}
		: null;
}

/*
How a trigger's endpoints stand at a time, by the reader's own clock: so a watcher that died is noticed by everyone who
looks. A reading; nothing that is found here fires anything.
*/

import {type Flapping, flapping} from './flapping.ts';
import {downAt, inSight} from './judge.ts';
import {tauAt} from './monotonic-time.ts';
import type {Moment} from './sample.ts';
import type {Clock} from './state.ts';
import type {Watch, Watched} from './watch.ts';

type EndpointReading = {
	readonly name: string;
	/** Unknown without a known sample for two intervals; never taken for up. */
	readonly state: 'up' | 'down' | 'unknown';
	/** Of the running outage; ms since the epoch. */
	readonly downSince: number | null;
	/** ms since the trigger was armed or the outage began; null where none runs or the trigger is disarmed. */
	readonly elapsed: number | null;
	readonly threshold: number;
	/** ms without a known sample, null while in sight. An endpoint never seen is blind from `since` on. */
	readonly blind: number | null;
	/** Blind for as long as an outage that would fire: an advice of the same rank as the last warning. */
	readonly blindTooLong: boolean;
	readonly flapping: Flapping | null;
};

export type ClockReading = {
	readonly endpoints: readonly EndpointReading[];
	/** Of the endpoint that decides: the `need`-th most advanced of those down. */
	readonly deciding: {readonly endpoint: string; readonly elapsed: number; readonly threshold: number} | null;
	/** ms until it could fire; 0 where only a confirming sample is awaited. */
	readonly left: number | null;
	/** Per cent of the threshold that were warned of, while those outages run. */
	readonly warned: number;
};

function blindness(clock: Clock, watched: Watched, now: Moment, since: number): number | null {
	const endpoint = clock.endpoints[watched.name];
	if (clock.monotonicTime === null || endpoint?.last == null) return Math.max(0, now.at - since);
	const tau = tauAt(clock.monotonicTime, now);
	return inSight(watched, endpoint, tau) ? null : tau - endpoint.last.tau;
}

/** ms of blindness that count against the threshold: from the arming on. */
const blindArmed = (clock: Clock, blind: number, tau: number): number =>
	clock.armed === null ? 0 : Math.min(blind, tau - clock.armed);

/** `since`: when the watching began, ms since the epoch. */
export function readClock(watch: Watch, clock: Clock, now: Moment, since: number): ClockReading {
	const tau = clock.monotonicTime === null ? now.at : tauAt(clock.monotonicTime, now);
	const down = clock.armed === null ? [] : downAt(watch, clock, clock.armed, tau);
	const decisive = down[watch.need - 1];
	const snapshot = clock.warned.filter(({outages}) =>
		outages.every(([name, start]) => clock.endpoints[name]?.outage?.start.tau === start),
	);
	return {
		endpoints: watch.endpoints.map(watched => {
			const endpoint = clock.endpoints[watched.name];
			const blind = blindness(clock, watched, now, since);
			const outage = endpoint?.outage ?? null;
			return {
				name: watched.name,
				state: blind !== null ? 'unknown' : outage === null ? 'up' : 'down',
				downSince: outage?.start.at ?? null,
				elapsed: down.find(each => each.watched === watched)?.elapsed ?? null,
				threshold: watched.threshold,
				blind,
				blindTooLong: blind !== null && blindArmed(clock, blind, tau) >= watched.threshold,
				flapping: endpoint === undefined ? null : flapping(endpoint, watched, tau),
			};
		}),
		deciding: decisive
			? {endpoint: decisive.watched.name, elapsed: decisive.elapsed, threshold: decisive.watched.threshold}
			: null,
		left: decisive && clock.fired === null ? Math.max(0, decisive.watched.threshold - decisive.elapsed) : null,
		warned: Math.max(0, ...snapshot.map(({percent}) => percent)),
	};
}

/*
What the shell saw of the samples when it last looked: plain data, the same until a new sample comes, and enough to tell how
everything is a little later by the reader's own clock.
*/

import type {Event} from '../model/event.ts';
import type {Comparison} from './baseline/compare.ts';
import {type EndpointHistory, emptyHistory} from './endpoint-history.ts';
import type {HealthFold} from './fold.ts';
import {flapping} from './outage/flapping.ts';
import {downAt, stillRuns} from './outage/judge.ts';
import {tauAt} from './outage/monotonic-time.ts';
import type {Moment, Sample} from './outage/sample.ts';
import {type Clock, unsampled} from './outage/state.ts';
import type {Watch} from './outage/watch.ts';

/** Times in ms on the cutover's clock; durations in ms on the steady axis, as they were at `HealthSeen.at`. */
export type EndpointObservation = Pick<EndpointHistory, 'recent' | 'version' | 'versionAt' | 'versionBefore'> & {
	readonly name: string;
	/** As the newest known sample says; null before the first. */
	readonly state: 'up' | 'down' | null;
	readonly since: number | null;
	/** When the newest known sample had its answer. */
	readonly known: number | null;
	readonly outage: {
		readonly since: number;
		readonly elapsed: number;
		readonly unseen: number;
		readonly confirmed: boolean;
		readonly fails: number;
	} | null;
	/** First and last of the newest good samples in a row. */
	readonly goodFrom: number | null;
	readonly goodTo: number | null;
	readonly last: (Pick<Sample, 'at' | 'took' | 'verdict' | 'reason'> & {readonly proxy: string | null}) | null;
	/** Of the newest good sample. */
	readonly latency: number | null;
};

/** Where a trigger's clock is at a time, by the reader's own clock. A reading; nothing that is found here fires anything. */
export type ClockReading = {
	/** Of the endpoint that decides: the `need`-th most advanced of those down. `elapsed`: ms since the trigger was armed or the outage began. */
	readonly deciding: {readonly endpoint: string; readonly elapsed: number; readonly threshold: number} | null;
	/** Per cent of the threshold that were warned of, while those outages run. */
	readonly warned: number;
	/** The first endpoint that is. */
	readonly flapping: {readonly endpoint: string; readonly outages: number; readonly percent: number} | null;
};

export type HealthObservation = {
	/** When it was looked at, ms on the cutover's clock. */
	readonly at: number;
	readonly endpoints: readonly EndpointObservation[];
	readonly triggers: Readonly<Record<string, ClockReading>>;
	/** What the journal is to hold of it. */
	readonly news: readonly Event[];
	/** Samples of each endpoint before T0. */
	readonly before: Readonly<Record<string, number>>;
	/** Against the samples before T0, by endpoint; absent where nobody asked. */
	readonly compared?: Readonly<Record<string, Comparison>>;
};

function endpointOf(fold: HealthFold, name: string, now: Moment): EndpointObservation {
	const {last, known, state, since, goodFrom, recent, version, versionAt, versionBefore} =
		fold.trails[name] ?? emptyHistory;
	const outage = fold.all.endpoints[name]?.outage ?? null;
	const tau = fold.all.monotonicTime === null ? now.at : tauAt(fold.all.monotonicTime, now);
	const isGood = known?.verdict === 'ok';
	return {
		name,
		state,
		since,
		known: known === null ? null : known.at + known.took,
		outage: outage && {
			since: outage.start.at,
			elapsed: Math.max(0, tau - outage.start.tau),
			unseen: outage.unseen,
			confirmed: outage.confirmed,
			fails: fold.all.endpoints[name]?.fails ?? 0,
		},
		goodFrom,
		goodTo: isGood ? known.at : null,
		last: last && {at: last.at, took: last.took, verdict: last.verdict, reason: last.reason, proxy: last.proxy ?? null},
		latency: recent.flatMap(({ms}) => (typeof ms === 'number' ? [ms] : [])).at(-1) ?? null,
		recent,
		version,
		versionAt,
		versionBefore,
	};
}

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

/** `before`: how many samples of each endpoint lie before T0. */
export function observationOf(
	fold: HealthFold,
	now: Moment,
	before: Readonly<Record<string, number>>,
): HealthObservation {
	return {
		at: now.at,
		endpoints: fold.plan.endpoints.map(({name}) => endpointOf(fold, name, now)),
		triggers: Object.fromEntries(
			fold.plan.triggers.map(({id, watch}) => [id, readClock(watch, fold.clocks[id] ?? unsampled(), now)]),
		),
		news: fold.news,
		before,
	};
}

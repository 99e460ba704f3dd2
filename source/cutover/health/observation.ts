/*
What the shell saw of the samples when it last looked: plain data, the same until a new sample comes, and enough to tell how
everything is a little later by the reader's own clock.
*/

import type {Event} from '../model/event.ts';
import type {Comparison} from './baseline/compare.ts';
import {type EndpointHistory, emptyHistory} from './endpoint-history.ts';
import type {HealthFold} from './fold.ts';
import {type ClockReading, readClock} from './outage/clock-reading.ts';
import {tauAt} from './outage/monotonic-time.ts';
import type {Moment, Sample} from './outage/sample.ts';
import {unsampled} from './outage/state.ts';

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

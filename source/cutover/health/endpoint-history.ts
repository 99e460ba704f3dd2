/*
What is kept of one endpoint beside its outages: its state and since when, how long it has been good without a break, its
newest answers, and which version answered before T0 and now. Of constant size, however long the cutover.
*/
import type {Sample} from './outage/sample.ts';
import {sightMs, type Watched} from './outage/watch.ts';

/** One answer, for the line of the newest ones: ms, or why there was none. */
export type SamplePoint = {readonly at: number; readonly ms: number | 'fail' | 'unknown'};

/** Times are ms since the epoch on the cutover's clock: when the probe started. */
export type EndpointHistory = {
	/** The newest sample, known or not. */
	readonly last: Sample | null;
	/** The newest known one. */
	readonly known: Sample | null;
	readonly state: 'up' | 'down' | null;
	readonly since: number | null;
	/** The first of the newest good samples in a row, without a fail or a hole between them. */
	readonly goodFrom: number | null;
	readonly recent: readonly SamplePoint[];
	readonly version: string | null;
	/** Of the newest sample that has one. */
	readonly versionAt: number | null;
	readonly versionBefore: string | null;
};

export const emptyHistory: EndpointHistory = {
	last: null,
	known: null,
	state: null,
	since: null,
	goodFrom: null,
	recent: [],
	version: null,
	versionAt: null,
	versionBefore: null,
};

const most = 32;

const dotOf = ({at, took, verdict}: Sample): SamplePoint => ({at, ms: verdict === 'ok' ? took : verdict});

const broken = (was: EndpointHistory, sample: Sample, watched: Watched): boolean =>
	was.known === null ||
	was.known.verdict !== 'ok' ||
	was.known.boot !== sample.boot ||
	sample.up - was.known.up > sightMs(watched);

/** Up and down as the outages say it: a restoration is dated at the first of its good samples. */
export type Turn = {readonly state: 'up' | 'down'; readonly at: number};

/** One sample further. `turn`: what it changed, null where it changed nothing; `t0`: ms, null before it was begun. */
export function goOn(
	was: EndpointHistory,
	sample: Sample,
	watched: Watched,
	turn: Turn | null,
	t0: number | null,
): EndpointHistory {
	const recent = [...was.recent, dotOf(sample)].slice(-most);
	if (sample.verdict === 'unknown') return {...was, last: sample, recent};
	const first = was.state === null ? ({state: sample.verdict === 'ok' ? 'up' : 'down', at: sample.at} as const) : null;
	const {state, at: since} = turn ?? first ?? {state: was.state, at: was.since};
	const version = sample.version ?? was.version;
	const good = broken(was, sample, watched) ? sample.at : was.goodFrom;
	return {
		last: sample,
		known: sample,
		state,
		since,
		goodFrom: sample.verdict === 'ok' ? good : null,
		recent,
		version,
		versionAt: sample.version === undefined ? was.versionAt : sample.at,
		versionBefore: t0 === null || sample.at < t0 ? version : was.versionBefore,
	};
}

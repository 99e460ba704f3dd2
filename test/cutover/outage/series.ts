/*
Samples for tests, from a short text: `f0+15x41 o600` is 41 fails from 0 s, 15 s apart, then one good sample at 600 s.
*/
import type {Fact} from '../../../source/cutover/health/outage/fact.ts';
import type {Sample, Verdict} from '../../../source/cutover/health/outage/sample.ts';
import type {Watch} from '../../../source/cutover/health/outage/watch.ts';

const verdicts: Readonly<Record<string, Verdict>> = {o: 'ok', f: 'fail', u: 'unknown'};

export type Series = Readonly<Record<string, string>>;

/** One sample; `at` in seconds, its boot clock and wall clock the same unless said otherwise. */
export function sample(endpoint: string, verdict: Verdict, at: number, more: Partial<Sample> = {}): Sample {
	const ms = Math.round(at * 1000);
	return {endpoint, at: ms, boot: 'one', up: ms, wall: ms, took: 20, verdict, reason: '', ...more};
}

function run(endpoint: string, text: string): readonly Sample[] {
	const [, letter = '', from = '', step = '0', times = '1'] =
		/^([ofu])(-?[\d.]+)(?:\+([\d.]+)x(\d+))?$/.exec(text) ?? [];
	const verdict = verdicts[letter];
	if (verdict === undefined) throw new Error(`No run of samples: ${text}`);
	return Array.from({length: Number(times)}, (_, index) =>
		sample(endpoint, verdict, Number(from) + index * Number(step)),
	);
}

/** All endpoints' samples in the order of time, at one time by name. */
export const samplesOf = (series: Series): readonly Sample[] =>
	Object.entries(series)
		.toSorted(([a], [b]) => (a < b ? -1 : 1))
		.flatMap(([endpoint, text]) => text.split(' ').flatMap(each => run(endpoint, each)))
		.toSorted((a, b) => a.at - b.at);

export type Case = {
	readonly name: string;
	/** Seconds. */
	readonly threshold: number;
	readonly every: number;
	readonly t0: number;
	readonly need: number;
	readonly restore: number;
	readonly confirm: number;
	readonly series: Series;
	readonly fires: number | null;
	readonly start?: number | null;
	readonly warns?: readonly number[];
	/** Thresholds of single endpoints. */
	readonly own?: Readonly<Record<string, number>>;
};

export const watchFor = ({threshold, every, need, restore, confirm, series, own = {}}: Case): Watch => ({
	endpoints: Object.keys(series).map(name => ({name, every: every * 1000, threshold: (own[name] ?? threshold) * 1000})),
	need,
	strict: true,
	restore,
	confirm,
	warn: [50, 80],
});

/** Times of the facts of one kind, in seconds. */
export const times = (facts: readonly Fact[], kind: Fact['kind']): readonly number[] =>
	facts.flatMap(fact => (fact.kind === kind ? [fact.at / 1000] : []));

/*
T+10: is the service slower, or failing more often, than before T0? Advice with its numbers beside the checklist; a person
decides. Samples follow each other and so are not independent: a rank test alone cries wolf one time in five, and so
nothing is called worse by p alone, only where it is also so many times as slow. Too few samples are inconclusive.
*/

import type {Sample} from '../outage/sample.ts';
import {type Count, fisher} from './fisher.ts';
import {rankTest} from './rank.ts';
import {addValue, emptySpread, median, quantile, ratioOf, type Spread} from './spread.ts';

export type Decision = 'worse' | 'watch' | 'inconclusive' | 'same';

/** Fewer on a side say nothing. */
const enough = 8;

export type LatencyAdvice = {
	readonly decision: Decision;
	/** Good samples before and after. */
	readonly n: readonly [number, number];
	/** ms, null without samples. */
	readonly medians: readonly [number | null, number | null];
	readonly p95s: readonly [number | null, number | null];
	/** Median after by median before; null without samples on a side. */
	readonly ratio: number | null;
	readonly p95Ratio: number | null;
	readonly u: number | null;
	readonly p: number | null;
};

export type ErrorAdvice = {
	readonly decision: Decision;
	readonly before: Count;
	readonly after: Count;
	readonly p: number | null;
};

export type Comparison = {
	/** The gravest of the two. */
	readonly decision: Decision;
	readonly latency: LatencyAdvice;
	readonly errors: ErrorAdvice;
};

function slower(p: number, ratio: number, p95Ratio: number): Decision {
	if (p < 0.01 && ratio >= 1.5) return 'worse';
	return (p < 0.01 && ratio >= 1.2) || p95Ratio >= 2 ? 'watch' : 'same';
}

/** ms of good samples before and after T0. */
export function compareLatency(before: Spread, after: Spread): LatencyAdvice {
	const n = [before.count, after.count] as const;
	if (before.count === 0 || after.count === 0) {
		const of = (spread: Spread, share: number) => (spread.count === 0 ? null : quantile(spread, share));
		return {
			decision: 'inconclusive',
			n,
			medians: [of(before, 0.5), of(after, 0.5)],
			p95s: [of(before, 0.95), of(after, 0.95)],
			ratio: null,
			p95Ratio: null,
			u: null,
			p: null,
		};
	}
	const medians = [median(before), median(after)] as const;
	const p95s = [quantile(before, 0.95), quantile(after, 0.95)] as const;
	const [ratio, p95Ratio] = [ratioOf(medians[1], medians[0]), ratioOf(p95s[1], p95s[0])];
	const {u, p} = rankTest(before, after);
	const decision = Math.min(...n) < enough ? 'inconclusive' : slower(p, ratio, p95Ratio);
	return {decision, n, medians, p95s, ratio, p95Ratio, u, p};
}

/** Known samples before and after T0, and how many of them failed. */
export function compareErrors(before: Count, after: Count): ErrorAdvice {
	if (before.of === 0 || after.of === 0) return {decision: 'inconclusive', before, after, p: null};
	const p = fisher(before, after);
	if (Math.min(before.of, after.of) < enough) return {decision: 'inconclusive', before, after, p};
	const worse = p < 0.01 && after.failed / after.of >= 0.05;
	return {decision: worse ? 'worse' : p < 0.05 ? 'watch' : 'same', before, after, p};
}

const gravest: readonly Decision[] = ['worse', 'watch', 'inconclusive', 'same'];

/** An endpoint's samples on one side of T0. */
export type Side = {
	/** ms of the good ones. */
	readonly good: Spread;
	/** All of them. */
	count: number;
	/** The known ones, and those of them that failed. */
	known: number;
	failed: number;
};

export const emptySide = (): Side => ({good: emptySpread(), count: 0, known: 0, failed: 0});

export function addTo(side: Side, {verdict, took}: Sample): void {
	side.count += 1;
	if (verdict !== 'unknown') side.known += 1;
	if (verdict === 'fail') side.failed += 1;
	// A line of the file that somebody cut may lack it.
	if (verdict === 'ok' && Number.isFinite(took)) addValue(side.good, took);
}

const countOf = ({failed, known}: Side): Count => ({failed, of: known});

/** One endpoint's samples against each other, from before T0 and since; unknown ones count in neither. */
export function compare(before: Side, after: Side): Comparison {
	const latency = compareLatency(before.good, after.good);
	const errors = compareErrors(countOf(before), countOf(after));
	const decisions = [latency.decision, errors.decision];
	return {decision: gravest.find(each => decisions.includes(each)) ?? 'inconclusive', latency, errors};
}

const tooFew = ([before, after]: readonly [number, number], what: string): string => {
	const side = before < enough ? 'before' : 'since';
	return `too few ${what} ${side} T0 to compare: ${before < enough ? before : after}, ${enough} needed`;
};

const shown = (ms: number | null): string => (ms === null ? 'none' : `${Math.round(ms)} ms`);

/** `1.8 times as long, median 140 ms, 78 ms before T0 (n 40, 337)`. */
export function latencyReason({decision, n, medians, ratio, p95Ratio}: LatencyAdvice): string {
	if (decision === 'inconclusive') return tooFew(n, 'good answers');
	const numbers = `median ${shown(medians[1])}, ${shown(medians[0])} before T0 (n ${n[1]}, ${n[0]})`;
	if (decision === 'same') return numbers;
	return (ratio ?? 0) >= 1.2
		? `${(ratio ?? 0).toFixed(1)} times as long, ${numbers}`
		: `the slowest 5 % take ${(p95Ratio ?? 0).toFixed(1)} times as long, ${numbers}`;
}

/** `74 % of probes failed since T0, 0 of 2 before`. */
export function errorReason({decision, before, after}: ErrorAdvice): string {
	if (after.failed === 0 && decision === 'inconclusive') return tooFew([before.of, after.of], 'probes');
	if (after.failed === 0) return `no probe failed since T0, ${before.failed} of ${before.of} before`;
	const share = Math.round((100 * after.failed) / after.of);
	return `${share} % of probes failed since T0, ${before.failed} of ${before.of} before`;
}

/** What an operator can use of a comparison, in one sentence: failures first, they are graver. */
export const comparisonReason = ({latency, errors}: Comparison): string =>
	errors.after.failed > 0 || errors.decision === 'inconclusive' ? errorReason(errors) : latencyReason(latency);

/*
Mann-Whitney: are the values after greater than those before? By ranks, so that a single slow answer does not decide.
*/
import {above} from './normal.ts';
import type {Spread} from './spread.ts';

export type RankTest = {
	/** U of the values after: pairs in which the one after is greater, ties half. */
	readonly u: number;
	/** One-sided, normal approximation with tie and continuity correction; 1 where all values are the same. */
	readonly p: number;
};

/** Sum of the ranks of `after` among all, and the tie term: sum of t^3 - t over groups of equal values. */
function ranked(before: Spread, after: Spread): {readonly sum: number; readonly ties: number} {
	let [sum, ties, passed, b, a] = [0, 0, 0, 0, 0];
	while (b < before.values.length || a < after.values.length) {
		const [ofBefore, ofAfter] = [
			before.values[b] ?? Number.POSITIVE_INFINITY,
			after.values[a] ?? Number.POSITIVE_INFINITY,
		];
		const fromBefore = ofBefore <= ofAfter ? (before.times[b++] ?? 0) : 0;
		const fromAfter = ofAfter <= ofBefore ? (after.times[a++] ?? 0) : 0;
		const equal = fromBefore + fromAfter;
		sum += fromAfter * (passed + (equal + 1) / 2);
		ties += equal ** 3 - equal;
		passed += equal;
	}
	return {sum, ties};
}

export function rankTest(before: Spread, after: Spread): RankTest {
	const [n, m] = [before.count, after.count];
	const {sum, ties} = ranked(before, after);
	const u = sum - (m * (m + 1)) / 2;
	const all = n + m;
	const variance = ((n * m) / 12) * (all + 1 - (all > 1 ? ties / (all * (all - 1)) : 0));
	if (!(variance > 0)) return {u, p: 1};
	return {u, p: Math.min(1, above((u - (n * m) / 2 - 0.5) / Math.sqrt(variance)))};
}

/*
Mann-Whitney: are the values after greater than those before? By ranks, so that a single slow answer does not decide.
*/
import {above} from './normal.ts';

export type RankTest = {
	/** U of the values after: pairs in which the one after is greater, ties half. */
	readonly u: number;
	/** One-sided, normal approximation with tie and continuity correction; 1 where all values are the same. */
	readonly p: number;
};

/** From here on, the end of the values that are equal to this one. */
function endOf(values: readonly number[], from: number, value: number): number {
	let to = from;
	while (values[to] === value) to += 1;
	return to;
}

/** Sum of the ranks of `after` among all, and the tie term: sum of t^3 - t over groups of equal values. */
function ranked(before: readonly number[], after: readonly number[]): {readonly sum: number; readonly ties: number} {
	let [sum, ties, b, a] = [0, 0, 0, 0];
	while (b < before.length || a < after.length) {
		const value = Math.min(before[b] ?? Number.POSITIVE_INFINITY, after[a] ?? Number.POSITIVE_INFINITY);
		const [nextB, nextA] = [endOf(before, b, value), endOf(after, a, value)];
		const equal = nextB - b + nextA - a;
		sum += (nextA - a) * (b + a + (equal + 1) / 2);
		ties += equal ** 3 - equal;
		[b, a] = [nextB, nextA];
	}
	return {sum, ties};
}

/** Both ascending. */
export function rankTest(before: readonly number[], after: readonly number[]): RankTest {
	const [n, m] = [before.length, after.length];
	const {sum, ties} = ranked(before, after);
	const u = sum - (m * (m + 1)) / 2;
	const all = n + m;
	const variance = ((n * m) / 12) * (all + 1 - (all > 1 ? ties / (all * (all - 1)) : 0));
	if (!(variance > 0)) return {u, p: 1};
	return {u, p: Math.min(1, above((u - (n * m) / 2 - 0.5) / Math.sqrt(variance)))};
}

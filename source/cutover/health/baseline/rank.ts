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

/** Sum of the ranks of `after` among all, and the tie term: sum of t^3 - t over groups of equal values. */
function ranked(before: readonly number[], after: readonly number[]): {readonly sum: number; readonly ties: number} {
	const all = [
		...before.map(value => ({value, isAfter: false})),
		...after.map(value => ({value, isAfter: true})),
	].toSorted((a, b) => a.value - b.value);
	let [sum, ties, from] = [0, 0, 0];
	while (from < all.length) {
		let to = from;
		let later = 0;
		for (; to < all.length && all[to]?.value === all[from]?.value; to += 1) if (all[to]?.isAfter) later += 1;
		const equal = to - from;
		sum += later * (from + (equal + 1) / 2);
		ties += equal ** 3 - equal;
		from = to;
	}
	return {sum, ties};
}

export function rankTest(before: readonly number[], after: readonly number[]): RankTest {
	const [n, m] = [before.length, after.length];
	const {sum, ties} = ranked(before, after);
	const u = sum - (m * (m + 1)) / 2;
	const all = n + m;
	const variance = ((n * m) / 12) * (all + 1 - (all > 1 ? ties / (all * (all - 1)) : 0));
	if (!(variance > 0)) return {u, p: 1};
	return {u, p: Math.min(1, above((u - (n * m) / 2 - 0.5) / Math.sqrt(variance)))};
}

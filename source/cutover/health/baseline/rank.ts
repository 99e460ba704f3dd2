/*
Mann-Whitney: are the values after greater than those before? By ranks, so that a single slow answer does not decide. The upper tail
of the normal distribution is had to full precision far out too: by a series where it converges fast, a continued fraction beyond.
*/
import type {Spread} from './spread.ts';

export type RankTest = {
	/** U of the values after: pairs in which the one after is greater, ties half. */
	readonly u: number;
	/** One-sided, normal approximation with tie and continuity correction; 1 where all values are the same. */
	readonly p: number;
};

/** erf(x) for |x| below 2, by its series with only positive terms. */
function erf(x: number): number {
	let term = x;
	let sum = x;
	for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n += 1) {
		term *= (2 * x * x) / (2 * n + 1);
		sum += term;
	}
	return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/** erfc(x) for x of at least 2, by its continued fraction from the inside out. */
function tail(x: number): number {
	let fraction = x;
	for (let n = 80; n >= 1; n -= 1) fraction = x + n / 2 / fraction;
	return Math.exp(-x * x) / Math.sqrt(Math.PI) / fraction;
}

/** 1 - erf(x). */
export function erfc(x: number): number {
	if (x < 0) return 2 - erfc(-x);
	return x < 2 ? 1 - erf(x) : tail(x);
}

/** How probable a value above z is. */
const above = (z: number): number => erfc(z / Math.SQRT2) / 2;

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

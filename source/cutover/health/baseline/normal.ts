/*
The upper tail of the normal distribution, to full precision far out in the tail too: a series where it converges fast,
a continued fraction beyond.
*/

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
export const above = (z: number): number => erfc(z / Math.SQRT2) / 2;

/*
Fisher's exact test: would so many of the failures fall after T0 by chance? Summed outwards from the most probable split,
by the ratio of neighbours, so that no factorial is ever needed.
*/

export type Count = {readonly failed: number; readonly of: number};

/** Probability of at least as many failures after, both margins given; one-sided. */
export function fisher(before: Count, after: Count): number {
	const all = before.of + after.of;
	const failures = before.failed + after.failed;
	const least = Math.max(0, failures - before.of);
	const most = Math.min(failures, after.of);
	const middle = Math.min(most, Math.max(least, Math.floor(((failures + 1) * (after.of + 1)) / (all + 2))));
	/** Weight of x + 1 failures after, where x weigh 1. */
	const up = (x: number): number => ((failures - x) * (after.of - x)) / ((x + 1) * (before.of - failures + x + 1));
	let [total, tail] = [0, 0];
	const add = (x: number, weight: number): void => {
		total += weight;
		if (x >= after.failed) tail += weight;
	};
	add(middle, 1);
	for (let [x, weight] = [middle, 1]; x < most && weight > 0; x += 1) {
		weight *= up(x);
		add(x + 1, weight);
	}
	for (let [x, weight] = [middle, 1]; x > least && weight > 0; x -= 1) {
		weight /= up(x - 1);
		add(x - 1, weight);
	}
	return Math.min(1, tail / total);
}

/* Where the middle and the slow end of some values lie. */

/** The value below which this share (0 to 1) of ascending values lies, between two by proportion; NaN of none. */
export function quantile(sorted: readonly number[], share: number): number {
	const at = share * (sorted.length - 1);
	const [low, high] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
	if (low === undefined || high === undefined) return Number.NaN;
	return low + (high - low) * (at - Math.floor(at));
}

export const median = (sorted: readonly number[]): number => quantile(sorted, 0.5);

/** How many times as great; 1 where both are zero. */
export const ratioOf = (after: number, before: number): number => (after === before ? 1 : after / before);

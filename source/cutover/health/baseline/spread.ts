/* Some values, ascending, and where their middle and their slow end lie. As many as come, of as many as differ. */

/** `times`: how often each of the values came; `count`: all of them. */
export type Spread = {readonly values: number[]; readonly times: number[]; count: number};

export const emptySpread = (): Spread => ({values: [], times: [], count: 0});

export function addValue(spread: Spread, value: number): void {
	const {values, times} = spread;
	let [from, to] = [0, values.length];
	while (from < to) {
		const middle = (from + to) >> 1;
		if ((values[middle] ?? 0) < value) from = middle + 1;
		else to = middle;
	}
	if (values[from] === value) times[from] = (times[from] ?? 0) + 1;
	else {
		values.splice(from, 0, value);
		times.splice(from, 0, 1);
	}
	spread.count += 1;
}

/** The value at this place among all, from 0. */
function valueAt({values, times}: Spread, place: number): number {
	let [at, passed] = [0, times[0] ?? 0];
	while (passed <= place && at < values.length) passed += times[++at] ?? 0;
	return values[at] ?? Number.NaN;
}

/** The value below which this share (0 to 1) of them lies, between two by proportion; NaN of none. */
export function quantile(spread: Spread, share: number): number {
	const at = share * (spread.count - 1);
	const [low, high] = [valueAt(spread, Math.floor(at)), valueAt(spread, Math.ceil(at))];
	return low + (high - low) * (at - Math.floor(at));
}

export const median = (spread: Spread): number => quantile(spread, 0.5);

/** How many times as great; 1 where both are zero. */
export const ratioOf = (after: number, before: number): number => (after === before ? 1 : after / before);

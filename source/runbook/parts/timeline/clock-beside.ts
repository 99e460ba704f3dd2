/*
Times of day that are beside offsets: they must agree.
*/
import {plain} from '../../markdown/inline.ts';
import type {Cell} from '../../markdown/table.ts';
import type {Reading} from '../../reading.ts';
import {clockAt, clockOfSettings, clockText, day, half} from './clock.ts';

/** An offset with the time of day that is beside it. */
type Pair = {readonly id: string; readonly offsetSeconds: number; readonly clock: number; readonly at: Cell};

/** Clocks change by an hour now and then, which stages half a day away may show. */
const agree = (a: number, b: number, apart: number): boolean => {
	const off = (((a - b) % day) + day) % day;
	return off === 0 || (Math.abs(apart) >= half && (off === 3600 || off === day - 3600));
};

/** Complains of times of day that disagree with the offsets beside them. */
export function checkClocks(pairs: readonly Pair[], {complain, t0}: Reading): void {
	const zero = pairs.find(({offsetSeconds}) => offsetSeconds === 0);
	const first = zero ?? pairs[0];
	if (!first) return;
	const base = first.clock - first.offsetSeconds;
	const set = clockOfSettings(t0);
	if (set !== null && zero && zero.clock !== set)
		complain('timeline-t0', zero.at, {written: clockText(zero.clock), set: clockText(set)});
	for (const {id, offsetSeconds, clock, at} of pairs)
		if (!agree(clock, base + offsetSeconds, offsetSeconds))
			complain('timeline-clock', at, {
				id,
				written: clockText(clock),
				zero: clockText(base),
				wanted: clockText(base + offsetSeconds),
			});
}

const inside = /(?:^|[\s(/|@,[])(\d{1,2}[:.h][0-5]\d(?::[0-5]\d)?\s?(?:am|pm|uhr)?)(?=$|[\s)/|,\]])/i;

/** The time of day beside an offset in its own cell; null where there is none. */
export const clockBeside = (cell: string): number | null => {
	const found = inside.exec(plain(cell).replace(/T ?[+-] ?\d{1,3}:\d\d/i, ' '))?.[1];
	return found === undefined ? null : (clockAt(found)?.seconds ?? null);
};

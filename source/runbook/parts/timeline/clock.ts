/*
Times of day in the place of offsets: `21:00`, `9:30 pm`, `2031-03-08 21:00`, `D-1 21:00`. They count from the one row that is marked T0,
or from the row at the time that the setting t0 gives.
*/

import {parseInstant} from '../../../text/time.ts';
import type {Document} from '../../document.ts';
import {plain} from '../../markdown/inline.ts';
import {words} from '../../words/words.ts';
import {type Offsets, offsetAt, offsetOfSeconds} from './offset.ts';

/**
The day that is before a time of day, or in a column or row of its own: `2031-03-08`, `Sat`, `8 March`, `08.03.`, `D-1`, `Day 2`.
`days`: counted from any day, of a date from 1970; `weekday`: 0 is Monday. `rest`: what is behind it.
*/
export type Day = {readonly days: number | null; readonly weekday: number | null; readonly rest: string};

const choices = (list: readonly string[]): string => list.toSorted((a, b) => b.length - a.length).join('|');
const end = String.raw`(?![a-z\d]|[.:]\d)`;
const year = String.raw`(?:,? (?<y>\d{4})(?!\d))?`;
const month = `(?<name>${choices(words.months)})`;
const nth = String.raw`(?<d>\d{1,2})(?:st|nd|rd|th)?`;

const dates: readonly RegExp[] = [
	/^(?<y>\d{4})-(?<m>\d\d)-(?<d>\d\d)(?:T(?=\d)|(?!\d))/i,
	// "08.03" alone is a time of day.
	/^(?<d>\d{1,2})\.(?<m>\d{1,2})\.(?<y>\d{4})?(?!\d)/,
	/^(?<d>\d{1,2})\.(?<m>\d{1,2})(?=,? (?:at |um )?\d{1,2}[:.h]\d\d)/i,
	/^(?:(?<y>\d{4})年)?(?<m>\d{1,2})月(?<d>\d{1,2})[日号]/,
	new RegExp(`^${nth}\\.? ${month}\\.?${year}${end}`, 'i'),
	new RegExp(`^${month}\\.? ${nth}${year}${end}`, 'i'),
];
const weekday = new RegExp(`^(${choices(words.weekdays)})(?:\\.(?!\\d)|${end})`, 'i');
const counted =
	/^(?:[dj] ?(?<sign>[+-]) ?(?<far>\d{1,3})|jour j|(?:day|tag|jour) ?(?<side>[+-]?) ?(?<many>\d{1,3})|[tdj][ -]?(?:0|day)|[dj](?=$|[ ,]+\d{1,2}[:.h]\d))(?![\d:.])/i;

/** Days from 1970, without a year those of one that has no 29 February; null where there is no such day. */
function daysOf({y = '2031', m = '', name, d = ''}: Readonly<Record<string, string | undefined>>): number | null {
	const month = name === undefined ? m : String((words.months.indexOf(name.toLowerCase()) % 12) + 1);
	const midnight = parseInstant(`${y}-${month.padStart(2, '0')}-${d.padStart(2, '0')}T00:00:00Z`);
	return midnight === null ? null : midnight / 86_400_000;
}

const made = (text: string, all: string, days: number | null, of: number | null = null): Day => ({
	days,
	weekday: of,
	rest: text.slice(all.length).replace(/^[ ,:]+/, ''),
});

function dateAt(text: string): Day | null {
	for (const way of dates) {
		const found = way.exec(text);
		const days = found && daysOf(found.groups ?? {});
		if (found && days !== null) return made(text, found[0], days);
	}
	return null;
}

/** The day that a text begins with; of `Sat 8 March` it is the date. */
export function dayAt(text: string): Day | null {
	const [named, name = ''] = weekday.exec(text) ?? [];
	if (named !== undefined) {
		const day = made(text, named, null, words.weekdays.indexOf(name.toLowerCase()) % 7);
		return dateAt(day.rest) ?? day;
	}
	const date = dateAt(text);
	if (date) return date;
	const found = counted.exec(text);
	if (!found) return null;
	const {sign, far, side, many = 0} = found.groups ?? {};
	return made(text, found[0], Number(far ?? many) * ((sign ?? side) === '-' ? -1 : 1));
}

export const day = 86_400;
export const half = day / 2;

/** `days`: of a date or of `D-1`, counted from any day; null where the text gives none. `later`: of `23:00 (+1)` and `23:00 next day`. */
export type Clock = {
	readonly seconds: number;
	readonly days: number | null;
	readonly weekday: number | null;
	readonly later: number;
	readonly rest: string;
};

const zone = `(?: (?:${choices(words.zones)})(?![a-z]))?`;
const written = new RegExp(
	String.raw`^(?:at |ca\.? |about |um |~)?(\d{1,2})[:.h]([0-5]\d)(?::([0-5]\d))?(?!\d|[.:]\d)(?:\s?(am|pm|uhr)(?![a-z]))?${zone}`,
	'i',
);
const wholeHour = new RegExp(String.raw`^(?:at |ca\.? |about |~)?(\d{1,2})()()\s?(am|pm)(?![a-z])${zone}`, 'i');
const laterDay =
	/^\s*(?:\(\+ ?(\d)\s?(?:d|days?)?\)|\+(\d)\s?(?:d|days?)(?![a-z])|\(?(?:the )?(?:next|following) day\)?)/i;

/** The end of a span, and what leads to a day. */
const untilDay = /^\s*(?:(?:-|to|until|bis)\s*\d{1,2}[:.h][0-5]\d(?::[0-5]\d)?)?[\s,(]*(?:on |am )?/i;

/** `20:00 Fri`, `20:00, 7 March`, `02:00 - 08:00 MON`: the day behind a time of day. */
function dayBehind(after: string): Day | null {
	const text = after.slice(untilDay.exec(after)?.[0].length ?? 0);
	const day = /^(?:[dtj](?![a-z])|day)/i.test(text) ? null : dayAt(text);
	return day && {...day, rest: day.rest.replace(/^\)\s*/, '')};
}

/** The time of day that a text begins with, and its day. */
export function clockAt(text: string): Clock | null {
	const line = plain(text)
		.normalize('NFKC')
		.replace(/[\u2010-\u2015\u2212]/g, '-')
		.replace(/^[\s~≈(]+/, '');
	const date = dayAt(line);
	const said = date ? date.rest : line;
	const found = written.exec(said) ?? wholeHour.exec(said);
	if (!found) return null;
	const [all, hours = '0', minutes = '0', seconds = '0', half = ''] = found;
	const isAfternoon = /pm/i.test(half);
	const hour = half === '' || /uhr/i.test(half) ? Number(hours) : (Number(hours) % 12) + (isAfternoon ? 12 : 0);
	if (hour > 24) return null;
	const after = said.slice(all.length);
	const [next, one, other = '1'] = laterDay.exec(after) ?? [];
	const behind = date || next !== undefined ? null : dayBehind(after);
	const day = date ?? behind;
	return {
		seconds: hour * 3600 + Number(minutes) * 60 + Number(seconds),
		days: day?.days ?? null,
		weekday: day?.weekday ?? null,
		later: next === undefined ? 0 : Number(one ?? other),
		rest: behind?.rest ?? after.slice(next?.length ?? 0),
	};
}

/** The end of a span, behind the time that it begins at: `– 22:10`. */
export function spanEnd(rest: string): Clock | null {
	const [lead] = /^\s*(?:[-\u2013\u2014\u2192]|to|until|bis)\s*(?=\d{1,2}(?:[:.h][0-5]\d| ?[ap]m))/i.exec(rest) ?? [];
	return lead === undefined ? null : clockAt(rest.slice(lead.length));
}

const lastTime =
	/^(.*\S)(?:\s(?:at|by|um|à|às|alle) |\s?[([（]|\s[–—-] )(\d{1,2}[:.h][0-5]\d(?: ?[ap]m| ?uhr)?|t ?(?:[-+\u2010-\u2015\u2212] ?\d[^()[\]（）\s]{0,12}(?: [a-z]{1,8})?|0))[)\]）]?\.?$/i;

/** `Switch DNS (T+5)`, `Switch DNS at 22:15` with its time in front; null where a text begins with one, or ends with none. */
export function timeFirst(text: string): string | null {
	const [, said, time] = lastTime.exec(text) ?? [];
	return said === undefined || offsetAt(text) || clockAt(text) ? null : `${time}: ${said}`;
}

const zero = String.raw`T(?:[-=+± ]?0|-zero)(?![\w.]|:\d|[+-]\d|-[a-z])`;
/** `22:00 (T0)`, `T0: load the fares`, and not "Tell all that T0 is near" */
const zeroMark = new RegExp(
	String.raw`(?:^|[^\w\s+-]\s*|\d\s*(?:[ap]m|uhr|h|[a-z]{3,4})?\s+)${zero}(?=\s*(?:$|[^\w\s]))|\d\s*(?:[ap]m|uhr|h)?[^\w]{1,4}${zero}`,
	'i',
);

/** A row with its time as it is written, and all that it says. */
export type Timed = {readonly time: string; readonly whole: string};

export const marksZero = (text: string): boolean => zeroMark.test(plain(text));

/** A text as a row: its time is what it begins with, and the mark behind that. */
export function timedText(text: string): Timed {
	const rest = clockAt(text)?.rest.length ?? text.length;
	return {time: text.slice(0, Math.max(16, text.length - rest + 11)), whole: text};
}

/** Times of day of rows, null where a row has none. `zero`: the row that is known to be T0; `begins`: rows with which a part begins. */
export type Clocks = {
	readonly at: readonly (Clock | null)[];
	readonly zero: number | null;
	readonly begins?: ReadonlySet<number>;
};

/**
Seconds of each row from the first day's midnight: a time that is half a day earlier than the one before, or `back` seconds, is the next
day's, and so is any earlier one where a part begins. A weekday is the next such day, `(+1)` counts from the last day that was named,
else from the first.
*/
export function placed(
	clocks: readonly (Omit<Clock, 'rest'> | null)[],
	back = half,
	begins: ReadonlySet<number> = new Set(),
): readonly (number | null)[] {
	let days = 0;
	let named = 0;
	let last: number | null = null;
	return clocks.map((clock, index) => {
		if (!clock) return null;
		if (clock.days !== null) days = named = clock.days;
		else if (clock.weekday !== null) days = named = days + ((clock.weekday + 11 - (days % 7)) % 7);
		else if (clock.later > 0) days = named + clock.later;
		else if (last !== null && last - clock.seconds >= (begins.has(index) ? 1 : back)) days += 1;
		last = clock.seconds;
		return days * day + clock.seconds;
	});
}

/** The row at T0: the only one that is marked in its time, else the only one marked at all, else the one at the time that the settings give. */
function zeroRow(rows: readonly Timed[], clocks: readonly (Clock | null)[], t0: string | null): number | null {
	for (const said of [({time}: Timed) => time, ({whole}: Timed) => whole]) {
		const marked = rows.flatMap((row, index) => (clocks[index] && marksZero(said(row)) ? [index] : []));
		if (marked.length === 1) return marked[0] ?? null;
		if (marked.length > 1) return null;
	}
	const set = clockOfSettings(t0);
	const index = clocks.findIndex(clock => clock !== null && clock.seconds === set);
	return set === null || index === -1 ? null : index;
}

export const clockOfSettings = (t0: string | null): number | null => {
	const found = /T(\d\d):(\d\d):(\d\d)/.exec(t0 ?? '');
	return found ? Number(found[1]) * 3600 + Number(found[2]) * 60 + Number(found[3]) : null;
};

/** Times of day of the rows, where most have one, and more than an offset: of "18:00", "22:00 (T0)" and "23:00" one has both. */
export function clocksOf(rows: readonly Timed[], offsets: Offsets, t0: string | null): Clocks | null {
	if (!offsets.includes(null)) return null;
	const at = rows.map(({time}) => clockAt(time));
	const hits = at.filter(clock => clock !== null).length;
	const isMore = hits > offsets.filter(offset => offset !== null).length;
	return isMore && hits * 2 >= rows.length ? {at, zero: zeroRow(rows, at, t0)} : null;
}

/** The rows as offsets; null where one has no time of day, and all of them where no row is known to be T0. */
export function offsetsBy({at, zero, begins}: Clocks): Offsets {
	const places = placed(at, half, begins);
	const from = zero === null ? null : (places[zero] ?? null);
	return places.map(place => (place === null || from === null ? null : offsetOfSeconds(place - from)));
}

/** Rows that are in several parts, each under the day of its heading: from the T0 of one of them they all count. */
export function together(parts: readonly {readonly clocks: Clocks; readonly heading: string}[]): Clocks {
	const at = parts.flatMap(({clocks, heading}) => {
		const day = dayAt(heading);
		const first = clocks.at.findIndex(clock => clock !== null);
		return clocks.at.map((clock, index) =>
			clock && day && index === first && clock.days === null && clock.weekday === null && clock.later === 0
				? {...clock, days: day.days, weekday: day.weekday}
				: clock,
		);
	});
	const from = (part: number): number => parts.slice(0, part).reduce((count, {clocks}) => count + clocks.at.length, 0);
	const of = parts.findIndex(({clocks}) => clocks.zero !== null);
	const zero = parts[of]?.clocks.zero ?? null;
	return {at, zero: zero === null ? null : from(of) + zero, begins: new Set(parts.keys().map(from))};
}

/** `22:00` */
export const clockText = (seconds: number): string => {
	const within = ((seconds % day) + day) % day;
	return `${String(Math.floor(within / 3600)).padStart(2, '0')}:${String(Math.floor(within / 60) % 60).padStart(2, '0')}`;
};

const saidZero = /(?:^|[([（])[\s*_]*T[-+]?0[\s*_]*(?:[=:：]|is(?: at)?(?= ))[\s*_]*([^()[\]（）]{4,60})/i;

/** `T0 = 22:00`, above the times of day that count from it: as the setting t0 says it; null where several times are said. */
export function zeroSaid({sections}: Document): string | null {
	const texts = sections.flatMap(({heading, topics, blocks}) => [
		heading,
		...blocks.flatMap(block => {
			if (block.kind === 'paragraph') return block.lines;
			return block.kind === 'list' && !topics.has('timeline') ? block.items.map(({text}) => text) : [];
		}),
	]);
	const found = new Set(texts.flatMap(text => clockAt(saidZero.exec(plain(text))?.[1] ?? '')?.seconds ?? []));
	const [only, ...others] = found;
	return only === undefined || others.length > 0 ? null : `T${clockText(only)}:00`;
}

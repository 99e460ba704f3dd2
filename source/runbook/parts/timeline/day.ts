/*
The day that stands before a time of day, or in a column or row of its own: `2031-03-08`, `Sat`, `8 March`, `08.03.`, `D-1`, `Day 2`.
*/
import {parseInstant} from '../../../text/time.ts';
import {words} from '../../words/synonyms.ts';

/** `days`: counted from any day, of a date from 1970; `weekday`: 0 is Monday. `rest`: what stands behind it. */
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
	/^(?:[dj] ?(?<sign>[+-]) ?(?<far>\d{1,3})|day ?(?<side>[+-]?) ?(?<many>\d{1,3})|[tdj][ -]?(?:0|day)|[dj](?=$|[ ,]+\d{1,2}[:.h]\d))(?![\d:.])/i;

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

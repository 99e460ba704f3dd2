/** When a place says that it begins: before or after T0, or at a time of day. */

import {withoutPictures} from '../../text/letters.ts';
import {type Clock, clockAt, dayAt, placed, spanEnd, timeFirst} from '../parts/timeline/clock.ts';
import {limitsIn} from '../parts/timeline/duration.ts';
import {offsetAt, offsetOf, signedDay} from '../parts/timeline/offset.ts';
import {choicesOf, isOnly, rankAtStart, saysOf} from './topics.ts';

/** Seconds from T0, or a time of day. */
export type Mark =
	| {readonly kind: 'offset'; readonly seconds: number; readonly beside?: Clock | null}
	| ({readonly kind: 'clock'} & Omit<Clock, 'rest'>);

/** `22:10 – Take gateway A` without its time, which changes when T0 moves; a text that is nothing else stays. */
export function withoutMark(text: string): string {
	const begun = offsetAt(signedDay(text)) ?? clockAt(text);
	if (!begun) return text;
	const rest = spanEnd(begun.rest)?.rest ?? begun.rest;
	const bare = rest.replace(/^[\s+\-\u2013\u2014:：|.,)\]*_]+/u, '');
	if (!/^[^\p{L}\p{N}(]*[\p{L}\p{N}]/u.test(bare)) return text;
	// The rest was read with one space for several, and "..." for "…": only a text of that length ends with it.
	const kept = text.replace(/\s+/g, ' ').trim();
	const shown = kept.normalize('NFKC');
	return (shown.length === kept.length ? kept : shown).slice(-bare.length);
}

const offset = (seconds: number): Mark => ({kind: 'offset', seconds});

/** "Day 1"; "D1" may be the name of anything. */
const ofDay = new RegExp(`^(?!d\\W*\\d)(?:${choicesOf('days')}) ?([-+\\u2212\\u2013]?) ?(\\d{1,3})(?![\\d:.])`, 'iu');
const ofWeek = new RegExp(`^(?:${choicesOf('weeks')}) ?([-+\\u2212\\u2013]) ?(\\d{1,2})(?![\\d:.])`, 'iu');
const behind = /[([]\s*(T ?[-+=±\u2212\u2013]? ?\d[^()[\]]{0,24}|T)\s*[)\]]\s*(?:$|[·|]\s)/i;
const leading = new RegExp(
	`^(?:(?:${choicesOf('step')}|block|item)(?: \\d{1,2})?|[a-z]\\d{1,2}[.)])\\s*[:.–-]?\\s+(?=T ?[-+±\\u2212\\u2013=]? ?\\d|\\d{1,2}[:.h]\\d\\d)`,
	'iu',
);

/** `-60 min`, `+2 h`, and `0 min`, which is T0 */
const signedLength = new RegExp(
	`^(?:[-+\\u2212\\u2013] ?\\d{1,3}|0) ?(?:${choicesOf('minutes')}|${choicesOf('hours')})(?![\\p{L}\\p{N}])`,
	'iu',
);

/** `Launch -1 week`, `Go-live + 2 h`; "Deploy - 5 min" is how long it takes. */
const fromZero = new RegExp(`^(?:${choicesOf('zero')}) ?(?=[-\\u2212]\\d|\\+ ?\\d)`, 'iu');

const lengths = [
	['days', 86_400],
	['weeks', 7 * 86_400],
	['hours', 3600],
] as const;

/** `T-7 ngày`: the unit behind a number that the strict reader takes for minutes. */
function inUnit(minutes: number, rest: string): number {
	const word = /^ ?(\p{L}+)/u.exec(rest)?.[1] ?? '';
	const found = word === '' ? undefined : lengths.find(([subject]) => isOnly(word, subject));
	return found ? (minutes / 60) * found[1] : minutes;
}

/** `10h`, which is a length but where a time of day is meant. */
export const wholeHour = (text: string): string => text.replace(/^(\D*\d{1,2}) ?h(?![\p{L}\p{N}])/u, '$1h00');

const timeOfDay = ({rest: _, ...clock}: Clock) => ({kind: 'clock' as const, ...clock});

/** Beside times of day `22:00 (T0)` is one as well. */
export const asClock = (mark: Mark): Mark => (mark.kind === 'offset' && mark.beside ? timeOfDay(mark.beside) : mark);

/** The mark that a text begins with, or that is in brackets at its end. */
export function markOf(text: string, unit = ''): Mark | null {
	const line = withoutPictures(text)
		.replace(/^[\s*_`[(]+/, '')
		.replace(leading, '')
		.replace(fromZero, 'T')
		.replace(/^([dj])\s+(?=\d{1,2}[:.h]\d\d)/i, (_, letter: string) => `${letter}0 `);
	if (/^[hj]\s*$/i.test(line)) return offset(0);
	const found = offsetAt(line, unit);
	if (found) {
		const isBare = /\d\s*$/.test(line.slice(0, line.length - found.rest.length));
		const {seconds} = found.offset;
		const own = isBare && unit === '' ? inUnit(seconds, found.rest) : seconds;
		return {kind: 'offset', seconds: own, beside: clockAt(line)};
	}
	const [counted] = signedLength.exec(line) ?? [];
	if (counted !== undefined) return offset((lengthIn(counted) ?? 0) * (/^[-\u2212\u2013]/.test(counted) ? -1 : 1) + 0);
	const signed = (sign = ''): number => (/[-\u2212\u2013]/.test(sign) ? -1 : 1);
	const [, sign, days] = ofDay.exec(line) ?? [];
	if (days !== undefined) return offset(signed(sign) * Number(days) * 86_400);
	const [, side, weeks] = ofWeek.exec(line) ?? [];
	if (weeks !== undefined) return offset(signed(side) * Number(weeks) * 7 * 86_400);
	const [, weekday = '', time = ''] =
		/^(\p{L}{2,10})[.,]? +(\d{1,2}(?:[:.h]\d\d.*| ?h(?![\p{L}\p{N}])))/u.exec(line) ?? [];
	const day = weekday === '' ? -1 : weekdayOf(weekday);
	const then = day === -1 ? null : clockAt(wholeHour(time));
	if (then) return {...timeOfDay(then), weekday: day};
	const clock = clockAt(line);
	if (clock) return timeOfDay(clock);
	const [, inside] = behind.exec(line) ?? [];
	const last = inside === undefined ? null : offsetAt(inside);
	return last && offset(last.offset.seconds);
}

/** "Preparation (1 week before)", "Freeze [ops, 1 h before]": seconds from T0; null where brackets at the end say no such time. */
export const asideIn = (text: string): number | null =>
	(/[([]([^()[\]]{2,60})[)\]]\s*$/.exec(text)?.[1] ?? '')
		.split(/[,;·]\s+/)
		.map(piece => offsetOf(piece)?.seconds)
		.find(seconds => seconds !== undefined) ?? null;

/** The day of the week that a cell names; -1 where it names none. */
export const weekdayOf = (text: string): number => rankAtStart(text, 'weekdays') % 7;

/** The day that a heading names, wherever it does: "Cutover, Saturday", "Day before (19 Nov)"; null where it names none. */
export function dayIn(text: string): Pick<Clock, 'days' | 'weekday'> | null {
	if (/^[DJT] ?(?:[:：\u2013\u2014]|$)/.test(text)) return {days: 0, weekday: null};
	const starts = [...text.matchAll(/(?<![\p{L}\p{N}.-])[\p{L}\p{N}]/gu)].map(({index}) => text.slice(index));
	const said = starts.map(dayAt).find(day => day !== null);
	if (said) return said;
	const named = starts
		.map(start => (/^[\p{L}-]{5,}(?=\s*(?:$|[\d,.:()\u2013\u2014-]))/u.test(start) ? weekdayOf(start) : -1))
		.find(day => day !== -1);
	return named === undefined ? null : {days: null, weekday: named};
}

/** `Switch (Fri 7 March, 18:00)`, `Freeze – Friday 21:00`, `Stop at 20:45`: when what a heading or an item names begins. */
export function timeIn(text: string): Mark | null {
	const inside = [...text.matchAll(/[([（]([^()[\]（）]{2,60})[)\]）]/g)].map(([, one = '']) => one);
	const behindDash = text.split(/\s[–—-]\s|:\s/).slice(1);
	return (
		[text, ...inside, ...behindDash, timeFirst(text) ?? ''].map(one => markOf(one)).find(mark => mark !== null) ?? null
	);
}

const midnight = (day: Pick<Clock, 'days' | 'weekday'>): Mark => ({kind: 'clock', seconds: 0, later: 0, ...day});

/** `Mon: cut the branch`, `8 March – load`: a day alone, as its midnight. */
export function dayMarkOf(text: string): Mark | null {
	const [said = ''] = /^[^:–—-]{2,20}(?=\s?[:–—-]\s)/.exec(text) ?? [];
	const day = said === '' ? null : dayAt(said);
	return day?.rest === '' ? midnight(day) : null;
}

/** As `timeIn`; of a day alone its midnight. */
export function instantIn(heading: string): Mark | null {
	const day = dayIn(heading);
	return timeIn(heading) ?? (day && midnight(day));
}

/** A time that is so much earlier than the one before it is of the next day; what goes back by less runs beside it. */
const back = 2 * 3600;

/** Seconds of marks, in their order: of times of day from the midnight of the first. */
export function laidOut(marks: readonly Mark[]): readonly number[] {
	const clocks = placed(
		marks.map(mark => (mark.kind === 'clock' ? mark : null)),
		back,
	);
	return marks.map((mark, index) => (mark.kind === 'clock' ? (clocks[index] ?? 0) : mark.seconds));
}

/** `5:30 AM - 5:45 AM`: how long it is, in seconds. */
export function spanIn(text: string): number | null {
	const begin = clockAt(text);
	const end = begin && spanEnd(begin.rest);
	return begin && end ? (end.seconds - begin.seconds + 86_400) % 86_400 || null : null;
}

const units = new RegExp(
	`(\\d{1,3})(?:\\s*(?:-|\\u2013|to|bis|до)\\s*(\\d{1,3}))?[\\s-]*(${choicesOf('minutes')}|${choicesOf('hours')})(?![\\p{L}\\p{N}])`,
	'iu',
);
const hours = new RegExp(`^(?:${choicesOf('hours')})$`, 'iu');

/** The length that a text says, in seconds: of a range the longer one. */
export function lengthIn(text: string): number | null {
	const [, from, to, unit = ''] = units.exec(text.normalize('NFKC')) ?? [];
	if (from !== undefined) return Number(to ?? from) * (hours.test(unit) ? 3600 : 60);
	return limitsIn(text)[0]?.seconds ?? null;
}

/** `Hour 2-6`, `Minute 40`, at the begin or in brackets at the end. */
const counted = new RegExp(
	`(?:^|[([（])(${choicesOf('minutes')}|${choicesOf('hours')}) (\\d{1,3})(?: ?(?:-|\u2013|to) ?(\\d{1,3}))?(?=[:.)\\]）]| ?$| [-\u2013\u2014])`,
	'iu',
);

/** `Phase 2: Name service (5-10 minutes)`: from when until when, in seconds from the begin of the first; null where it has no end. */
export function stretchIn(given: string): {readonly from: number; readonly to: number | null} | null {
	const text = given.normalize('NFKC');
	const [, from, to, unit = ''] = units.exec(/[([（]([^()[\]（）]{3,40})[)\]）]\s*$/.exec(text)?.[1] ?? '') ?? [];
	const [, word = unit, begin = from, end = to] = counted.exec(text) ?? [];
	const seconds = hours.test(word) ? 3600 : 60;
	if (begin === undefined || (end === undefined && word === unit)) return null;
	return {from: Number(begin) * seconds, to: end === undefined ? null : Number(end) * seconds};
}

const whole = new RegExp(
	`^(?:[\\p{L} ]{2,20}[-–:,] ?)?(?:~|≈|<|≤|ca\\.? |about |approx\\.? |est\\.? |max\\.? |up to )?\\s*(?:${units.source}|\\d{1,3} ?(?:s|secs?|seconds))\\.?$`,
	'iu',
);

export const isLength = (text: string): boolean => whole.test(text);

/** `(5 min)`, or `– 10 min` at its end: a length and nothing else. */
export function lengthBehind(text: string): number | null {
	const said = [...text.matchAll(/[([（]([^()[\]（）]{1,60})[)\]）]/g)].flatMap(([, inside = '']) =>
		inside.trim().split(/[,;·] +/),
	);
	const [, before = '', last = ''] = /^(.*\S)(?:\s[–—-]|[,;|])\s+([^,;|–—]{2,24})$/u.exec(text) ?? [];
	const found = [...said, ...(/\p{L}{2}/u.test(withoutMark(before)) ? [last] : [])].find(isLength);
	return found === undefined ? null : lengthIn(found);
}

const lasting = new RegExp(`(?<!\\p{L})(?:${choicesOf('lasts')})\\s*(?=\\d)(.{1,24})`, 'iu');

/** `(5 min)`, `Estimated time: 20 minutes`, `*Estimated time (mins)* - 15`, `Watch errors for 30 minutes` */
export function lengthSaid(text: string): number | null {
	const last = lengthBehind(text);
	if (last !== null) return last;
	const [, long] = lasting.exec(text) ?? [];
	if (long !== undefined) return lengthIn(long);
	if (!saysOf(text, 'takes')) return null;
	const [, bare] = /\(\s*min(?:ute)?s?\s*\)\W*(\d{1,3})\s*$/i.exec(text) ?? [];
	return bare === undefined ? lengthIn(text) : Number(bare) * 60;
}

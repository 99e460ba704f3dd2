/*
Times of a timeline: `T-60`, `T-2h`, `T+0:15`, `T0`, as people write them.
*/
import {latin, letter, withoutPictures} from '../../words/letters.ts';

/** `id`: as it is written everywhere from here on, such as `T-60`, `T-2h`, `T0`. */
export type Offset = {readonly id: string; readonly seconds: number};

export const farthestSeconds = 30 * 86_400;

const units: ReadonlyArray<{readonly names: RegExp; readonly short: string; readonly seconds: number}> = [
	{names: /^(?:m|min.*|分钟?)?$/i, short: '', seconds: 60},
	{names: /^(?:h|hr.*|hour.*|st.*|小时|时)$/i, short: 'h', seconds: 3600},
	{names: /^(?:s|sec.*|sek.*|秒钟?)$/i, short: 's', seconds: 1},
	{names: /^(?:d|day.*|tag.*|天|日)$/i, short: 'd', seconds: 86_400},
];

/** English, German, Chinese; what goes on as a word is none. */
const unit =
	'(?:m|min(?:s|utes?|uten)?|h|hrs?|hours?|std|stunden?|s|secs?|seconds?|sek|sekunden?|d|days?|tage?)(?![a-z])|分钟?|小时|时|秒钟?|天|日';
const zero = new RegExp(
	String.raw`^t ?(?:[=+-]|\+/-|±)? ?0+(?:[ .:]?0+)?(?: ?(?:${unit})\.?)?(?![a-z\d]|[.:,]\d)`,
	'i',
);
const zeroWord = new RegExp(`^t[ -]zero(?![${letter}])`, 'i');
const clock = /^t ?([+-]) ?(\d{1,3}):([0-5]\d)(?::([0-5]\d))?(?![\d:])/i;
const compound = /^t ?([+-]) ?(\d{1,3}) ?h(?:ours?|rs?)? ?(\d{1,2}) ?m(?:in(?:ute)?s?)?(?![a-z])/i;
const amount = new RegExp(
	String.raw`^t ?([+-]) ?(\d{1,6}(?:[.,]\d{1,4})?)(?: ?(${unit})\.?)?(?![${latin}]|[.,:]\d)`,
	'i',
);
/** `T` alone, or before a mark. */
const bareZero = /^t(?= ?$| ?[:|([]| - (?!\d))/i;

/** One way of writing: signs, spaces and widths as ASCII has them. */
const ascii = (text: string): string =>
	text
		.normalize('NFKC')
		.replace(/[\u2010-\u2015\u2212\uff0d]/g, '-')
		.replace(/[\u00a0\u2009\u202f\s]+/g, ' ')
		.replace(/^t[ -]?(minus|plus)(?: |-)/i, (_, word: string) => (word.toLowerCase() === 'plus' ? 'T+' : 'T-'))
		.trim();

const made = (sign: string, id: string, seconds: number): Offset =>
	seconds === 0
		? {id: 'T0', seconds: 0}
		: {id: `T${sign}${id}`, seconds: (sign === '-' ? -1 : 1) * Math.round(seconds)};

/** A comma is a decimal one only where a unit follows: `T-1,5h`, and not `T-1,500`. */
function inUnits(sign: string, written: string, word: string): Offset | null {
	const named = units.find(({names}) => names.test(word));
	if (!named || (word === '' && written.includes(','))) return null;
	const number = Number(written.replace(',', '.'));
	return made(sign, `${number}${named.short}`, number * named.seconds);
}

/** Whether a text begins as times do that are none of a timeline: `D-1`, `H-2`, `22:00`. */
export const looksTimed = (text: string): boolean =>
	/^(?:[a-z] ?[-+\u2010-\u2015\u2212] ?\d|\d{1,2}[:.h]\d\d(?!\d))/i.test(text.trim());

/** Whether a text may begin with a time, marks and pictures aside: asked before more is done with it. */
export const mayBeTimed = (text: string): boolean =>
	/^[\s*_`~[(]*(?:at |by |from |ca|about |[tＴｔ]|[-+\d\u2010-\u2015\u2212]|:[a-z]|[^\0-\u1fff])/i.test(text);

type Found = {readonly offset: Offset; readonly rest: string};

/** `[T-60] …`, `(T-60) …` */
const boxed = /^\s*[([（【]\s*([tＴｔ][^()[\]（）【】]{0,30})[)\]）】]/i;

/** `21:00 (T-60) …`: the time of day, or the date with it, before the offset in brackets. */
const afterClock = /^\s*\d[\d:.,/ -]{3,23}(?:uhr|h|[a-z]{2,4})?\s?[([（【]\s*([tＴｔ][^()[\]（）【】]{0,30})[)\]）】]/i;

const unboxed = (found: Found | null, after: string): Found | null =>
	found && isRemark(found.rest) ? {offset: found.offset, rest: after.trim() === '' ? '' : `: ${after.trim()}`} : null;

/** What a text begins with, and how much of it that is; null where it begins with no offset. `unit`: of a number without one. */
export function offsetAt(text: string, unit = ''): Found | null {
	const observed = withoutPictures(text);
	const [whole, inside] = boxed.exec(observed) ?? afterClock.exec(observed) ?? [];
	if (whole !== undefined && inside !== undefined) return unboxed(offsetAt(inside, unit), observed.slice(whole.length));
	if (!/^\s*[tＴｔ]/i.test(observed)) return null;
	const plainly = unit === '' ? /^t([+-])(\d{1,4})$/i.exec(observed) : null;
	if (plainly) return {offset: made(plainly[1] ?? '+', `${Number(plainly[2])}`, Number(plainly[2]) * 60), rest: ''};
	if (/^t0$/i.test(observed)) return {offset: {id: 'T0', seconds: 0}, rest: ''};
	const line = ascii(observed);
	const ended = (length: number, offset: Offset | null) => offset && {offset, rest: line.slice(length)};
	const time = clock.exec(line);
	if (time) {
		const [all, sign = '+', hours = '0', minutes = '0', seconds] = time;
		const total = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds ?? 0);
		return ended(
			all.length,
			made(sign, `${Number(hours)}:${minutes}${seconds === undefined ? '' : `:${seconds}`}`, total),
		);
	}
	const both = compound.exec(line);
	if (both)
		return ended(
			both[0].length,
			made(both[1] ?? '+', `${Number(both[2])}h${Number(both[3])}m`, Number(both[2]) * 3600 + Number(both[3]) * 60),
		);
	const none = zero.exec(line) ?? zeroWord.exec(line) ?? bareZero.exec(line);
	if (none) return ended(none[0].length, {id: 'T0', seconds: 0});
	const some = amount.exec(line);
	if (!some) return null;
	const [all, sign = '+', number = '0', word = unit] = some;
	return ended(all.length, inUnits(sign, number, word));
}

/** In brackets, the end of a span, the time of day, or words behind a mark. */
const remark =
	/^(?: ?[([（].*| ?(?:to|until|bis|[-~～至到…]|\.{2,3}) ?t? ?[+-]? ?\d.*| ?[/|@]? ?\d{1,2}[:.]\d\d(?![\d:.]).*| - [^\d].*| ?[:,;：，].*| ?(?:ff|onwards?|and later|起)\.?)?$/is;
const another = /(?:^|[^a-z\d])t ?[+-]? ?\d/i;

/** Whether what follows an offset is only said about it; a second offset behind a comma is not. */
const isRemark = (rest: string): boolean =>
	rest === '' || (remark.test(rest) && !(/^ ?(?:[:,;：，]|- )/.test(rest) && another.test(rest)));

/** `T-60 - T-30`: the end of a span, which is later. */
function endsSpan(rest: string, {seconds}: Offset, unit: string): boolean {
	const end = offsetAt(/^ - (t.{1,30})$/i.exec(rest)?.[1] ?? '', unit);
	return end !== null && end.rest === '' && end.offset.seconds > seconds;
}

/** `~T-30`, `at T-60` */
const about = /^\s*(?:at|by|from|ca\.?|about|~|≈)\s*(?=t ?[-+\d\u2010-\u2015\u2212])/i;
/** With a sign, or a number alone. */
const mayLackT = /^(?:[+-]|\d{1,5}(?:[.,]\d{1,3})?(?: ?[a-z]{1,8})?$)/i;

/** An offset that is a whole cell; a remark may follow. `bare`: the T may be missing. `unit`: of a number without one. */
export function offsetOf(given: string, {bare = false, unit = ''} = {}): Offset | null {
	const text = given.replace(about, '');
	const line = ascii(text);
	const found =
		offsetAt(text, unit) ??
		(bare && mayLackT.test(line) ? offsetAt(/^[+-]|^0$/.test(line) ? `T${line}` : `T+${line}`, unit) : null);
	return found && (isRemark(found.rest) || endsSpan(found.rest, found.offset, unit)) ? found.offset : null;
}

const inText = new RegExp(String.raw`(?<![${latin}])t\s?[-+=\u2010-\u2015\u2212\uff0b\uff0d]?\s?\d`, 'gi');

/** Every offset that a text names, in its order. */
export const offsetsIn = (text: string): readonly Offset[] =>
	[...text.matchAll(inText)].flatMap(({index}) => offsetAt(text.slice(index, index + 24))?.offset ?? []);

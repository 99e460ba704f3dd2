/* Times of a timeline: `T-60`, `T-2h`, `T+0:15`, `T0`, as people write them. */
import {isHan, latin, letter, withoutPictures} from '../../../text/letters.ts';
import type {Roles} from '../../roles.ts';
import {counted, numberOf, unitOf, unitWords} from '../../words/amounts.ts';

/** `id`: as it is written everywhere from here on, such as `T-60`, `T-2h`, `T0`. */
export type Offset = {readonly id: string; readonly seconds: number};

/** Of rows; null where one has no time that can be read. */
export type Offsets = readonly (Offset | null)[];

/** A stage may lie so far from T0; a threshold may not be longer than `longestSeconds`. */
export const farthestSeconds = 120 * 86_400;
export const longestSeconds = 30 * 86_400;

/** A word that goes on is none of them, but for Chinese. */
const unit = `(?:${unitWords.filter(word => !isHan.test(word)).join('|')})(?![${letter}])|${unitWords.filter(word => isHan.test(word)).join('|')}`;

/** What counts time, and is a unit of no fixed length or of another language: behind a number it is never dropped. */
const noUnit =
	/^ ?(?:months?|monate?n?|mois|mes(?:es)?|mesi|quarters?|years?|jahre?n?|fortnights?|sprints?|iterations?|shifts?|nights?|weekends?|moons?|(?:business|working|work|week|calendar|trading|bank|school)[ -]?days?|werktage?n?|arbeitstage?n?|heures?|horas?|or[ae]|jours?|d[ií]as?|giorn[oi]|semaines?|semanas?|settiman[ae]|dagen|dag|dagar|dager|uur|uren|timer?|timmar|weken|veckor|uker|uger|dni|godzin[ay]?)(?![a-z])|^ ?[\u0400-\u04ff\u0370-\u03ff\u0600-\u06ff\u3040-\u30ff\uac00-\ud7af]/i;
/** Whether a word counts time, in a unit that is known or in one that never is. */
export const isUnit = (word: string): boolean =>
	unitOf(word) !== undefined || (noUnit.test(word) && !/^time$/i.test(word));

/** One or two small words between a number and the mark that ends a time: "T-3 dagar: …". */
const smallWords = /^ ([a-z\u00df-\u024f]{1,20}(?: [a-z\u00df-\u024f]{1,20})?) ?(?=$|[:：|(（)]| - )/;

/**
Of the texts of a timeline, those whose number is followed by a word that nobody knows, and not by what is done: it is behind
numbers and not behind T0, as a unit does and an owner does not.
*/
export function unknownUnits(texts: readonly string[], roles: Roles): ReadonlySet<number> {
	const words = texts.map(text => {
		const found = offsetAt(text);
		return found && {seconds: found.offset.seconds, word: smallWords.exec(found.rest)?.[1] ?? null};
	});
	const zero = words.find(one => one?.seconds === 0);
	const numbered = words.filter(one => one !== null && one.seconds !== 0);
	const isUnit = zero?.word === null && numbered.length > 0 && numbered.every(one => one?.word !== null);
	const named = new Set(words.flatMap(one => one?.word ?? []));
	const stems = new Set([...named].map(word => word.slice(0, 3)));
	if (!isUnit || stems.size > 2 || [...named].some(roles.isRole)) return new Set();
	return new Set(words.flatMap((one, index) => (one && one.word !== null ? [index] : [])));
}

/** `T0`, `T-zero`, and `T` alone or before a mark. */
const zero = new RegExp(
	String.raw`^t(?: ?(?:[=+-]|\+/-|±)? ?0+(?:[ .:]?0+)?(?: ?(?:${unit})\.?)?(?![a-z\d]|[.:,]\d)|[ -]zero(?![${letter}])|(?= ?$| ?[:|([]| - (?!\d)))`,
	'i',
);
const clock = /^t ?([+-]) ?(\d{1,3}):([0-5]\d)(?::([0-5]\d))?(?!\d|:\d)/i;
const compound =
	/^t ?([+-]) ?(\d{1,3}) ?h(?:(?:ours?|rs?)? ?(\d{1,2}) ?m(?:in(?:ute)?s?)?(?![a-z])|([0-5]\d)(?![a-z\d]))/i;
/** `T-1d 2h 30m` */
const withDays =
	/^t ?([+-]) ?(\d{1,3}) ?d(?:ays?)?,? ?(\d{1,2}) ?h(?:ours?|rs?)?(?:,? ?(\d{1,2}) ?m(?:in(?:ute)?s?)?)?(?![a-z\d])/i;
const amount = new RegExp(
	String.raw`^t ?([+-]) ?(\d{1,6}(?:[.,]\d{1,4})?)(?: ?(${unit})\.?)?(?![${latin}]|[.,:]\d)`,
	'i',
);

/** `D-1`, `H+4`, `J-7`, `W-2`, `L-7d`, `Day -1`: the letter says the unit where none follows. Ids such as `D-01` are none of them. */
const lettered = new RegExp(
	String.raw`^([dhjlw]|day|week|hour|tag|jour) ?([+-]) ?([1-9]\d{0,2})(?: ?(${unit}))?(?![${latin}]|[.,:]\d|[-_]\w)`,
	'i',
);
const letteredZero = new RegExp(
	String.raw`^(?:[dhjlw] ?[+±-]? ?0|(?:[dh]-|go-?live )(?:day|hour)|(?:day|tag|jour|hour|week) (?:0|zero)|jour j|h hour)(?![${latin}]|[.,:]\d|[-_]\w)`,
	'i',
);
const ofLetter: Readonly<Record<string, string>> = {d: 'd', j: 'd', l: 'd', t: 'd', h: 'h', w: 'w'};

const count = `(\\d{1,3}|half an?|(?:a )?quarter of an|${counted})`;
/** `First 15 minutes`, `Within 24 hours`: what is done until its end. `After 15 minutes`: what is done then. */
const first = new RegExp(
	`^(?:(?:within )?(?:the )?first (?:${count} )?|(?:within|after) ${count} )(${unit})(?![${letter}])`,
	'i',
);
/** `2 hours before the move`, `30 min after`, `The day before`, `Next day` */
const beside = new RegExp(
	`^(?:${count} ?(${unit})|(?:the )?(day|week|hour)) (before|prior to|after|past|post|following)(?![${letter}])(?: (?:the )?[a-z0-9/-]{1,20}(?= ?(?:$|[:|(]| - )))?|^(?:the )?(?:next|following) (day)(?![${letter}])`,
	'i',
);
/** `T0 - 5 min`, `T0+1h`: from the moment zero on. */
const fromZero = new RegExp(`^t ?0 ?([+-])(?=\\d| ?\\d{1,4} ?(?:${unit})\\.? ?(?:$|[:|(]|- ))`, 'i');

/** One way of writing: signs, spaces and widths as ASCII has them. */
const ascii = (text: string): string =>
	text
		.normalize('NFKC')
		.replace(/[\u2010-\u2015\u2212\uff0d]/g, '-')
		.replace(/\s*(?:[-=]+>|[\u2190-\u21ff\u27f5-\u27ff\u279c])\s*/g, ' - ')
		.replace(/[\u00a0\u2009\u202f\s]+/g, ' ')
		.replace(fromZero, 'T$1')
		.replace(/^(t ?[+-] ?\d{1,4}) ?['\u2019\u2032](?!['\u2019\u2032])/i, '$1m')
		.replace(/^t[ -]?(minus|plus)(?: |-)/i, (_, word: string) => (word.toLowerCase() === 'plus' ? 'T+' : 'T-'))
		.trim();

const made = (sign: string, id: string, seconds: number): Offset =>
	seconds === 0
		? {id: 'T0', seconds: 0}
		: {id: `T${sign}${id}`, seconds: (sign === '-' ? -1 : 1) * Math.round(seconds)};

/** A comma is a decimal one only where a unit follows: `T-1,5h`, and not `T-1,500`. */
function inUnits(sign: string, written: string, word: string): Offset | null {
	const found = unitOf(word);
	if (!found || (word === '' && written.includes(','))) return null;
	const number = Number(written.replace(',', '.'));
	return made(sign, `${number}${found.short}`, number * found.seconds);
}

/** The offset of so many seconds as it is written: `T-90`, `T-4h`, `T+4:30`, `T-2d`. */
export function offsetOfSeconds(seconds: number): Offset {
	const size = Math.abs(seconds);
	const sign = seconds < 0 ? '-' : '+';
	if (size % 86_400 === 0) return made(sign, `${size / 86_400}d`, size);
	if (size % 3600 === 0) return made(sign, `${size / 3600}h`, size);
	if (size % 60 === 0 && size < 180 * 60) return made(sign, `${size / 60}`, size);
	const minutes = String(Math.floor(size / 60) % 60).padStart(2, '0');
	return made(
		sign,
		`${Math.floor(size / 3600)}:${minutes}${size % 60 === 0 ? '' : `:${String(size % 60).padStart(2, '0')}`}`,
		size,
	);
}

/** `Day 1` with its sign. */
export const signedDay = (text: string): string => text.replace(/^(?:\d{1,2}[.)] )?day (?=[1-9])/i, '$&+');

/** Texts of one timeline: "Day 1" is a day after "Day 0", and nothing sure without it. */
export const countedDays = (texts: readonly string[]): readonly string[] =>
	texts.some(text => /^(?:\d{1,2}[.)] )?day 0(?!\d)/i.test(text)) ? texts.map(signedDay) : texts;

/** Whether a text begins as times do that are none of a timeline: `D-1`, `H-2`, `22:00`. */
export const looksTimed = (text: string): boolean =>
	/^(?:(?:[a-z]|day|week|hour) ?[-+\u2010-\u2015\u2212] ?\d|(?:at |um )?\d{1,2}[:.h]\d\d(?!\d))/i.test(text.trim());

const timeWords = `\\d(?: ?(?:${unit}))|(?:${unit})|morning|evening|night`;
const seems = new RegExp(
	`^(?:in |over |for )?(?:the )?(?:(?:after|within|next|following|another|last|first|then)\\b.{0,20}(?<![${latin}])(?:${timeWords})(?![${letter}])|(?:${unit}) ?[-+]? ?\\d|[^:]{0,20}(?<![${latin}])(?:${timeWords}) (?:in|later|before|after|earlier)\\b|\\d[\\d –-]*(?:${unit})(?![${letter}]))`,
	'i',
);

/** Whether a heading seems to say when, in words that are no time of a timeline: `15 minutes later`, `Next morning`, `Hour 1`. */
export const seemsTimed = (heading: string): boolean => seems.test(heading.trim());

const mayBegin = new RegExp(
	String.raw`^[\s*_\`~[(]*(?:at |by |from |ca|about |first |within |after |half |the |day |week |hour |tag |jour |(?:${counted}) |[tＴｔ]|[dhj]\s*$|[dhjlw] ?[-+±0\u2010-\u2015\u2212]|[-+\d\u2010-\u2015\u2212]|:[a-z]|[^\0-\u1fff]|[^\d()]{2,30}[(]\s*t ?[-+=±0])`,
	'i',
);

/** Whether a text may begin with a time, marks and pictures aside: asked before more is done with it. */
export const mayBeTimed = (text: string): boolean => mayBegin.test(text);

type Found = {readonly offset: Offset; readonly rest: string};

/** `[T-60] …`, `(T-60) …` */
const boxed = /^\s*[([（【]\s*([tＴｔ][^()[\]（）【】]{0,30})[)\]）】]/i;

/** `21:00 (T-60) …`: the time of day, or the date with it, before the offset in brackets. */
const afterClock = /^\s*\d[\d:.,/ -]{3,23}(?:uhr|h|[a-z]{2,4})?\s?[([（【]\s*([tＴｔ][^()[\]（）【】]{0,30})[)\]）】]/i;

const unboxed = (found: Found | null, after: string): Found | null =>
	found && isRemark(found.rest) ? {offset: found.offset, rest: after.trim() === '' ? '' : `: ${after.trim()}`} : null;

function endedAt(line: string, length: number, offset: Offset | null): Found | null {
	const rest = line.slice(length);
	return offset && !noUnit.test(rest) ? {offset, rest} : null;
}

const withoutT = new RegExp(
	String.raw`^\s*(?:[dhjlw] ?[-+±0\u2010-\u2015\u2212]|(?:[dh]-|go-?live )(?:day|hour)|h hour|day |week |tag |jour |hour |first |within |after |half |next |following |the |\d|(?:${counted}) )`,
	'i',
);

/** Times that are written without the letter T. */
function otherwise(text: string): Found | null {
	if (!withoutT.test(text)) return null;
	const line = ascii(text);
	const none = letteredZero.exec(line);
	if (none && !/^[ ,]+\d/.test(line.slice(none[0].length)))
		return endedAt(line, none[0].length, {id: 'T0', seconds: 0});
	if (/^h ?[+-] ?\d{1,2}(?:h|:)\d/i.test(line)) return offsetAt(`T${line.slice(1)}`);
	// "D-1 21:00" is a time of day.
	if (/^[a-z][^ ]*(?: ?[-+]\d+)?[ ,]+\d{1,2}[:.h]\d\d/i.test(line)) return null;
	const [all = '', mark = '', sign = '+', number = '0', word] = lettered.exec(line) ?? [];
	if (all !== '')
		return endedAt(line, all.length, inUnits(sign, number, word ?? ofLetter[mark.charAt(0).toLowerCase()] ?? ''));
	const [until = '', some, many = some ?? 'one', length = ''] = first.exec(line) ?? [];
	const countOf = (said: string): string => String(numberOf(said.replace(/^a (?=quarter)| (?:of )?an?$/gi, '')));
	if (until !== '') return endedAt(line, until.length, inUnits('+', countOf(many), length));
	const [away = '', much = 'one', of = '', alone = 'day', side = 'after'] = beside.exec(line) ?? [];
	return away === ''
		? null
		: endedAt(line, away.length, inUnits(/^(?:before|prior)/i.test(side) ? '-' : '+', countOf(much), of || alone));
}

const beginsWithCount = new RegExp(`^\\s*(?:${counted}) `, 'i');

/** What a text begins with, and how much of it that is; null where it begins with no offset. `unit`: of a number without one. */
export function offsetAt(text: string, unit = ''): Found | null {
	const observed = withoutPictures(text);
	const [whole, inside] = boxed.exec(observed) ?? afterClock.exec(observed) ?? [];
	if (whole !== undefined && inside !== undefined) return unboxed(offsetAt(inside, unit), observed.slice(whole.length));
	if (!/^\s*[tＴｔ](?!he )/i.test(observed) || beginsWithCount.test(observed)) return otherwise(observed);
	const plainly = unit === '' ? /^t([+-])(\d{1,4})$/i.exec(observed) : null;
	if (plainly) return {offset: made(plainly[1] ?? '+', `${Number(plainly[2])}`, Number(plainly[2]) * 60), rest: ''};
	if (/^t0$/i.test(observed)) return {offset: {id: 'T0', seconds: 0}, rest: ''};
	const line = ascii(observed);
	const ended = (length: number, offset: Offset | null) => endedAt(line, length, offset);
	const total = (hours = '0', minutes = '0', seconds = '0'): number =>
		Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
	const [time = '', at = '+', hour = '0', minute = '0', second] = clock.exec(line) ?? [];
	if (time !== '') {
		const id = `${Number(hour)}:${minute}${second === undefined ? '' : `:${second}`}`;
		return ended(time.length, made(at, id, total(hour, minute, second)));
	}
	const [long = '', side = '+', days, more, last] = withDays.exec(line) ?? [];
	if (long !== '')
		return ended(long.length, offsetOfSeconds((side === '-' ? -1 : 1) * (Number(days) * 86_400 + total(more, last))));
	const [both = '', way = '+', hours, minutes, short = minutes] = compound.exec(line) ?? [];
	if (both !== '') return ended(both.length, made(way, `${Number(hours)}h${Number(short)}m`, total(hours, short)));
	const none = zero.exec(line);
	if (none) return ended(none[0].length, {id: 'T0', seconds: 0});
	const some = amount.exec(line);
	if (!some) return null;
	const [all = '', sign = '+', number = '0', word = unit] = some;
	return ended(all.length, inUnits(sign, number, word));
}

/** In brackets, the end of a span, the time of day, or words behind a mark. */
const remark =
	/^(?: ?[([（].*| ?(?:to|until|till|through|bis|à|a|hasta|até|al?|до|по|[-~～至到…]|\.{2,3}) ?t? ?[+-]? ?\d.*| ?[/|@]? ?\d{1,2}[:.]\d\d(?![\d:.]).*| - [^\d].*| ?[:,;：，].*| ?(?:ff|onwards?|and later|起|-)\.?)?$/is;
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
/** `Cutover (T0)` */
const named = /^[^\d()[\]（）]{2,30}[([（]\s*(t ?[-+=±0][^()[\]（）]{0,30})[)\]）]\s*$/i;
/** With a sign, or a number alone. */
const mayLackT = /^(?:[+-]|0?0:00$|\d{1,5}(?:[.,]\d{1,3})?(?: ?[a-z]{1,8})?$)/i;

/** An offset that is a whole cell; a remark may follow. `bare`: the T may be missing. `unit`: of a number without one. */
export function offsetOf(given: string, {bare = false, unit = ''} = {}): Offset | null {
	const text = given.replace(about, '');
	const line = ascii(text);
	if (/^[dhj]$/i.test(line)) return {id: 'T0', seconds: 0};
	const found =
		offsetAt(text, unit) ??
		offsetAt(named.exec(text)?.[1] ?? '', unit) ??
		(bare && mayLackT.test(line) ? offsetAt(/^[+-]|^0$/.test(line) ? `T${line}` : `T+${line}`, unit) : null);
	return found && (isRemark(found.rest) || endsSpan(found.rest, found.offset, unit)) ? found.offset : null;
}

const inText = new RegExp(String.raw`(?<![${latin}])t\s?[-+=\u2010-\u2015\u2212\uff0b\uff0d]?\s?\d`, 'gi');

/** Every offset that a text names, in its order. */
export const offsetsIn = (text: string): readonly Offset[] =>
	[...text.matchAll(inText)].flatMap(({index}) => offsetAt(text.slice(index, index + 24))?.offset ?? []);

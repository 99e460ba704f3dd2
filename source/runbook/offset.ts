/*
Times of a timeline: `T-60`, `T-2h`, `T+0:15`, `T0`, as people write them.
*/
import {latin, letter} from './letters.ts';

/** `id`: as it is written everywhere from here on, such as `T-60`, `T-2h`, `T0`. */
export type Offset = {readonly id: string; readonly seconds: number};

export const farthestSeconds = 30 * 86_400;

const units: ReadonlyArray<{readonly names: RegExp; readonly short: string; readonly seconds: number}> = [
	{names: /^(?:m|mins?|minutes?|分钟?)?$/i, short: '', seconds: 60},
	{names: /^(?:h|hrs?|hours?|小时|时)$/i, short: 'h', seconds: 3600},
	{names: /^(?:s|secs?|seconds?|秒钟?)$/i, short: 's', seconds: 1},
	{names: /^(?:d|days?|天|日)$/i, short: 'd', seconds: 86_400},
];

const zero = /^t ?[=+-]? ?0(?:[ .:]?0+)? ?(?:m|mins?|minutes?|h|hours?|s|d)?(?![\d.:])/i;
const zeroWord = new RegExp(`^t[ -]zero(?![${letter}])`, 'i');
const clock = /^t ?([+-]) ?(\d{1,3}):([0-5]\d)(?::([0-5]\d))?(?![\d:])/i;
const compound = /^t ?([+-]) ?(\d{1,3}) ?h(?:ours?|rs?)? ?(\d{1,2}) ?m(?:in(?:ute)?s?)?(?![a-z])/i;
const amount = new RegExp(
	String.raw`^t ?([+-]) ?(\d{1,6}(?:\.\d{1,4})?)(?: ?(m(?:in(?:ute)?s?)?|hours?|hrs?|h|s(?:ec(?:ond)?s?)?|d(?:ays?)?|分钟?|小时|时|秒钟?|天|日))?(?![${latin}]|\.\d)`,
	'i',
);

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

function inUnits(sign: string, number: string, word: string): Offset | null {
	const unit = units.find(({names}) => names.test(word));
	return unit ? made(sign, `${Number(number)}${unit.short}`, Number(number) * unit.seconds) : null;
}

/** What a text begins with, and how much of it that is; null where it begins with no offset. */
export function offsetAt(text: string): {readonly offset: Offset; readonly rest: string} | null {
	if (!/^\s*[tＴｔ]/i.test(text)) return null;
	const line = ascii(text);
	const ended = (length: number, offset: Offset | null) => offset && {offset, rest: line.slice(length)};
	const time = clock.exec(line);
	if (time) {
		const [whole, sign = '+', hours = '0', minutes = '0', seconds] = time;
		const total = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds ?? 0);
		return ended(
			whole.length,
			made(sign, `${Number(hours)}:${minutes}${seconds === undefined ? '' : `:${seconds}`}`, total),
		);
	}
	const both = compound.exec(line);
	if (both)
		return ended(
			both[0].length,
			made(both[1] ?? '+', `${Number(both[2])}h${Number(both[3])}m`, Number(both[2]) * 3600 + Number(both[3]) * 60),
		);
	const none = zero.exec(line) ?? zeroWord.exec(line);
	if (none) return ended(none[0].length, {id: 'T0', seconds: 0});
	const some = amount.exec(line);
	if (!some) return null;
	const [whole, sign = '+', number = '0', word = ''] = some;
	return ended(whole.length, inUnits(sign, number, word));
}

const remark = /^(?: ?[([（].*| ?(?:to|until|bis|[-~～至到]) ?t? ?[+-]? ?\d.*| ?[:,;：，].*)?$/is;

/** An offset that is a whole cell; a remark in brackets, or the end of a span, may follow. `bare`: the T may be missing. */
export function offsetOf(text: string, bare = false): Offset | null {
	const found = offsetAt(text) ?? (bare && /^[+-]|^0$/.test(ascii(text)) ? offsetAt(`T${ascii(text)}`) : null);
	return found && remark.test(found.rest) ? found.offset : null;
}

const inText = new RegExp(String.raw`(?<![${latin}])t\s?[-+=\u2010-\u2015\u2212\uff0b\uff0d]?\s?\d`, 'gi');

/** Every offset that a text names, in its order. */
export const offsetsIn = (text: string): readonly Offset[] =>
	[...text.matchAll(inText)].flatMap(({index}) => offsetAt(text.slice(index, index + 24))?.offset ?? []);

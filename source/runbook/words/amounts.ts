/* Numbers in words, and units of time, as runbooks write them. */
import {isHan} from '../../text/letters.ts';

const inWords: readonly (readonly [words: string, value: number])[] = [
	['a an one', 1],
	['two', 2],
	['three', 3],
	['four', 4],
	['five', 5],
	['six', 6],
	['seven', 7],
	['eight', 8],
	['nine', 9],
	['ten', 10],
	['eleven', 11],
	['twelve', 12],
	['fifteen', 15],
	['eighteen', 18],
	['twenty', 20],
	['thirty', 30],
	['forty', 40],
	['fifty', 50],
	['sixty', 60],
	['ninety', 90],
];
const numbers = new Map(inWords.flatMap(([words, value]) => words.split(' ').map(word => [word, value] as const)));

/** Whole numbers in English words, for patterns. */
export const counted = [...numbers.keys()].toReversed().join('|');
/** The same, with `twenty-five` and parts; the longest come first. */
export const spelled = `(?:twenty|thirty|forty|fifty)-(?:one|two|three|four|five|six|seven|eight|nine)|three quarters|(?:one|two) and a half|half|quarter|${counted}`;

const parts = new Map([
	['half', 0.5],
	['quarter', 0.25],
	['three quarters', 0.75],
	['one and a half', 1.5],
	['two and a half', 2.5],
	['半', 0.5],
	['一个半', 1.5],
	['两个半', 2.5],
]);

const ones = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/** Up to ninety-nine. */
function ofHan(text: string): number {
	const [tens = '', rest = ''] = text.includes('十') ? text.split('十') : ['', text.replace('两', '二')];
	return (text.includes('十') ? Math.max(1, ones.indexOf(tens)) * 10 : 0) + ones.indexOf(rest);
}

/** Of digits or words: `2.5`, `twenty-five`, `half`, `十五`; NaN where it is none. */
export function numberOf(text: string): number {
	const word = text.toLowerCase();
	const known = numbers.get(word) ?? parts.get(word);
	if (known !== undefined) return known;
	if (isHan.test(word)) return ofHan(word);
	const [tens = '', one] = word.split('-');
	return one === undefined ? Number(word) : (numbers.get(tens) ?? Number.NaN) + (numbers.get(one) ?? Number.NaN);
}

/** English, German and Chinese; a number without a unit is in the first. `short`: as an offset is written. */
const units = [
	{words: 'm|min|mins|minutes?|minuten|分钟?', short: '', seconds: 60},
	{words: 'h|hrs?|hours?|std|stunden?|个?小时|时', short: 'h', seconds: 3600},
	{words: 's|secs?|seconds?|sek|sekunden?|秒钟?', short: 's', seconds: 1},
	{words: 'd|days?|tage?n?|天|日', short: 'd', seconds: 86_400},
	{words: 'w|wks?|weeks?|wochen?|周|星期', short: 'w', seconds: 7 * 86_400},
].map(unit => ({...unit, pattern: new RegExp(`^(?:${unit.words})$`, 'i')}));

/** All of their words, for patterns. */
export const unitWords: readonly string[] = units.flatMap(({words}) => words.split('|'));

/** By its name, minutes where none is written. */
export const unitOf = (word: string): {readonly short: string; readonly seconds: number} | undefined =>
	word === '' ? units[0] : units.find(({pattern}) => pattern.test(word));

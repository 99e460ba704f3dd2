/* Numbers in words, and units of time, as runbooks write them. */
import {isHan} from '../../text/letters.ts';
import de from './de.json' with {type: 'json'};
import en from './en.json' with {type: 'json'};
import zh from './zh.json' with {type: 'json'};

const numbers = new Map(Object.entries(en.numbers));
const fractions = new Map(Object.entries({...en.fractions, ...zh.fractions}));

/** Whole numbers in English words, for patterns. */
export const counted = [...numbers.keys()].toReversed().join('|');
/** The same, with `twenty-five` and parts; the longest come first. */
export const spelled = `(?:twenty|thirty|forty|fifty)-(?:one|two|three|four|five|six|seven|eight|nine)|${Object.keys(en.fractions).join('|')}|${counted}`;

const ones = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

function ofHan(text: string): number {
	const [tens = '', rest = ''] = text.includes('十') ? text.split('十') : ['', text.replace('两', '二')];
	return (text.includes('十') ? Math.max(1, ones.indexOf(tens)) * 10 : 0) + ones.indexOf(rest);
}

/** Of digits or words: `2.5`, `twenty-five`, `half`, `十五`; NaN where it is none. */
export function numberOf(text: string): number {
	const word = text.toLowerCase();
	const known = numbers.get(word) ?? fractions.get(word);
	if (known !== undefined) return known;
	if (isHan.test(word)) return ofHan(word);
	const [tens = '', one] = word.split('-');
	return one === undefined ? Number(word) : (numbers.get(tens) ?? Number.NaN) + (numbers.get(one) ?? Number.NaN);
}

const seconds = {m: 60, h: 3600, s: 1, d: 86_400, w: 7 * 86_400};

/** A number without a unit is in the first. `short`: as an offset is written. */
const units = (['m', 'h', 's', 'd', 'w'] as const).map(name => {
	const words = [en, de, zh].map(language => language.units[name]).join('|');
	return {words, short: name === 'm' ? '' : name, seconds: seconds[name], pattern: new RegExp(`^(?:${words})$`, 'i')};
});

export const unitWords: readonly string[] = units.flatMap(({words}) => words.split('|'));

/** By its name, minutes where none is written. */
export const unitOf = (word: string): {readonly short: string; readonly seconds: number} | undefined =>
	word === '' ? units[0] : units.find(({pattern}) => pattern.test(word));

const printed = new Map(Object.entries(en.printedUnits));

/** What a printed number counts in: `s` for seconds, any other word as it is. */
export const printedUnit = (word: string): string => printed.get(word) ?? word;

/*
The words by which parts, columns and meanings are found, one file of data a language, put together here; and how a text is searched for them.
A phrase matches whole words, whatever their case; its spaces also match dashes and slashes. Chinese matches anywhere. The first phrases are
the surest. Settings add columns of their own.
*/

import {han, isHan, latin, letter} from '../../text/letters.ts';
import en from './en.json' with {type: 'json'};
import zh from './zh.json' with {type: 'json'};

/** Each text holds several phrases, between commas. */
type Table<K extends string> = Readonly<Record<K, readonly string[]>>;

const phrases = (texts: readonly string[]): readonly string[] => texts.flatMap(text => text.split(', '));

/** The words of every language; English has every key. */
export function together<K extends string>(first: Table<K>, ...others: readonly Partial<Table<K>>[]): Table<K> {
	const made: Record<string, readonly string[]> = {};
	for (const key of Object.keys(first) as K[]) made[key] = [first, ...others].flatMap(one => phrases(one[key] ?? []));
	return made as Table<K>;
}

export const headings = together(en.headings, zh.headings);

export type Topic = keyof typeof headings;

export const columns = together(en.columns, zh.columns);

export type Column = keyof typeof columns;

export const words = together(en.words, zh.words);

/** What ends the name of a role, where nothing else tells that a word is one. */
export const roleEnds: readonly string[] = phrases([...en.roleEnds, ...zh.roleEnds]);

const between = new RegExp(`(?<=[${han}])(?=[a-z0-9])|(?<=[a-z0-9])(?=[${han}])`, 'g');
const others = new RegExp(`[^${letter}#]+`, 'g');

const ascii = /^[\0-\x7f]*$/;

/** Lower case, whatever is between words one space; Chinese is apart from what is not. */
const fold = (text: string): string => {
	const lower = text.toLowerCase();
	const words = ascii.test(lower)
		? lower.replace(/[^a-z0-9#]+/g, ' ')
		: lower.normalize('NFKC').replace(between, ' ').replace(others, ' ');
	return ` ${words.trim()} `;
};

let last = {text: '', line: ' '};

/** As `fold`; the same text is often asked about many times in a row. */
function folded(text: string): string {
	if (text !== last.text) last = {text, line: fold(text)};
	return last.line;
}

type Phrase = {readonly phrase: string; readonly sought: string};

const prepared = new WeakMap<readonly string[], readonly Phrase[]>();

/** Most phrases are folded as they are written; `deploy*` goes on in any way. */
function soughtOf(phrase: string): string {
	if (/^[a-z0-9#]+(?: [a-z0-9#]+)*$/.test(phrase)) return ` ${phrase} `;
	if (phrase.endsWith('*')) return fold(phrase).trimEnd();
	return isHan.test(phrase) ? fold(phrase).trim() : fold(phrase);
}

function phrasesOf(list: readonly string[]): readonly Phrase[] {
	const known = prepared.get(list);
	if (known) return known;
	const made = list.map(phrase => ({phrase, sought: soughtOf(phrase)}));
	prepared.set(list, made);
	return made;
}

/** Index of the first phrase of the list that is in the text; -1 where none is. */
export function saysWhich(text: string, list: readonly string[]): number {
	const line = folded(text);
	return phrasesOf(list).findIndex(({sought}) => line.includes(sought));
}

export const says = (text: string, list: readonly string[]): boolean => saysWhich(text, list) !== -1;

export const isOneOf = (text: string, list: readonly string[]): boolean =>
	phrasesOf(list).some(({sought}) => sought.trim() === folded(text).trim());

/** Index of the first phrase of the list that the text begins with; -1 where it begins with none. */
export const beginsWithWhich = (text: string, list: readonly string[]): number =>
	phrasesOf(list).findIndex(({sought}) => folded(text).startsWith(` ${sought.trimStart()}`));

/** Whether a text ends with one of the phrases, or several of it. */
export const endsWithOne = (text: string, list: readonly string[]): boolean =>
	phrasesOf(list).some(({sought}) => folded(text).endsWith(sought) || folded(text).endsWith(`${sought.trimEnd()}s `));

const literal = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

function find(text: string, {phrase}: Phrase): {readonly text: string; readonly at: number} | null {
	const body = phrase
		.split(/[ \-/]+/)
		.map(literal)
		.join(`[^${letter}]{1,4}`);
	const found = new RegExp(isHan.test(phrase) ? body : `(?<![${latin}])${body}(?![${latin}])`, 'i').exec(text);
	return found && {text: found[0], at: found.index};
}

/** The first of the phrases in the text, the longest where several begin there, as it is there. */
export function said(text: string, list: readonly string[]): {readonly text: string; readonly at: number} | null {
	const line = folded(text);
	const found = phrasesOf(list)
		.filter(({sought}) => line.includes(sought))
		.flatMap(phrase => find(text, phrase) ?? []);
	return found.toSorted((a, b) => a.at - b.at || b.text.length - a.text.length)[0] ?? null;
}

/** Lower case, one space between words, no marks at the ends: how headers and names are compared. */
export const normal = (text: string): string =>
	text
		.normalize('NFKC')
		.toLowerCase()
		.replace(/[\s_]+/g, ' ')
		.replace(/^[\s:.*]+|[\s:.*?]+$/g, '');

const meaning = new RegExp(`[${han}]{2,}|[${letter}][${letter}_-]{2,}`, 'g');

/** Words that mean something by themselves: at least three letters, or Chinese. */
export const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(meaning) ?? [];

/*
The words by which parts, columns and meanings are found: one file of data a language, put together here. A phrase matches whole words,
whatever their case; its spaces also match dashes and slashes. Chinese matches anywhere. The first phrases are the surest. Settings add
columns of their own.
*/
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

/** What a section is about, by its heading. */
export const headings = together(en.headings, zh.headings);

export type Topic = keyof typeof headings;

/** Columns, by the words of their headers. */
export const columns = together(en.columns, zh.columns);

export type Column = keyof typeof columns;

/** Words that say what a text means. */
export const words = together(en.words, zh.words);

/** What ends the name of a role, where nothing else tells that a word is one. */
export const roleEnds: readonly string[] = phrases([...en.roleEnds, ...zh.roleEnds]);

/*
How a text is searched for the words of the table of synonyms.
*/

const letter = '[\\p{L}\\p{N}]';
const han = /\p{Script=Han}/u;
const literal = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

function pattern(phrase: string): string {
	const body = phrase.split(/[ \-/]+/).map(literal).join('[\\s\\-\\u2010-\\u2013/]{0,3}');
	return han.test(phrase) ? body : `(?<!${letter})${body}(?!${letter})`;
}

const compiled = new WeakMap<readonly string[], RegExp>();

const regex = (phrases: readonly string[]): RegExp => {
	const known = compiled.get(phrases);
	if (known) return known;
	const longestFirst = phrases.toSorted((a, b) => b.length - a.length);
	const made = new RegExp(longestFirst.map(pattern).join('|'), 'giu');
	compiled.set(phrases, made);
	return made;
};

/** Whether one of the phrases stands in the text. */
export const says = (text: string, phrases: readonly string[]): boolean => text.search(regex(phrases)) !== -1;

/** The first of the phrases in the text, as it stands there. */
export const said = (text: string, phrases: readonly string[]): {readonly text: string; readonly at: number} | null => {
	const found = text.matchAll(regex(phrases)).next().value;
	return found ? {text: found[0], at: found.index} : null;
};

/** The text without the phrases. */
export const without = (text: string, phrases: readonly string[]): string => text.replace(regex(phrases), ' ');

/** Lower case, one space between words, no marks at the ends: how headers and names are compared. */
export const normal = (text: string): string =>
	text
		.normalize('NFKC')
		.toLowerCase()
		.replace(/[\s_]+/g, ' ')
		.replace(/^[\s:.*]+|[\s:.*?]+$/g, '');

/** Words that mean something by themselves: at least three letters, or Chinese. */
export const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(/\p{Script=Han}{2,}|[\p{L}\p{N}][\p{L}\p{N}_-]{2,}/gu) ?? [];

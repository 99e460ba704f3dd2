// Text from outside may hold anything: escape sequences that act on the terminal, marks that reorder what is beside them,
// secrets. What `safe` returns has no power over a terminal and hides nothing, and the compiler lets only that reach a screen.
import {bidirectional, codePoint, control, emojiGlue, escapedInJson, invisible, nameOf, plain} from './characters.ts';

declare const mark: unique symbol;

/** Text without power over a terminal: one line, no control characters, nothing reordered or invisible. */
export type SafeText = string & {readonly [mark]: 'safe'};

const tab = '    ';
const mostMarks = 4;

const kept = new RegExp(
	`(?<glue>${emojiGlue.source})|${control.source}|${bidirectional.source}|${invisible.source}`,
	'gu',
);
const flood = new RegExp(`(\\p{M}{${mostMarks}})\\p{M}+`, 'gu');

function picture(character: string): string {
	const code = character.charCodeAt(0);
	if (character === '\t') return tab;
	if (code < 0x20) return String.fromCharCode(0x2400 + code);
	if (code === 0x7f) return '\u2421';
	if (code < 0xa0) return `\u241b${String.fromCharCode(code - 0x40)}`;
	return `<${codePoint(character)}>`;
}

/**
 * Any text -> one line of SafeText. Controls and line breaks become pictures (`␛`, `␊`; a C1 control `␛` and its letter),
 * a tab four spaces, what reorders or cannot be seen its code point (`<U+202E>`), a lone surrogate `�`. At most four
 * combining marks stay on a letter, and none at the start, where it would change a neighbour's cell.
 */
export function safe(text: string): SafeText {
	if (plain.test(text)) return text as SafeText;
	return text
		.toWellFormed()
		.replace(kept, (character, glue: string | undefined) => glue ?? picture(character))
		.replace(flood, '$1\ufffd')
		.replace(/^\p{M}/u, '\u25cc$&') as SafeText;
}

/** Any text -> its lines, each as `safe` makes it. LF and CRLF end a line; a CR alone is shown. A last line without text is none. */
export function safeLines(text: string): SafeText[] {
	const lines = text.split(/\r?\n/);
	if (lines.at(-1) === '') lines.pop();
	return lines.map(line => safe(line));
}

/** SafeText joined by SafeText, or by literal text of this program. */
export const joinSafe = (parts: readonly SafeText[], separator: SafeText | ' ' | ', ' | ' · ' | '' = ''): SafeText =>
	parts.join(separator) as SafeText;

/** A tagged template: the program's own words with SafeText and numbers between them are SafeText. */
export const phrase = (words: TemplateStringsArray, ...values: ReadonlyArray<SafeText | number>): SafeText =>
	String.raw({raw: words}, ...values) as SafeText;

const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** `JSON.stringify` whose text is safe to print: C1 and bidirectional controls, invisible ones, U+2028 and U+2029 are escaped. No value at all is `null`. */
export const json = (value: unknown, indent?: number): string =>
	(JSON.stringify(value, null, indent) ?? 'null').replace(escapedInJson, escaped);

/** A character that must not hide in a text: `index` in UTF-16 units, `name` such as `U+202E right-to-left override`. */
export type HiddenCharacter = {
	readonly index: number;
	readonly kind: 'control' | 'bidirectional' | 'invisible' | 'mixed scripts';
	readonly name: string;
};

const lineEnds = /[\t\n\r]/;
const kinds = {control, bidirectional, invisible} as const;

function firstOf(kind: keyof typeof kinds, text: string): HiddenCharacter | null {
	const sought = new RegExp(`${emojiGlue.source}|(?<found>${kinds[kind].source})`, 'gu');
	for (const match of text.matchAll(sought)) {
		const character = match.groups?.['found'];
		if (character !== undefined && !lineEnds.test(character))
			return {index: match.index, kind, name: nameOf(character)};
	}
	return null;
}

/**
 * The first character of the gravest kind that a text hides, or null: control (tab, LF and CR are let pass), then
 * bidirectional, then invisible, then a word whose letters look alike but come from different scripts.
 */
export const hiddenCharacter = (text: string): HiddenCharacter | null =>
	plain.test(text)
		? null
		: (firstOf('control', text) ?? firstOf('bidirectional', text) ?? firstOf('invisible', text) ?? mixedScripts(text));

/** Han, kana, hangul and bopomofo are beside Latin in honest words; no other two scripts do. */
const word = /[\p{L}\p{M}\p{N}]+/gu;
const scripts = {
	Latin: /\p{Script=Latin}/u,
	Cyrillic: /\p{Script=Cyrillic}/u,
	Greek: /\p{Script=Greek}/u,
	Armenian: /\p{Script=Armenian}/u,
	Hebrew: /\p{Script=Hebrew}/u,
	Arabic: /\p{Script=Arabic}/u,
	Cherokee: /\p{Script=Cherokee}/u,
	other:
		/(?=\p{L})[^\p{Script=Common}\p{Script=Inherited}\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Cherokee}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}]/u,
} as const;

function mixedScripts(text: string): HiddenCharacter | null {
	for (const {0: letters, index} of text.matchAll(word)) {
		const found = Object.entries(scripts).filter(([, script]) => script.test(letters));
		if (found.length > 1) return {index, kind: 'mixed scripts', name: found.map(([name]) => name).join(' and ')};
	}
	return null;
}

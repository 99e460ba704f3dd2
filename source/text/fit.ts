// How many cells a text takes, and making it take exactly as many as there are. Ink measures with string-width, so this does
// too: a layout that disagrees with the one that draws it shows as a torn row. Texts hold no colour codes; a grapheme is never split.
import stringWidth from 'string-width';
import {plain} from './characters.ts';
import type {SafeText} from './clean.ts';

/** `ascii`: mark a cut with `~` where the terminal has no `…`. */
export type FitOptions = {readonly ascii?: boolean};

/** SafeText stays SafeText, any other text is text. */
export type Same<T extends string> = T extends SafeText ? SafeText : string;

let made: Intl.Segmenter | null = null;

/** Made when first needed: it costs 20 ms, and most texts are plain. */
export const graphemes = (): Intl.Segmenter => (made ??= new Intl.Segmenter(undefined, {granularity: 'grapheme'}));

/** True where every character takes one cell, and joins no other. */
export const isPlain = (text: string): boolean => plain.test(text);

/** Columns that a text takes on a terminal: 2 for a wide character or emoji, 0 for a combining mark, else 1. */
export const cells = (text: string): number => (isPlain(text) ? text.length : stringWidth(text));

/** The end, in UTF-16 units, of as many whole graphemes as fit into `width` cells. */
function endWithin(text: string, width: number): number {
	if (isPlain(text)) return Math.min(text.length, width);
	let used = 0;
	let end = 0;
	for (const {segment} of graphemes().segment(text)) {
		used += cells(segment);
		if (used > width) return end;
		end += segment.length;
	}
	return end;
}

/** The text, or its beginning and `…` when it is wider than `width` cells; nothing where there is no width. */
export function cut<T extends string>(text: T, width: number, {ascii = false}: FitOptions = {}): Same<T> {
	if (width < 1) return '' as Same<T>;
	if (endWithin(text, width) === text.length) return text as unknown as Same<T>;
	return (text.slice(0, endWithin(text, width - 1)) + (ascii ? '~' : '…')) as Same<T>;
}

/** Exactly `width` cells: cut, or filled with spaces at the end. */
export function pad<T extends string>(text: T, width: number, options?: FitOptions): Same<T> {
	const fitting = cut(text, width, options);
	return (fitting + ' '.repeat(Math.max(0, width - cells(fitting)))) as Same<T>;
}

/** Exactly `width` cells: cut at its end, or filled with spaces at the start. */
export function padStart<T extends string>(text: T, width: number, options?: FitOptions): Same<T> {
	const fitting = cut(text, width, options);
	return (' '.repeat(Math.max(0, width - cells(fitting))) + fitting) as Same<T>;
}

/** Pieces of at most `width` cells of a word too long for a line. A grapheme wider than the line is a `…`. */
function pieces(word: string, width: number): string[] {
	if (cells(word) <= width) return [word];
	const list: string[] = [];
	let piece = '';
	let used = 0;
	for (const {segment} of graphemes().segment(word)) {
		const fits = cells(segment) <= width;
		const taken = fits ? cells(segment) : 1;
		if (used + taken > width) {
			list.push(piece);
			piece = '';
			used = 0;
		}
		piece += fits ? segment : '…';
		used += taken;
	}
	return [...list, piece];
}

/** Lines of at most `width` cells, broken at spaces, and inside a word only where it alone is wider. An empty text is one empty line. */
export function wrap<T extends string>(text: T, width: number): Array<Same<T>> {
	const room = Math.max(1, width);
	const lines: string[] = [];
	let line = '';
	for (const [token, spaces = '', word = ''] of text.matchAll(/( *)([^ ]*)/g)) {
		if (token === '') continue;
		if (cells(line + token) <= room) {
			line += token;
			continue;
		}
		if (line !== '') lines.push(line);
		const indented = line === '' && cells(spaces) < room;
		const broken = pieces(indented ? token : word, room);
		line = broken.pop() ?? '';
		for (const piece of broken) lines.push(piece);
	}
	return [...lines, line] as Array<Same<T>>;
}

/** As `wrap`; the lines after the first begin two cells right of where the text begins. */
export function wrapHanging<T extends string>(text: T, width: number): Array<Same<T>> {
	const [first = '' as Same<T>, ...others] = wrap(text, width);
	if (others.length === 0) return [first];
	const indent = ' '.repeat(Math.min(text.search(/\S|$/) + 2, Math.floor(width / 2)));
	const rest = text.slice(first.length).trimStart();
	return [first, ...wrap(rest, width - indent.length).map(line => (indent + line) as Same<T>)];
}

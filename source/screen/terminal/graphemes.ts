// Which pieces of a text share a cell, and how many cells each takes. Segmenting and measuring is slow beside everything else that a
// frame costs, so plain one-cell characters are recognised first, and widths are cached.
import {cells, graphemes} from '../../text/fit.ts';

const ascii = /^[ -~]*$/;
/** Latin, punctuation, arrows to symbols, kana, Han, Hangul: what joins characters lies outside. */
const standAlone =
	/^[ -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e\u2190-\u2bff\u3041-\u3096\u30a1-\u30ff\u4e00-\u9fff\uac00-\ud7a3]*$/;
/** Trigrams, digrams and hexagrams take two cells since Unicode 16, and one before. */
const disputed = /\p{Emoji_Presentation}|\p{Co}|\p{Cn}|[\u2630-\u2637\u268a-\u268f\u4dc0-\u4dff]/u;
const remembered = 4096;
const widths = new Map<string, number>();

/** The graphemes of a text, in order. */
export function* graphemesOf(text: string): Generator<string> {
	if (standAlone.test(text)) yield* text;
	else for (const {segment} of graphemes().segment(text)) yield segment;
}

/** Cells that a grapheme takes; 0 for a mark of its own. */
export function widthOf(grapheme: string): number {
	if (ascii.test(grapheme)) return 1;
	const known = widths.get(grapheme);
	if (known !== undefined) return known;
	if (widths.size === remembered) widths.clear();
	const width = cells(grapheme);
	widths.set(grapheme, width);
	return width;
}

/** Whether terminals differ on the width of a grapheme: emoji, clusters of several code points, private characters. */
export const isUnsure = (grapheme: string): boolean => grapheme.length > 1 || disputed.test(grapheme);

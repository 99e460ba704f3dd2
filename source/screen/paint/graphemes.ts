// Which pieces of a text share a cell, and of which ones terminals disagree how many cells they take: nothing that stands after
// such a piece may depend on who is right.

const segmenter = new Intl.Segmenter(undefined, {granularity: 'grapheme'});
const ascii = /^[ -~]*$/;
const disputed = /\p{Emoji_Presentation}|\p{Co}|\p{Cn}/u;

/** The graphemes of a text, in order. */
export function* graphemesOf(text: string): Generator<string> {
	if (ascii.test(text)) yield* text;
	else for (const {segment} of segmenter.segment(text)) yield segment;
}

/** Whether terminals differ on the width of a grapheme: emoji, clusters of several code points, private characters. */
export const isUnsure = (grapheme: string): boolean => grapheme.length > 1 || disputed.test(grapheme);

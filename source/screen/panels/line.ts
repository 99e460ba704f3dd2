/*
A row of the screen as spans, put together before Ink sees it: a row is then exactly as wide as the screen whatever
is in it, and there is nothing left to shrink or wrap that could go stale. Whatever text becomes a span is made safe here.
*/
import type {SafeText} from '../../text/clean.ts';
import {safe} from '../../text/clean.ts';
import {cells, cut, pad, padStart} from '../../text/fit.ts';
import type {Colour, Mark, Theme} from '../theme.ts';

/** How a span looks. `spin`: its one cell turns while something runs. */
export type Look = {
	readonly colour?: Colour | undefined;
	readonly background?: Colour | undefined;
	readonly bold?: boolean;
	readonly dim?: boolean;
	readonly inverse?: boolean;
	readonly spin?: boolean;
};

export type Span = {readonly text: SafeText; readonly look: Look};

/** Spans from the first column on. Lines that reach the painter are exactly as wide as the screen. */
export type Line = readonly Span[];

export const plain: Look = {};
export const bold: Look = {bold: true};
export const dim: Look = {dim: true};
/** Keys that may be pressed now. */
export const keyLook: Look = {colour: 'cyan', bold: true};

export const span = (text: string, look: Look = plain): Span => ({text: safe(text), look});

/** Exactly `width` cells, from the left. */
export const cell = (text: string, width: number, look: Look = plain): Span => ({text: pad(safe(text), width), look});

/** Exactly `width` cells, against the right. */
export const cellEnd = (text: string, width: number, look: Look = plain): Span => ({
	text: padStart(safe(text), width),
	look,
});

/** Shape of a status, one cell, in its colour. */
export const shape = (mark: Mark): Span => ({
	text: mark.shape,
	look: {colour: mark.colour, bold: !mark.dim, dim: mark.dim},
});

/** Word of a status in its colour. */
export const word = (mark: Mark, width = cells(mark.word)): Span =>
	cell(mark.word, width, {colour: mark.colour, dim: mark.dim});

/** Exactly `rows` lines: those too many are left out, missing ones are empty. */
export const filled = (lines: readonly Line[], rows: number): readonly Line[] =>
	Array.from({length: Math.max(0, rows)}, (_, at) => lines[at] ?? []);

export const blank = (width: number): Span => span(' '.repeat(Math.max(0, width)));

/** As wide as the widest text of these rows, from `least` to `most` cells. */
export const widest = <T>(rows: readonly T[], text: (row: T) => string, least: number, most: number): number =>
	Math.min(most, Math.max(least, ...rows.map(row => widthOfText(text(row)))));

export const widthOf = (spans: Line): number => spans.reduce((sum, {text}) => sum + cells(text), 0);

/** Spans of exactly `width` cells: cut with `…`, or filled with spaces. */
export const fitted = (spans: Line, width: number): Line => {
	const missing = width - widthOf(spans);
	if (missing >= 0) return missing === 0 ? spans : [...spans, blank(missing)];
	const kept: Span[] = [];
	let room = width;
	for (const {text, look} of spans) {
		const wide = cells(text);
		// A span that ends where the row ends is cut too: something follows it, and that is to be seen.
		const shown = wide < room ? text : pad(safe(`${text} .`), room);
		if (room > 0) kept.push({text: shown, look});
		room -= cells(shown);
	}
	return kept;
};

/** `left` at its start, `right` at its end, a space or more between them; where both do not fit, `left` is cut. */
export const spread = (width: number, left: Line, right: Line): Line => {
	const end = widthOf(right);
	if (end === 0) return fitted(left, width);
	if (end >= width) return fitted(right, width);
	return [...fitted([...fitted(left, width - end - 1), blank(1)], width - end), ...right];
};

/** With a margin of one cell at both sides, as every row has; `mark` is in the left one. */
export const inset = (width: number, left: Line, right: Line = [], mark: Span = blank(1)): Line => [
	...fitted([mark], Math.min(1, width)),
	...spread(Math.max(0, width - 2), left, right),
	...(width > 1 ? [blank(1)] : []),
];

/** At most `width` cells. */
export const short = (text: string, width: number): SafeText => cut(safe(text), width);

/** Cells that a text takes as a span. */
export const widthOfText = (text: string): number => cells(safe(text));

/** In the margin of a row: a mark of its own, no colour. */
export const markOf = (theme: Theme, is: boolean): Span => (is ? span(theme.glyph.chosen, bold) : blank(1));

/** A whole row with the mark in its margin, where it has one. */
export const withMark = (line: Line, theme: Theme, is: boolean): Line =>
	is ? [markOf(theme, is), ...line.slice(1)] : line;

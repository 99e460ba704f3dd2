/*
What the board measures with: bars of progress, and whether a pane is narrow.
*/
import type {Colour, Theme} from '../../theme.ts';
import {dim, type Line, span} from '../line.ts';

/** Below this a row keeps one time, and its name is at the end. */
export const isNarrow = (columns: number): boolean => columns < 76;

/** Cells that a column of names may take. */
export const nameWidth = (columns: number): number => {
	if (columns < 50) return 10;
	return columns < 100 ? 16 : 30;
};

/** `████░░` of `width` cells; `share` from 0 to 1. */
export const progressBar = ({glyph}: Theme, share: number, width: number, colour: Colour): Line => {
	const filled = Math.max(0, Math.min(width, Math.floor(share * width)));
	return [span(glyph.full.repeat(filled), {colour}), span(glyph.empty.repeat(Math.max(0, width - filled)), dim)];
};

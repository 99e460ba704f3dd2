/*
A text longer than its room, from the line one scrolled to; never past its end.
*/
import {type SafeText, safe} from '../../text/clean.ts';
import type {Line} from './line.ts';

/** At most `rows` lines, and where they stand: `1-20 of 57`, empty where all are shown. */
export const scrolled = (
	lines: readonly Line[],
	scroll: number,
	rows: number,
): {readonly shown: readonly Line[]; readonly place: SafeText} => {
	if (lines.length <= rows) return {shown: lines, place: safe('')};
	const from = Math.max(0, Math.min(scroll, lines.length - rows));
	return {shown: lines.slice(from, from + rows), place: safe(`${from + 1}-${from + rows} of ${lines.length}`)};
};

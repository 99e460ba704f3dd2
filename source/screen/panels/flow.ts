/*
Short pieces one after the other, and texts that are never cut, on as many rows as they take.
*/
import {safe} from '../../text/clean.ts';
import {wrap} from '../../text/fit.ts';
import type {Mark} from '../theme.ts';
import {blank, inset, type Line, type Look, plain, shape, span, widthOf} from './line.ts';

/** What runs, as it will run: never cut, on as many rows as it takes. */
export const verbatim = (columns: number, text: string): readonly Line[] =>
	paragraph(columns, text, {lead: [blank(2)]});

/** `A=1   B=2`. */
export const pairs = (values: Readonly<Record<string, string>>): string =>
	Object.entries(values)
		.map(([key, value]) => `${key}=${value}`)
		.join('   ');

const gap = 3;

/** `free`: cells that stay empty right of it. */
type Around = {readonly lead?: Line; readonly end?: Line; readonly look?: Look; readonly free?: number};

/** A text: `lead` is before its first row, and as much room before the others; `end` behind the first one. */
export const paragraph = (
	columns: number,
	text: string,
	{lead = [], end = [], look = plain, free = 0}: Around = {},
): readonly Line[] => {
	const indent = widthOf(lead);
	const behind = end.length === 0 ? 0 : widthOf(end) + 1;
	return wrap(safe(text), Math.max(10, columns - 2 - indent - behind - free)).map((part, at) =>
		inset(columns, [...(at === 0 ? lead : [blank(indent)]), span(part, look)], at === 0 ? end : []),
	);
};

/** A sentence with the mark of what it says. */
export type Point = {readonly mark: Mark; readonly text: string};

/** One below the other, each on as many rows as it takes. */
export const pointLines = (
	columns: number,
	points: readonly Point[],
	around: Omit<Around, 'lead'> = {},
): readonly Line[] =>
	points.flatMap(({mark, text}) => paragraph(columns, text, {...around, lead: [shape(mark), blank(1)]}));

/** None of the pieces is broken where it would fit on a row of its own. `lead` as of a paragraph. */
export const flowing = (columns: number, pieces: readonly Line[], lead: Line = []): readonly Line[] => {
	const indent = widthOf(lead);
	const room = Math.max(1, columns - 2 - indent);
	const rows: Line[] = [];
	for (const piece of pieces) {
		const last = rows.at(-1);
		if (last !== undefined && widthOf(last) + gap + widthOf(piece) <= room)
			rows[rows.length - 1] = [...last, blank(gap), ...piece];
		else rows.push(piece);
	}
	return rows.map((row, at) => inset(columns, [...(at === 0 ? lead : [blank(indent)]), ...row]));
};

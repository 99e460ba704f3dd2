/*
Short pieces one after the other, on as many rows as they take; none of them is broken where it would fit on a row of its own.
*/
import {blank, inset, type Line, widthOf} from './line.ts';

const gap = 3;

/** `lead` stands before the first row, and as much room before the others. */
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

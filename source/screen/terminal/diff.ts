// What changed from the cells that the real terminal shows to those that it should show, as bytes. Whatever is written is
// marked as shown at once: a frame may end after any row, and the next one goes on from there.
import {isUnsure} from './graphemes.ts';
import {type Cells, firstCell, type Grid} from './grid.ts';
import type {Pen} from './pen.ts';
import {type StyleId, showsOnBlank} from './style.ts';

const eraseFrom = 4;
const bridge = 4;
const unknown = '\0';
const plain = /^[ -~]$/;

/** `ascii`: the terminal knows no other characters; each of their cells becomes `?`. `budget`: bytes after which no further row is begun. */
export type Limits = {readonly ascii: boolean; readonly budget: number};

type Row = {
	readonly wanted: Cells;
	readonly shown: Cells;
	readonly pen: Pen;
	readonly row: number;
	readonly start: number;
	readonly ascii: boolean;
};

const isShown = ({wanted, shown}: Row, at: number) =>
	wanted.text[at] === shown.text[at] && wanted.style[at] === shown.style[at];

function markShown({wanted, shown}: Row, at: number): void {
	shown.text[at] = wanted.text[at] ?? ' ';
	shown.style[at] = wanted.style[at] ?? 0;
}

/** The column after the last cell that is not an unstyled blank. */
function inkedEnd({wanted, start}: Row): number {
	let end = wanted.columns;
	while (end > 0 && wanted.text[start + end - 1] === ' ' && wanted.style[start + end - 1] === 0) end--;
	return end;
}

/** Erases the rest of the line, where that is shorter than writing blanks; tells whether it did. */
function eraseRest(line: Row, column: number): boolean {
	const rest = Array.from({length: line.wanted.columns - column}, (_, index) => line.start + column + index);
	const stale = rest.findLastIndex(at => !isShown(line, at)) + 1;
	if (stale < eraseFrom) return false;
	line.pen.moveTo(line.row, column);
	line.pen.wear(0);
	line.pen.eraseLine();
	for (const at of rest) markShown(line, at);
	return true;
}

/** The style to write a cell in: its own, or whatever is worn where a blank does not show it. */
function wornFor({wanted, pen}: Row, at: number): StyleId {
	const style = wanted.style[at] ?? 0;
	return style === 0 && wanted.text[at] === ' ' && !showsOnBlank(pen.style) ? pen.style : style;
}

/** To get over a few cells that are there already, writing them again is shorter than moving. */
function cross(line: Row, column: number): void {
	const {wanted, pen, row, start} = line;
	const from = pen.row === row ? pen.column : null;
	if (from === null || from >= column || column - from > bridge) return;
	const between = wanted.text.slice(start + from, start + column);
	const asIs = between.every((text, index) => plain.test(text) && wornFor(line, start + from + index) === pen.style);
	if (asIs) pen.write(between.join(''), between.length);
}

/** A grapheme of disputed width: blanks under it first, and its neighbour is written again in its own place. */
function paintUnsure({wanted, shown, pen, row, start}: Row, column: number, text: string, width: number): void {
	pen.write(' '.repeat(width), width);
	pen.moveTo(row, column);
	pen.writeUnsure(text);
	if (column + width < wanted.columns) shown.text[start + column + width] = unknown;
}

/** Writes the grapheme at this column, and answers with the column after it. */
function paintCell(line: Row, column: number): number {
	const {wanted, pen, start} = line;
	const at = start + column;
	const text = wanted.text[at] ?? ' ';
	let width = 1;
	while (column + width < wanted.columns && wanted.text[at + width] === '') width++;
	cross(line, column);
	pen.moveTo(line.row, column);
	pen.wear(wornFor(line, at));
	if (line.ascii && !plain.test(text)) pen.write('?'.repeat(width), width);
	else if (isUnsure(text)) paintUnsure(line, column, text, width);
	else pen.write(text, width);
	for (let cell = at; cell < at + width; cell++) markShown(line, cell);
	return column + width;
}

function paintRow(line: Row): void {
	const {wanted, start} = line;
	const end = inkedEnd(line);
	for (let column = 0; column < wanted.columns; ) {
		if (isShown(line, start + column)) column++;
		else if (wanted.text[start + column] === '') column = paintCell(line, firstCell(wanted, start + column) - start);
		else if (column >= end && eraseRest(line, column)) return;
		else column = paintCell(line, column);
	}
}

/** Writes rows in this order with the pen until the budget is spent, and takes those that are shown now out of `touched`. */
export function paintChanges(
	{cells: wanted, touched}: Pick<Grid, 'cells' | 'touched'>,
	shown: Cells,
	pen: Pen,
	order: readonly number[],
	limits: Limits,
): void {
	for (const row of order) {
		if (pen.bytes.length > limits.budget) return;
		paintRow({wanted, shown, pen, row, start: row * wanted.columns, ascii: limits.ascii});
		touched.delete(row);
	}
}

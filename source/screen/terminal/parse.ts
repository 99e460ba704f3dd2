// Reads what Ink writes, as a terminal would. Ink speaks a small dialect; what it never says is dropped, so that nothing that
// slipped into a text can reach the real terminal as a command.
import {isPlain} from '../../text/fit.ts';
import {graphemesOf, widthOf} from './graphemes.ts';
import type {Grid} from './grid.ts';
import {afterSgr} from './style.ts';

const token =
	/\u001b\[([?>=<]?)([\d;]*)([@-~])|\u001b[\]P_^X][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[\n\r]|[\u0000-\u001f\u007f-\u009f]|[^\u0000-\u001f\u007f-\u009f]+/g;

type Act = (grid: Grid, count: number, parameters: readonly number[], given: string) => void;

const end = (grid: Grid) => grid.cells.text.length;
const line = (grid: Grid) => grid.row * grid.cells.columns;

const acts: Readonly<Record<string, Act>> = {
	m: (grid, _count, _parameters, given) => (grid.style = afterSgr(grid.style, given)),
	A: (grid, count) => grid.moveTo(grid.row - count, grid.column),
	B: (grid, count) => grid.moveTo(grid.row + count, grid.column),
	C: (grid, count) => grid.moveTo(grid.row, grid.column + count),
	D: (grid, count) => grid.moveTo(grid.row, grid.column - count),
	E: (grid, count) => grid.moveTo(grid.row + count, 0),
	F: (grid, count) => grid.moveTo(grid.row - count, 0),
	G: (grid, count) => grid.moveTo(grid.row, count - 1),
	H: (grid, count, [, column]) => grid.moveTo(count - 1, (column || 1) - 1),
	K: (grid, _count, [part = 0]) =>
		grid.erase(part === 0 ? grid.at : line(grid), part === 1 ? grid.at + 1 : line(grid) + grid.cells.columns),
	J: (grid, _count, [part = 0]) => grid.erase(part === 0 ? grid.at : 0, part === 1 ? grid.at + 1 : end(grid)),
};

/** Modes that Ink sets and clears: the cursor's visibility, and a frame that is to appear at once. */
const modes: Readonly<Record<string, (grid: Grid, on: boolean) => void>> = {
	'25': (grid, on) => (grid.cursorShown = on),
	'2026': (grid, on) => (grid.frameOpen = on),
};

function write(grid: Grid, text: string): void {
	if (isPlain(text)) {
		grid.putPlain(text);
		return;
	}
	for (const grapheme of graphemesOf(text)) {
		const width = widthOf(grapheme);
		if (width === 0) grid.combine(grapheme);
		else grid.put(grapheme, width);
	}
}

/** Brings what Ink wrote onto the grid; every write of Ink's holds whole sequences. */
export function interpret(grid: Grid, written: string): void {
	for (const [text, mark, given = '', final = ''] of written.matchAll(token)) {
		if (text === '\n') grid.lineFeed();
		else if (text === '\r') grid.moveTo(grid.row, 0);
		else if (mark === '?') modes[given]?.(grid, final === 'h');
		else if (mark === '') {
			const parameters = given === '' ? [] : given.split(';').map(Number);
			acts[final]?.(grid, parameters[0] || 1, parameters, given);
		} else if (text >= ' ' && mark === undefined && !/^[\u007f-\u009f]/.test(text)) write(grid, text);
	}
}

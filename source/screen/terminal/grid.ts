// The cells of a terminal and its cursor, as Ink believes them to be. It moves, erases and scrolls as a real terminal does, because
// Ink places each frame relative to where the last one left the cursor. It does not wrap: what is too long for its row is lost,
// so that a frame of the old width, drawn once more after a resize, cannot shift the rows below.
import {type StyleId, showsOnBlank} from './style.ts';

/** Row after row: a grapheme in its first cell, an empty string in each further cell that it takes. */
export type Cells = {
	readonly columns: number;
	readonly rows: number;
	readonly text: string[];
	readonly style: Int32Array;
};

/** Blank cells without style. */
export const blankCells = (columns: number, rows: number): Cells => ({
	columns,
	rows,
	text: new Array<string>(columns * rows).fill(' '),
	style: new Int32Array(columns * rows),
});

/** Where the grapheme begins that this cell belongs to. */
export function firstCell({text}: Cells, at: number): number {
	let first = at;
	while (first > 0 && text[first] === '') first--;
	return first;
}

const within = (n: number, end: number) => Math.max(0, Math.min(n, end - 1));

/** A terminal's grid; rows and columns count from 0. `column` is one past the last where a row is full. */
export class Grid {
	cells: Cells;
	row = 0;
	column = 0;
	style: StyleId = 0;
	cursorShown = true;
	/** Between the beginning and the end of a frame: not to be shown yet. */
	frameOpen = false;
	/** Rows that were written to since somebody took them out: a second changes one of them, and all would be compared cell by cell. */
	readonly touched = new Set<number>();

	constructor(columns: number, rows: number) {
		this.cells = blankCells(columns, rows);
		this.touchAll();
	}

	touchAll(): void {
		for (let row = 0; row < this.cells.rows; row++) this.touched.add(row);
	}

	/** Keeps what stays visible, scrolled up as far as the cursor's row needs. */
	resize(columns: number, rows: number): void {
		const old = this.cells;
		const lost = Math.max(0, this.row - rows + 1);
		this.cells = blankCells(columns, rows);
		const width = Math.min(columns, old.columns);
		for (let row = 0; row < Math.min(rows, old.rows - lost); row++) {
			const from = (row + lost) * old.columns;
			const end = width < old.columns ? firstCell(old, from + width) - from : width;
			for (let column = 0; column < end; column++) {
				this.cells.text[row * columns + column] = old.text[from + column] ?? ' ';
				this.cells.style[row * columns + column] = old.style[from + column] ?? 0;
			}
		}
		this.touched.clear();
		this.touchAll();
		this.moveTo(this.row - lost, this.column);
	}

	moveTo(row: number, column: number): void {
		this.row = within(row, this.cells.rows);
		this.column = within(column, this.cells.columns);
	}

	lineFeed(): void {
		this.column = 0;
		if (this.row < this.cells.rows - 1) this.row++;
		else this.#scroll();
	}

	/** Writes a grapheme of `width` cells at the cursor, where the row has room for it. */
	put(text: string, width: number): void {
		const {columns} = this.cells;
		const at = this.row * columns + this.column;
		if (this.column + width > columns) {
			this.column = columns;
			return;
		}
		this.#fill(at, at + width, '', text === ' ' && !showsOnBlank(this.style) ? 0 : this.style);
		this.cells.text[at] = text;
		this.column += width;
	}

	/** Writes a text whose characters take one cell each. */
	putPlain(text: string): void {
		const {columns, text: cells, style: styles} = this.cells;
		const from = this.row * columns + this.column;
		const length = Math.min(text.length, columns - this.column);
		const blank = showsOnBlank(this.style) ? this.style : 0;
		this.touched.add(this.row);
		this.#blankCutGraphemes(from, from + length);
		for (let at = 0; at < length; at++) {
			const character = text[at] ?? ' ';
			cells[from + at] = character;
			styles[from + at] = character === ' ' ? blank : this.style;
		}
		this.column += length;
	}

	/** Adds a mark without a width of its own to the grapheme before the cursor. */
	combine(mark: string): void {
		if (this.column === 0) return;
		this.touched.add(this.row);
		this.cells.text[firstCell(this.cells, this.at - (this.column < this.cells.columns ? 1 : 0))] += mark;
	}

	/** Blanks the cells from `from` up to `to`, counted over the whole grid. */
	erase(from: number, to: number): void {
		this.#fill(from, to, ' ', 0);
	}

	/** The cursor's cell counted over the whole grid; past the end of a line it is the line's last. */
	get at(): number {
		return this.row * this.cells.columns + within(this.column, this.cells.columns);
	}

	/** Where a wide grapheme lies across the border of what is filled, the rest of it becomes blank. */
	#blankCutGraphemes(from: number, to: number): void {
		const {text} = this.cells;
		for (let at = to; text[at] === ''; at++) text[at] = ' ';
		for (let at = firstCell(this.cells, from); at < from; at++) text[at] = ' ';
	}

	#fill(from: number, to: number, filling: string, style: StyleId): void {
		const {columns, text, style: styles} = this.cells;
		for (let row = Math.floor(from / columns); row * columns < to; row++) this.touched.add(row);
		this.#blankCutGraphemes(from, to);
		for (let at = from; at < to; at++) {
			text[at] = filling;
			styles[at] = style;
		}
	}

	#scroll(): void {
		const {columns, text, style} = this.cells;
		text.copyWithin(0, columns);
		style.copyWithin(0, columns);
		this.touchAll();
		this.erase(text.length - columns, text.length);
	}
}

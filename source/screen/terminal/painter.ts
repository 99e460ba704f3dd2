// A terminal inside the program. It takes frames as Ink writes them and brings to the real terminal only the cells that changed,
// when the real one is ready for them; what changed several times meanwhile is painted once, as it is now.

import {paintChanges} from './diff.ts';
import type {Acknowledgement} from './flow-control.ts';
import {blankCells, type Cells, Grid} from './grid.ts';
import {interpret} from './parse.ts';
import {Pen} from './pen.ts';

/** Rows from `from` up to, and without, `to`, counted from 0. */
export type Rows = {readonly from: number; readonly to: number};

/** `write` brings bytes to the terminal; false when it takes no more before `flush` is called again. */
export type PainterPorts = {
	readonly write: (bytes: string) => boolean;
	readonly acknowledgement: Acknowledgement;
	readonly ascii: boolean;
};

const askedFrom = 40;
const atOnceFrom = 64;
const atOnce = (bytes: string) => (bytes.length > atOnceFrom ? `\u001b[?2026h${bytes}\u001b[?2026l` : bytes);

/** Paints one terminal of this size. */
export class Painter {
	/** Painted last when the line is slow, their end first: what flows through them matters less than the rest. */
	last: Rows = {from: 0, to: 0};
	readonly #ports: PainterPorts;
	readonly #grid: Grid;
	#shown: Cells;
	#pen: Pen;
	#known = false;
	#cursorShown: boolean | null = null;
	#held = false;
	#hurried = false;

	constructor(columns: number, rows: number, ports: PainterPorts) {
		this.#ports = ports;
		this.#grid = new Grid(columns, rows);
		this.#shown = blankCells(columns, rows);
		this.#pen = new Pen(columns);
	}

	get columns(): number {
		return this.#grid.cells.columns;
	}

	get rows(): number {
		return this.#grid.cells.rows;
	}

	/** Takes what Ink wrote, and paints unless the frame goes on. */
	write(text: string): void {
		interpret(this.#grid, text);
		this.flush();
	}

	/** The terminal has another size now: `redraw` lets Ink write its next frame, then everything is painted anew. */
	resize(columns: number, rows: number, redraw: () => void): void {
		this.#grid.resize(columns, rows);
		this.#held = true;
		redraw();
		this.#held = false;
		this.repaint();
	}

	/** Paints everything, as if nothing were known of the terminal. */
	repaint(): void {
		this.#known = false;
		this.#grid.touchAll();
		this.#ports.acknowledgement.forget();
		this.flush();
	}

	/** Paints what changed, if the terminal is ready for it. */
	flush(): void {
		const {acknowledgement, write} = this.#ports;
		if (this.#held || this.#grid.frameOpen) return;
		if (acknowledgement.waiting) {
			this.#goAhead();
			return;
		}
		const bytes = this.#frame(this.#order(), acknowledgement.budget);
		if (bytes === '') return;
		this.#hurried = false;
		const question = bytes.length > askedFrom ? acknowledgement.after(bytes.length) : '';
		this.#held = !write(atOnce(bytes) + question);
	}

	/** A key was pressed: what it changes goes beside a frame that is still on its way, but for the rows that are painted last. */
	hurry(): void {
		this.#hurried = true;
	}

	#goAhead(): void {
		const {acknowledgement, write} = this.#ports;
		if (!this.#hurried || !this.#known || acknowledgement.ahead <= 0) return;
		const bytes = this.#frame(this.#firstRows(), acknowledgement.ahead);
		if (bytes === '') return;
		acknowledgement.wentAhead(bytes.length);
		this.#held = !write(atOnce(bytes));
	}

	/** The terminal takes bytes again. */
	drained(): void {
		this.#held = false;
		this.flush();
	}

	#frame(order: readonly number[], limit: number): string {
		this.#pen.bytes = '';
		if (!this.#known) this.#clear();
		const budget = this.#pen.bytes.length + limit;
		paintChanges(this.#grid, this.#shown, this.#pen, order, {ascii: this.#ports.ascii, budget});
		this.#placeCursor();
		return this.#pen.bytes;
	}

	#clear(): void {
		this.#shown = blankCells(this.columns, this.rows);
		this.#pen = new Pen(this.columns);
		this.#pen.clear();
		this.#cursorShown = null;
		this.#known = true;
	}

	#isLast(row: number): boolean {
		return row >= this.last.from && row < this.last.to;
	}

	#rowsWhere(holds: (row: number) => boolean): number[] {
		return [...this.#grid.touched].sort((a, b) => a - b).filter(holds);
	}

	#firstRows(): number[] {
		return this.#rowsWhere(row => !this.#isLast(row));
	}

	#order(): number[] {
		return [...this.#firstRows(), ...this.#rowsWhere(row => this.#isLast(row)).reverse()];
	}

	#placeCursor(): void {
		const {row, cursorShown} = this.#grid;
		if (cursorShown) this.#pen.moveTo(row, this.#grid.at - row * this.columns);
		if (cursorShown === this.#cursorShown) return;
		this.#pen.bytes += cursorShown ? '\u001b[?25h' : '\u001b[?25l';
		this.#cursorShown = cursorShown;
	}
}

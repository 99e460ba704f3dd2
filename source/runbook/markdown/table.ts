/* GFM tables with the column of each cell. Nothing is dropped or padded, and what a table was cut from is kept. */

import {withoutStruck} from './inline.ts';

/** `text`: as written, trimmed, escaped pipes read, without what is struck through; `column` from 1. */
export type Cell = {readonly text: string; readonly line: number; readonly column: number};

export type Row = {readonly cells: readonly Cell[]; readonly line: number};

/** More than any cutover has; what is beyond is not kept. */
export const mostRows = 500;
export const mostColumns = 50;
export const longest = 4000;

export type Table = {
	readonly kind: 'table';
	readonly line: number;
	readonly header: Row;
	/** Dashes under the header. */
	readonly rule: Row;
	/** Those that are apart from it, behind a blank line or a comment, among them. */
	readonly rows: readonly Row[];
	/** The first row that is apart. */
	readonly cut: Row | null;
	/** Line of the last row before the cut. */
	readonly end: number;
	/** The first row that was not kept. */
	readonly overflow: Row | null;
};

export const isGone = (line: string, {cells}: Row): boolean =>
	line.includes('~~') && cells.every(({text}) => text === '');

const dashes = /^:?-+:?$/;

export function isRule(line: string): boolean {
	if (!/^ {0,3}[|:-][|: \t-]*$/.test(line) || !line.includes('-') || !/[|:]/.test(line)) return false;
	return cellsOf(line, 0).cells.every(cell => dashes.test(cell.text));
}

const cellAt = (line: string, number: number, from: number, to: number): Cell => {
	const raw = line.slice(from, to);
	const text = raw.trim();
	// One character more than the longest tells that there were more.
	return {
		text: text.slice(0, longest + 1).replaceAll('\\|', '|'),
		line: number,
		column: from + (text === '' ? 0 : raw.indexOf(text)) + 1,
	};
};

/** The cells of a row; pipes at its ends make none. */
export function cellsOf(raw: string, number: number): Row {
	const line = withoutStruck(raw);
	const cells: Cell[] = [];
	const end = line.trimEnd().length;
	let from = line.length - line.trimStart().length;
	if (line[from] === '|') from++;
	for (let index = from; index < end && cells.length <= mostColumns; index++) {
		if (line[index] === '\\') index++;
		else if (line[index] === '|') {
			cells.push(cellAt(line, number, from, index));
			from = index + 1;
		}
	}
	if (from < end && cells.length <= mostColumns) cells.push(cellAt(line, number, from, end));
	return {cells, line: number};
}

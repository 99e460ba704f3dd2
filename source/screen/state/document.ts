/*
A file that is read, as rows of the screen: long lines go on below, so that every part of them can be reached at any size.
*/
import type {Document} from '../../cutover/model/document.ts';
import {type SafeText, safe} from '../../text/clean.ts';
import {wrap} from '../../text/fit.ts';
import type {OpenDocument, View} from './view.ts';

/** `line`: from 0; `part`: which row of that line. */
export type DocumentRow = {readonly line: number; readonly part: number; readonly text: SafeText};

/** Cells of the line numbers. */
export const numberWidth = ({lines}: Document): number => String(lines.length).length;

const made = new WeakMap<Document, {readonly columns: number; readonly rows: readonly DocumentRow[]}>();

/** In so many columns, margins and line numbers included; an empty file has one empty row. */
export const documentRows = (document: Document, columns: number): readonly DocumentRow[] => {
	const before = made.get(document);
	if (before?.columns === columns) return before.rows;
	const width = Math.max(10, columns - 3 - numberWidth(document));
	const lines = document.lines.length === 0 ? [''] : document.lines;
	const rows = lines.flatMap((text, line) => wrap(safe(text), width).map((row, part) => ({line, part, text: row})));
	made.set(document, {columns, rows});
	return rows;
};

/** Index of the row under the cursor. */
export const rowAt = ({document, line, part}: OpenDocument, columns: number): number => {
	const rows = documentRows(document, columns);
	const found = rows.findLastIndex(row => row.line === line && row.part <= part);
	return Math.max(0, found);
};

const withTop = (view: View, change: (top: OpenDocument) => OpenDocument): View => {
	const top = view.documents.at(-1);
	return top === undefined ? view : {...view, documents: [...view.documents.slice(0, -1), change(top)]};
};

export const moveDocument = (view: View, by: number): View =>
	withTop(view, top => {
		const rows = documentRows(top.document, view.size.columns);
		const at = Math.max(0, Math.min(rows.length - 1, rowAt(top, view.size.columns) + by));
		return {...top, line: rows[at]?.line ?? 0, part: rows[at]?.part ?? 0};
	});

export const atLine = (view: View, line: number): View => withTop(view, top => ({...top, line, part: 0}));

/** Indices of the lines that hold a text, in whatever case. */
export const linesThatHold = ({lines}: Document, text: string): readonly number[] => {
	const sought = text.toLowerCase();
	return lines.flatMap((line, at) => (line.toLowerCase().includes(sought) ? [at] : []));
};

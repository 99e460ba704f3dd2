/*
What must be true of every table that counts: a cell for each column, nothing left behind, no HTML.
*/

import {plain, withoutCode} from './markdown/inline.ts';
import type {List} from './markdown/list.ts';
import {type Cell, longest, mostColumns, mostRows, type Row, type Table} from './markdown/table.ts';
import type {Complain} from './problems/complain.ts';
import {markUsed} from './unused.ts';

const tag = /<(?:!--|\/|!|\?)[^>]{0,40}>?|<([A-Za-z][A-Za-z0-9-]*)(\s[^<>]{0,80}|\/)?>/g;
const html = new Set(
	'a abbr address area article aside audio b base bdi bdo big blockquote body button canvas caption center cite code col data dd del details dfn dialog div dl dt em embed font footer form frame h1 h2 h3 h4 h5 h6 head header hr html i iframe img input ins kbd label legend li link main map mark marquee math menu meta meter nav noscript object ol optgroup option output p param picture pre progress q rp rt ruby s samp script search section select slot small source span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr'.split(
		' ',
	),
);

/** The first HTML of a cell that is neither a line break nor a role in angle brackets. */
function htmlIn(cell: Cell): {readonly text: string; readonly at: number} | null {
	for (const match of withoutCode(cell.text).matchAll(tag)) {
		const [text, name, attributes] = match;
		if (name === undefined) return {text, at: match.index};
		if (name.toLowerCase() === 'br' && /^\s*\/?$/.test(attributes ?? '')) continue;
		if (html.has(name.toLowerCase()) || attributes?.includes('=')) return {text, at: match.index};
	}
	return null;
}

function checkRow(row: Row, wanted: number, complain: Complain): void {
	if (row.cells.length !== wanted) {
		const extra = row.cells[wanted] ?? row.cells[0];
		complain('table-cells', {line: row.line, column: extra?.column ?? 1}, {count: row.cells.length, wanted});
	}
	for (const cell of row.cells) {
		if (cell.text.length > longest) complain('text-long', cell, {most: longest});
		const found = htmlIn(cell);
		if (found) complain('table-html', {line: cell.line, column: cell.column + found.at}, {html: found.text});
	}
}

/** What heads the rows under it: `| **Preparation** | | |`; null where a row is any other. */
export function headOf({cells}: Row): string | null {
	const [only, ...others] = cells.filter(({text}) => text !== '');
	if (!only || others.length > 0 || cells.length < 3) return null;
	return /^(\*{1,3}|_{1,3})[^*_\d]{1,60}\1$/.test(only.text) ? plain(only.text) : null;
}

export const rowsUnderHeads = ({rows}: Table): readonly Row[] => rows.filter(row => headOf(row) === null);

/** `what`: that stands under them. */
export function noteHeads({rows}: Table, what: string, note: (sentence: string) => void): void {
	for (const row of rows) {
		const head = headOf(row);
		if (head !== null) note(`"${head}" on line ${row.line} heads ${what} under it.`);
	}
}

const checked = new WeakSet<Table>();

/** Complains of a table once, however many parts read it. */
export function checkTable(table: Table, complain: Complain): void {
	if (checked.has(table)) return;
	checked.add(table);
	markUsed(table);
	const wanted = table.header.cells.length;
	if (wanted > mostColumns) {
		complain('table-wide', {line: table.line, column: 1}, {most: mostColumns});
		return;
	}
	if (table.overflow) complain('rows-many', {line: table.overflow.line, column: 1}, {most: mostRows});
	for (const row of [table.header, table.rule, ...table.rows]) checkRow(row, wanted, complain);
	const {cut, end} = table;
	if (cut) complain('table-cut', {line: cut.line, column: cut.cells[0]?.column ?? 1}, {end});
}

/** Complains of a list that is longer than any cutover's. */
export function checkList(list: List, complain: Complain): void {
	const {items, overflow} = list;
	markUsed(list);
	for (const item of items) if (item.text.length > longest) complain('text-long', item, {most: longest});
	if (overflow !== null) complain('rows-many', {line: overflow, column: 1}, {most: mostRows});
}

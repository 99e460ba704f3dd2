/* Which column of a table is which, by its header and the settings' words, and what must be true of every table. */

import {isHan, letter, withoutPictures} from '../text/letters.ts';
import {plain, withoutCode} from './markdown/inline.ts';
import type {List} from './markdown/list.ts';
import {type Cell, longest, mostColumns, mostRows, type Row, type Table} from './markdown/table.ts';
import type {Complain} from './problems/complain.ts';
import {markUsed} from './unused.ts';
import {type Column, columns, normal, saysWhich} from './words/words.ts';

export type MoreColumns = Partial<Readonly<Record<string, readonly string[]>>>;

export type Columns = Partial<Readonly<Record<Column, number>>>;

type Claim = {readonly column: Column; readonly index: number; readonly rank: number};

const inside = 100;

const noLetter = new RegExp(`[^${letter}]`, 'g');

const isLong = (name: string): boolean =>
	/^[a-z]{4}/.test(name) || name.replace(noLetter, '').length >= (isHan.test(name) ? 2 : 4);

const known = new Map<Column, readonly string[]>();

/** Names that are long enough to be found inside another text. */
function longNames(column: Column): readonly string[] {
	const names = known.get(column) ?? columns[column].filter(isLong);
	known.set(column, names);
	return names;
}

/** Rank of a name among those of a column, exactly as it is; the settings' words first. Null where it is none of them. */
export function exactRank(name: string, column: Column, more: MoreColumns): number | null {
	if (more[column]?.some(other => normal(other) === name)) return -1;
	const rank = columns[column].indexOf(name);
	return rank === -1 ? null : rank;
}

/** `Offset (min)`, `Owner [role]`: what is only said about the column. */
const remark = /\s*[([（【][^()[\]（）【】]{0,40}[)\]）】]$/;

/** "How we check it", "Who says OK": by the word that asks. */
function askedRank(header: string, column: Column): number | null {
	const rank = columns[column].indexOf(/^(how|who|what|when) /.exec(header)?.[1] ?? ' ');
	return rank === -1 ? null : 2 * inside + rank;
}

function rankOf(header: string, column: Column, more: MoreColumns): number | null {
	const rank =
		exactRank(header, column, more) ??
		exactRank(header.replace(/\s*\/\s*/g, ' / '), column, more) ??
		exactRank(normal(header.replace(remark, '')), column, more);
	if (rank !== null) return rank;
	const long = longNames(column);
	const within = saysWhich(header, long);
	if (within === -1) return askedRank(header, column);
	return inside + within - (header.endsWith(long[within] ?? ' ') ? inside / 2 : 0);
}

const numbers = /^#?\d+(?:\.\d+)*[.)]?$/;
const mayBeNumbers: ReadonlySet<Column> = new Set(['id', 'limit', 'duration', 'time', 'pass']);

/** A column that only counts its rows says nothing of what is done or checked. */
function counts({rows}: Table, index: number): boolean {
	const isNumber = (text: string): boolean => text.length < 20 && numbers.test(plain(text));
	const texts = rows.map(row => row.cells[index]?.text ?? '');
	return texts.some(text => text !== '') && texts.every(text => text === '' || isNumber(text));
}

/** Each wanted column where it fits best, each header once. `barred`: a column that one of them is not. */
export function columnsOf(
	table: Table,
	wanted: readonly Column[],
	more: MoreColumns,
	barred: {readonly column: Column; readonly index: number} | null = null,
): Columns {
	const headers = table.header.cells.map(cell => normal(withoutPictures(plain(cell.text))));
	const claims = headers.flatMap((header, index) => {
		const isNumbers = counts(table, index);
		return wanted.flatMap((column): Claim[] => {
			const isBarred = barred?.column === column && barred.index === index;
			const mayBe = header !== '' && !isBarred && (!isNumbers || mayBeNumbers.has(column));
			const rank = mayBe ? rankOf(header, column, more) : null;
			return rank === null ? [] : [{column, index, rank}];
		});
	});
	const found = new Map<Column, number>();
	const taken = new Set<number>();
	for (const {column, index} of claims.toSorted((a, b) => a.rank - b.rank)) {
		if (found.has(column) || taken.has(index)) continue;
		found.set(column, index);
		taken.add(index);
	}
	return Object.fromEntries(found);
}

const nothing = (line: number): Cell => ({text: '', line, column: 1});

export const cellOf = (row: Row, index: number | undefined): Cell =>
	(index === undefined ? undefined : row.cells[index]) ?? nothing(row.line);

export function rest(table: Table, row: Row, read: Columns): Readonly<Record<string, string>> {
	const indexes = new Set(Object.values(read));
	return Object.fromEntries(
		table.header.cells.flatMap((header, index) => {
			const value = plain(row.cells[index]?.text ?? '');
			const name = plain(header.text);
			return indexes.has(index) ||
				(/^(?:#|no\.?|nr\.?)$/i.test(name) && numbers.test(value)) ||
				/^[-–—]?$/.test(value) ||
				name === '' ||
				name === '__proto__'
				? []
				: [[name, value]];
		}),
	);
}

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

/** Rows that head none, each with the head that it is under; empty before the first. */
export function underHeads({rows}: Table): readonly {readonly row: Row; readonly head: string}[] {
	let above = '';
	return rows.flatMap(row => {
		const head = headOf(row);
		above = head ?? above;
		return head === null ? [{row, head: above}] : [];
	});
}

export const rowsUnderHeads = (table: Table): readonly Row[] => underHeads(table).map(({row}) => row);

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
	checkRows(table, complain);
}

export function checkRows(table: Table, complain: Complain): void {
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

export function checkList(list: List, complain: Complain): void {
	const {items, overflow} = list;
	markUsed(list);
	for (const item of items) if (item.text.length > longest) complain('text-long', item, {most: longest});
	if (overflow !== null) complain('rows-many', {line: overflow, column: 1}, {most: mostRows});
}

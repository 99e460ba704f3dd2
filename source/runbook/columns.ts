/*
Which column of a table is which: by the words of its header, the settings' words first. A column that no rule knows is kept.
*/

import {isHan, letter, withoutPictures} from '../text/letters.ts';
import {plain} from './markdown/inline.ts';
import type {Cell, Row, Table} from './markdown/table.ts';
import {type Column, columns} from './words/synonyms.ts';
import {normal, saysWhich} from './words/words.ts';

/** More names for columns, from the settings. */
export type MoreColumns = Partial<Readonly<Record<string, readonly string[]>>>;

export type Columns = Partial<Readonly<Record<Column, number>>>;

type Claim = {readonly column: Column; readonly index: number; readonly rank: number};

const inside = 100;

type Names = {readonly exact: ReadonlyMap<string, number>; readonly long: readonly string[]};

const noLetter = new RegExp(`[^${letter}]`, 'g');

const isLong = (name: string): boolean =>
	/^[a-z]{4}/.test(name) || name.replace(noLetter, '').length >= (isHan.test(name) ? 2 : 4);

const known = new Map<Column, Names>();

/** Names as headers are compared, as the table of synonyms has them, and those long enough to be found inside another text. */
function namesOf(column: Column): Names {
	const before = known.get(column);
	if (before) return before;
	const names = columns[column];
	const made = {
		exact: new Map(names.map((name, index) => [name, index] as const).toReversed()),
		long: names.filter(isLong),
	};
	known.set(column, made);
	return made;
}

/** Rank of a name among those of a column, exactly as it is; the settings' words first. Null where it is none of them. */
export function exactRank(name: string, column: Column, more: MoreColumns): number | null {
	if (more[column]?.some(other => normal(other) === name)) return -1;
	return namesOf(column).exact.get(name) ?? null;
}

/** `Offset (min)`, `Owner [role]`: what is only said about the column. */
const remark = /\s*[([（【][^()[\]（）【】]{0,40}[)\]）】]$/;

/** "How we check it", "Who says OK": by the word that asks. */
function askedRank(header: string, column: Column): number | null {
	const asked = /^(how|who|what|when) /.exec(header)?.[1];
	const rank = asked === undefined ? undefined : namesOf(column).exact.get(asked);
	return rank === undefined ? null : 2 * inside + rank;
}

function rankOf(header: string, column: Column, more: MoreColumns): number | null {
	const rank =
		exactRank(header, column, more) ??
		exactRank(header.replace(/\s*\/\s*/g, ' / '), column, more) ??
		exactRank(normal(header.replace(remark, '')), column, more);
	if (rank !== null) return rank;
	const {long} = namesOf(column);
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

/** The cell of a row under that column; an empty one where there is none. */
export const cellOf = (row: Row, index: number | undefined): Cell =>
	(index === undefined ? undefined : row.cells[index]) ?? nothing(row.line);

/** What a row says in the columns that no rule knows, by their headers. */
export function rest(table: Table, row: Row, read: Columns): Readonly<Record<string, string>> {
	const indexes = new Set(Object.values(read));
	return Object.fromEntries(
		table.header.cells.flatMap((header, index) => {
			const value = plain(row.cells[index]?.text ?? '');
			const name = plain(header.text);
			return indexes.has(index) || /^[-–—]?$/.test(value) || name === '' || name === '__proto__' ? [] : [[name, value]];
		}),
	);
}

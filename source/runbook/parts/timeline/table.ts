/*
A timeline as a table with a column of times.
*/
import {type Columns, cellOf, columnsOf, rest} from '../../columns.ts';
import type {Placed} from '../../document.ts';
import {plain} from '../../markdown/inline.ts';
import type {Row, Table} from '../../markdown/table.ts';
import {start} from '../../problems/complain.ts';
import type {Reading} from '../../reading.ts';
import {rolesOf} from '../../roles.ts';
import {checkTable, headOf} from '../../tables.ts';
import {checkedOffset, durationIn, unitIn} from './cells.ts';
import {looksTimed, mayBeTimed, type Offset, offsetOf} from './offset.ts';
import {type Candidate, headingRank, mostly, type StageRow} from './row.ts';

const wanted = ['time', 'owner', 'action', 'evidence', 'duration'] as const;

/** `unit`: that its header gives to numbers without one. */
type TimeColumn = {readonly index: number; readonly bare: boolean; readonly unit: string};

const columnAt = (table: Table, index: number, bare = false): TimeColumn => ({index, bare, unit: unitIn(table, index)});

const offsetsOf = (table: Table, {index, ...how}: TimeColumn): readonly (Offset | null)[] =>
	rowsUnderHeads(table).map(row => {
		const {text} = cellOf(row, index);
		return mayBeTimed(text) ? offsetOf(plain(text), how) : null;
	});

const rowsUnderHeads = ({rows}: Table): readonly Row[] => rows.filter(row => headOf(row) === null);

/** Numbers without a sign come after zero only where those before it have theirs. */
const areSigned = (texts: readonly string[]): boolean =>
	texts.every(text => /^(?:[-+\u2010-\u2015\u2212]|0$)/.test(text)) ||
	texts.some(text => /^[-\u2010-\u2015\u2212] ?\d/.test(text));

/** The letter T alone is a time among others, and elsewhere an answer. */
const hasNumber = (table: Table, index: number): boolean => table.rows.some(row => /\d/.test(cellOf(row, index).text));

/** The column whose cells are offsets: the one with a header for times, else any. A `T` may be missing only under such a header. */
function timeColumn(table: Table, named: number | undefined): TimeColumn | null {
	const isTimes = (index: number): boolean =>
		mostly(offsetsOf(table, columnAt(table, index))) && hasNumber(table, index);
	if (named !== undefined && isTimes(named)) return columnAt(table, named);
	const index = table.header.cells.findIndex((_, at) => at !== named && isTimes(at));
	if (index !== -1) return columnAt(table, index);
	const bare = named === undefined ? null : columnAt(table, named, true);
	if (!bare || table.rows.length < 2 || !areSigned(table.rows.map(row => plain(cellOf(row, bare.index).text))))
		return null;
	return offsetsOf(table, bare).every(offset => offset !== null) ? bare : null;
}

function noteHeads({rows}: Table, {note}: Reading): void {
	for (const row of rows) {
		const head = headOf(row);
		if (head !== null) note(`"${head}" on line ${row.line} heads the rows of the timeline under it.`);
	}
}

/** What no column of the table says; told once instead of in each row. */
function lacking({header, rows}: Table, known: Columns, {complain}: Reading): readonly ('owner' | 'action')[] {
	const lacks = (['owner', 'action'] as const).filter(what => known[what] === undefined);
	const headers = header.cells.map(({text}) => `"${plain(text)}"`).join(', ');
	if (rows.length > 1) for (const what of lacks) complain('timeline-column', header.cells[0] ?? start, {what, headers});
	return rows.length > 1 ? lacks : [];
}

function rowsOf(table: Table, known: Columns, {bare, unit}: TimeColumn, reading: Reading): readonly StageRow[] {
	checkTable(table, reading.complain);
	const boxUnit = unitIn(table, known.duration);
	const lacks = lacking(table, known, reading);
	noteHeads(table, reading);
	return rowsUnderHeads(table).flatMap(row => {
		const at = cellOf(row, known.time);
		const offset = checkedOffset(offsetOf(plain(at.text), {bare, unit}), at, reading);
		if (!offset) return [];
		return [
			{
				id: offset.id,
				offsetSeconds: offset.seconds,
				owners: rolesOf(cellOf(row, known.owner), reading.roles, reading.complain),
				action: plain(cellOf(row, known.action).text),
				evidence: plain(cellOf(row, known.evidence).text),
				durationSeconds: durationIn(cellOf(row, known.duration), offset.id, reading, boxUnit),
				line: row.line,
				column: at.column,
				more: rest(table, row, {...known, ...(known.duration === undefined ? {} : {duration: -1})}),
				lacks,
			},
		];
	});
}

/** The columns, that of the times where it is and not where its name says. */
function columnsWith(named: Columns, time: number): Columns {
	const others = Object.entries(named).filter(([name, index]) => name !== 'time' && index !== time);
	return {...Object.fromEntries(others), time};
}

type Found = {readonly named: Columns; readonly found: TimeColumn | null};

const known = new WeakMap<Table, Found>();

/** Looked for once, however many parts ask whether a table is a timeline. */
function columnsIn(table: Table, {columns}: Reading): Found {
	const before = known.get(table);
	if (before) return before;
	const named = columnsOf(table, wanted, columns);
	const found = {named, found: timeColumn(table, named.time)};
	known.set(table, found);
	return found;
}

/**
Null where no column holds times. `hoped`: under a heading that promises the timeline a column of that name counts although
hardly a time in it can be read, so that each is told.
*/
export function fromTable({block, section}: Placed<Table>, reading: Reading, hoped = false): Candidate | null {
	const {named, found} = columnsIn(block, reading);
	const time = found ?? (hoped && named.time !== undefined ? columnAt(block, named.time) : null);
	if (!time) return null;
	return {
		line: block.line,
		section,
		looks: block.rows.some(row => looksTimed(plain(cellOf(row, time.index).text))),
		offsets: offsetsOf(block, time),
		underHeading: headingRank(section),
		stages: [],
		rows: () => rowsOf(block, columnsWith(named, time.index), time, reading),
	};
}

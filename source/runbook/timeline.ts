/*
The timeline: a table with a time column, or a list whose items begin with an offset. What kind a stage is and which gates
it runs is told later, when the gates are known.
*/
import {cellOf, columnsOf, rest} from './columns.ts';
import {start} from './complain.ts';
import type {Placed, Section} from './document.ts';
import {durationOf} from './duration.ts';
import {fieldsOf, fullText, ownersOfItem} from './items.ts';
import {plain} from './markdown/inline.ts';
import type {List} from './markdown/list.ts';
import type {Cell, Table} from './markdown/table.ts';
import {farthestSeconds, type Offset, offsetAt, offsetOf} from './offset.ts';
import type {Reading} from './reading.ts';
import {rolesOf} from './roles.ts';
import {words} from './synonyms.ts';
import {checkList, checkTable} from './tables.ts';
import {says} from './words.ts';

export type StageRow = {
	readonly id: string;
	readonly offsetSeconds: number;
	readonly owners: readonly string[];
	readonly action: string;
	readonly evidence: string;
	/** Its time box, where a column gives one. */
	readonly durationSeconds: number | null;
	readonly line: number;
	readonly column: number;
	readonly more: Readonly<Record<string, string>>;
};

/** A table or list that reads as a timeline; its rows are read when it is chosen. */
type Candidate = {
	readonly line: number;
	readonly size: number;
	readonly hasZero: boolean;
	readonly underHeading: number;
	readonly rows: () => readonly StageRow[];
};

const wanted = ['time', 'owner', 'action', 'evidence', 'duration'] as const;

const offsetsOf = (table: Table, index: number, bare: boolean): readonly (Offset | null)[] =>
	table.rows.map(row => offsetOf(plain(cellOf(row, index).text), bare));
const mostly = (offsets: readonly (Offset | null)[]): boolean => {
	const hits = offsets.filter(offset => offset !== null).length;
	return hits > 0 && hits * 2 >= offsets.length;
};

/** The column whose cells are offsets: the one with a header for times, else any. A `T` may be missing only under such a header. */
function timeColumn(table: Table, named: number | undefined): {readonly index: number; readonly bare: boolean} | null {
	if (named !== undefined && mostly(offsetsOf(table, named, false))) return {index: named, bare: false};
	const index = table.header.cells.findIndex((_, at) => at !== named && mostly(offsetsOf(table, at, false)));
	if (index !== -1) return {index, bare: false};
	return named !== undefined && table.rows.length > 1 && offsetsOf(table, named, true).every(offset => offset !== null)
		? {index: named, bare: true}
		: null;
}

/** How surely a heading promises the timeline: 2 by its own words, 1 as some plan, 0 as a plan of something else. */
function headingRank(section: Section): number {
	const named = section.own.has('timeline') || section.parent === null ? section : section.parent;
	if (!section.topics.has('timeline') || says(named.heading, words.aside)) return 0;
	return says(named.heading, words.timeline) ? 2 : 1;
}

function fromTable({block, section}: Placed<Table>, reading: Reading): readonly Candidate[] {
	const named = columnsOf(block, wanted, reading.columns);
	const time = timeColumn(block, named.time);
	if (!time) return [];
	const {time: _, ...others} = named;
	const known = {
		...Object.fromEntries(Object.entries(others).filter(([, index]) => index !== time.index)),
		time: time.index,
	};
	const offsets = offsetsOf(block, time.index, time.bare);
	return [
		{
			line: block.line,
			size: block.rows.length,
			hasZero: offsets.some(offset => offset?.seconds === 0),
			underHeading: headingRank(section),
			rows: () => rowsOf(block, known, time.bare, reading),
		},
	];
}

function rowsOf(
	table: Table,
	known: ReturnType<typeof columnsOf>,
	bare: boolean,
	reading: Reading,
): readonly StageRow[] {
	checkTable(table, reading.complain);
	return table.rows.flatMap(row => {
		const at = cellOf(row, known.time);
		const offset = readOffset(offsetOf(plain(at.text), bare), at, reading);
		if (!offset) return [];
		return [
			{
				id: offset.id,
				offsetSeconds: offset.seconds,
				owners: rolesOf(cellOf(row, known.owner), reading.roles, reading.complain),
				action: plain(cellOf(row, known.action).text),
				evidence: plain(cellOf(row, known.evidence).text),
				durationSeconds: duration(cellOf(row, known.duration), offset.id, reading),
				line: row.line,
				column: at.column,
				more: rest(table, row, {...known, ...(known.duration === undefined ? {} : {duration: -1})}),
			},
		];
	});
}

function duration(cell: Cell, stage: string, {complain}: Reading): number | null {
	const text = plain(cell.text);
	if (/^(?:|-|–|—|n\/a)$/i.test(text)) return null;
	const seconds = durationOf(text) ?? (/^\d{1,4}$/.test(text) ? Number(text) * 60 : null);
	if (seconds === null || seconds === 0) complain('duration-unread', cell, {text, stage});
	return seconds === 0 ? null : seconds;
}

function readOffset(offset: Offset | null, at: Cell, {complain}: Reading): Offset | null {
	if (!offset) complain('offset-unread', at, {text: plain(at.text)});
	else if (Math.abs(offset.seconds) > farthestSeconds) complain('offset-far', at, {text: offset.id});
	return offset;
}

function fromList({block, section}: Placed<List>, reading: Reading): readonly Candidate[] {
	const offsets = block.items.map(item => offsetAt(plain(item.text))?.offset ?? null);
	if (!mostly(offsets) || offsets.length < 2) return [];
	return [
		{
			line: block.line,
			size: block.items.length,
			hasZero: offsets.some(offset => offset?.seconds === 0),
			underHeading: headingRank(section),
			rows: () => stagesOf(block, reading),
		},
	];
}

function stagesOf(list: List, reading: Reading): readonly StageRow[] {
	checkList(list, reading.complain);
	return list.items.flatMap(item => {
		const at: Cell = {text: item.text, line: item.line, column: item.column};
		const found = offsetAt(plain(item.text));
		const offset = readOffset(found?.offset ?? null, at, reading);
		if (!offset || !found) return [];
		const {fields, others} = fieldsOf(item, ['owner', 'action', 'evidence', 'duration']);
		const said = found.rest.replace(/^[\s:：\-–—|,.)）\]]+/, '');
		const {owners, text} = ownersOfItem(item, fields, said, reading.roles, reading.complain);
		return [
			{
				id: offset.id,
				offsetSeconds: offset.seconds,
				owners,
				action: fields.action
					? [text, plain(fields.action.text)].filter(part => part !== '').join('; ')
					: fullText(text, others),
				evidence: plain(fields.evidence?.text ?? ''),
				durationSeconds: fields.duration ? duration(fields.duration, offset.id, reading) : null,
				line: item.line,
				column: item.column,
				more: {},
			},
		];
	});
}

/** Sign-offs, evidence and rollback steps speak of stages, too. */
const mayHold = ({section: {topics}}: {readonly section: Section}): boolean =>
	topics.has('timeline') ||
	!(['signOffs', 'evidence', 'triggers', 'path', 'rollback'] as const).some(topic => topics.has(topic));

/** The one under a heading about a timeline, else the longest; one without a moment zero only where no other is there. */
const better = (a: Candidate, b: Candidate): number =>
	Number(b.hasZero) - Number(a.hasZero) || b.underHeading - a.underHeading || b.size - a.size || a.line - b.line;

function missing({document, complain}: Reading): void {
	const heading = document.sections.find(section => section.own.has('timeline'));
	if (heading) complain('timeline-empty', {line: heading.line, column: 1}, {heading: heading.heading});
	else complain('timeline-missing', start, {});
}

/** Rows of one moment get ids of their own: T0, T0.2. */
function numbered(rows: readonly StageRow[]): readonly StageRow[] {
	const counts = new Map<string, number>();
	return rows.map(row => {
		const count = (counts.get(row.id) ?? 0) + 1;
		counts.set(row.id, count);
		return count === 1 ? row : {...row, id: `${row.id}.${count}`};
	});
}

/** Rows of the timeline, numbered and in order; none after an error. */
export function readTimeline(reading: Reading): readonly StageRow[] {
	const {document, complain} = reading;
	const candidates = [
		...document.tables.filter(mayHold).flatMap(table => fromTable(table, reading)),
		...document.lists.filter(mayHold).flatMap(list => fromList(list, reading)),
	].toSorted(better);
	const [chosen, ...others] = candidates;
	if (!chosen) {
		missing(reading);
		return [];
	}
	for (const other of others) complain('timeline-other', {line: other.line, column: 1}, {line: chosen.line});
	if (!chosen.hasZero) complain('timeline-zero', {line: chosen.line, column: 1}, {});
	const rows = numbered(chosen.rows());
	rows.forEach((row, index) => {
		const before = rows[index - 1];
		if (before && before.offsetSeconds > row.offsetSeconds)
			complain('timeline-order', row, {id: row.id, before: before.id});
		if (row.owners.length === 0) complain('owner-anyone', row, {what: row.id});
		if (row.action === '') complain('stage-empty', row, {id: row.id});
	});
	return rows;
}

/** Lines of tables that are timelines, so that they are not read as gates elsewhere. */
export const isTimeline = (table: Placed<Table>, reading: Reading): boolean =>
	mayHold(table) && fromTable(table, reading).length > 0;

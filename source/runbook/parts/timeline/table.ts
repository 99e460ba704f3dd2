/* A timeline as a table with a column of times. */
import {
	type Columns,
	cellOf,
	checkTable,
	columnsOf,
	exactRank,
	headOf,
	noteHeads,
	rest,
	rowsUnderHeads,
} from '../../columns.ts';
import type {Placed} from '../../document.ts';
import {plain} from '../../markdown/inline.ts';
import type {Table} from '../../markdown/table.ts';
import {start} from '../../problems/complain.ts';
import type {Reading} from '../../reading.ts';
import {rolesOf} from '../../roles.ts';
import {normal} from '../../words/words.ts';
import {type Clocks, clockAt, clocksOf, dayAt, offsetsBy} from './clock.ts';
import {countedDays, mayBeTimed, type Offsets, offsetOf} from './offset.ts';
import {
	areTimes,
	type Candidate,
	checkedOffset,
	clockBeside,
	durationIn,
	type StageRow,
	unitIn,
	unitSaid,
} from './row.ts';

const wanted = ['time', 'owner', 'action', 'evidence', 'duration'] as const;

/** `unit`: that its header gives to numbers without one. */
type TimeColumn = {readonly index: number; readonly bare: boolean; readonly unit: string};

const columnAt = ({block, section}: Placed<Table>, index: number, bare = false): TimeColumn => ({
	index,
	bare,
	unit: unitIn(block, index) || unitSaid(section),
});

const offsetsOf = (table: Table, {index, ...how}: TimeColumn): Offsets => {
	const texts = rowsUnderHeads(table).map(row => cellOf(row, index).text);
	return countedDays(texts.map(text => (mayBeTimed(text) ? plain(text) : ''))).map(text => offsetOf(text, how));
};

/** Numbers without a sign come after zero only where those before it have theirs. */
const areSigned = (texts: readonly string[]): boolean =>
	texts.every(text => /^(?:[-+\u2010-\u2015\u2212]|0$)/.test(text)) ||
	texts.some(text => /^[-\u2010-\u2015\u2212] ?\d/.test(text));

const headerAt = ({header}: Table, index: number): string => normal(plain(header.cells[index]?.text ?? ''));

const isForDays = (table: Table, index: number, columns: Reading['columns']): boolean =>
	exactRank(headerAt(table, index), 'day', columns) !== null;

/** The column that says of which day a time of day is; null where all of its cells say the same. */
function dayColumn(table: Table, columns: Reading['columns']): number | null {
	const said = (index: number) =>
		new Set(table.rows.map(row => plain(cellOf(row, index).text)).filter(text => text !== ''));
	return table.header.cells.keys().find(index => isForDays(table, index, columns) && said(index).size > 1) ?? null;
}

/** The day of each row, by that column or by what heads the rows, to be before its time; a day that is alone is of the next row. */
function daysOf(table: Table, column: number | null): readonly string[] {
	let head = '';
	return table.rows.flatMap(row => {
		const text = headOf(row);
		if (text !== null) {
			const day = dayAt(text);
			head = day ? text.slice(0, text.length - day.rest.length) : head;
			return [];
		}
		const own = column === null ? '' : plain(cellOf(row, column).text);
		const said = own === '' ? head : own;
		head = '';
		return [said];
	});
}

/** Times of day in a column for times, or in one that holds nothing else; `offsets`: what there is of others. */
function clockColumn(
	table: Table,
	named: number | undefined,
	offsets: Offsets | null,
	{t0, columns}: Reading,
): Found['clock'] {
	const rows = rowsUnderHeads(table);
	const dayIndex = dayColumn(table, columns);
	const days = daysOf(table, dayIndex);
	const isForOthers = (index: number): boolean => {
		const header = headerAt(table, index);
		return index === named || index === dayIndex || /duration|takes|length|min|max|limit|finish|\bend\b/.test(header);
	};
	for (const index of [named ?? [], ...table.header.cells.keys().filter(at => !isForOthers(at))].flat()) {
		const timed = rows.map((row, at) => ({
			time: `${days[at] ?? ''} ${cellOf(row, index).text}`,
			whole: row.cells.map(({text}) => text).join(' | '),
		}));
		const clocks = clocksOf(timed, offsets ?? rows.map(() => null), t0);
		if (clocks) return {index, day: dayIndex, clocks};
	}
	return null;
}

/** The letter T alone is a time among others, and elsewhere an answer. */
const hasNumber = (table: Table, index: number): boolean => table.rows.some(row => /\d/.test(cellOf(row, index).text));

/** The column whose cells are offsets: the one with a header for times, else any. A `T` may be missing only under such a header. */
function timeColumn(placed: Placed<Table>, named: number | undefined, columns: Reading['columns']): TimeColumn | null {
	const {block: table} = placed;
	const isTimes = (index: number): boolean => {
		const texts = rowsUnderHeads(table).map(row => plain(cellOf(row, index).text));
		return hasNumber(table, index) && areTimes(texts, offsetsOf(table, columnAt(placed, index)));
	};
	if (named !== undefined && isTimes(named)) return columnAt(placed, named);
	const others = table.header.cells.keys().filter(at => at !== named && isTimes(at));
	// The day of a time that another column says.
	const days = (index: number): number => Number(isForDays(table, index, columns));
	const [index] = [...others].toSorted((a, b) => days(a) - days(b));
	if (index !== undefined) return columnAt(placed, index);
	const bare = named === undefined ? null : columnAt(placed, named, true);
	if (!bare || table.rows.length < 2 || !areSigned(table.rows.map(row => plain(cellOf(row, bare.index).text))))
		return null;
	return offsetsOf(table, bare).every(offset => offset !== null) ? bare : null;
}

/** What no column of the table says; reported once instead of in each row. */
function lacking({header, rows}: Table, known: Columns, {complain}: Reading): NonNullable<StageRow['lacks']> {
	if (rows.length < 2) return [];
	const headers = header.cells.map(({text}) => `"${plain(text)}"`).join(', ');
	const [at = start] = header.cells;
	if (known.owner === undefined) complain('owner-anyone', at, {what: `The timeline with the columns ${headers}`});
	if (known.action === undefined) complain('timeline-action', at, {headers});
	return (['owner', 'action'] as const).filter(what => known[what] === undefined);
}

const clockColumns = ({header, rows}: Table, known: Columns): readonly number[] =>
	header.cells.flatMap(({text}, index) => {
		const isTime = /\b(?:time|clock|local|utc|gmt|ce?s?t|[ap][sd]?t|planned|start)\b|时间|时刻/i.test(plain(text));
		const cells = rows.map(row => cellOf(row, index).text).filter(cell => cell.trim() !== '');
		const areClocks = cells.length > 1 && cells.every(cell => clockAt(cell)?.rest.trim() === '');
		return isTime && areClocks && !Object.values(known).includes(index) ? [index] : [];
	});

function rowsOf(
	table: Table,
	known: Columns,
	clock: Found['clock'],
	offsets: Offsets,
	reading: Reading,
): readonly StageRow[] {
	checkTable(table, reading.complain);
	const boxUnit = unitIn(table, known.duration);
	const lacks = lacking(table, known, reading);
	noteHeads(table, 'the rows of the timeline', reading.note);
	const besides = clock ? [] : clockColumns(table, known);
	const {duration: _, ...others} = known;
	return rowsUnderHeads(table).flatMap((row, index) => {
		const day = cellOf(row, clock?.day ?? undefined);
		// What is no day is at fault, and not the time beside it.
		const at = day.text === '' || dayAt(plain(day.text))?.rest === '' ? cellOf(row, known.time) : day;
		const read = offsets[index] ?? null;
		const offset = checkedOffset(read, at, reading);
		if (!offset) return [];
		const times = clock
			? []
			: [clockBeside(at.text), ...besides.map(column => clockAt(cellOf(row, column).text)?.seconds ?? null)];
		return [
			{
				id: offset.id,
				offsetSeconds: offset.seconds,
				owners: rolesOf(cellOf(row, known.owner), reading),
				action: plain(cellOf(row, known.action).text),
				evidence: plain(cellOf(row, known.evidence).text),
				durationSeconds: durationIn(cellOf(row, known.duration), offset.id, reading, boxUnit),
				line: row.line,
				column: at.column,
				more: rest(table, row, others),
				clocks: times,
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

/** `time`: the column of the times, by the day and in offsets. */
type Found = {
	readonly named: Columns;
	readonly time: TimeColumn | null;
	readonly clock: {readonly index: number; readonly day: number | null; readonly clocks: Clocks} | null;
};

const known = new WeakMap<Table, Found>();

/** Looked for once, however many parts ask whether a table is a timeline. */
function columnsIn(placed: Placed<Table>, reading: Reading): Found {
	const {block: table} = placed;
	const before = known.get(table);
	if (before) return before;
	const named = columnsOf(table, wanted, reading.columns);
	const time = timeColumn(placed, named.time, reading.columns);
	// Days count by themselves where no times of day are beside them.
	const isDay = time !== null && time.index === dayColumn(table, reading.columns);
	const clock = clockColumn(table, named.time, time && !isDay ? offsetsOf(table, time) : null, reading);
	const found = {named, time: clock ? columnAt(placed, clock.index) : time, clock};
	known.set(table, found);
	return found;
}

/** Null where no column holds times. `hoped`: one counts by its name alone, so that each time that cannot be read is reported. */
export function fromTable(placed: Placed<Table>, reading: Reading, hoped = false): Candidate | null {
	const {block, section} = placed;
	const {named, time: found, clock} = columnsIn(placed, reading);
	const time = found ?? (hoped && named.time !== undefined ? columnAt(placed, named.time) : null);
	if (!time) return null;
	const offsets = clock ? offsetsBy(clock.clocks) : offsetsOf(block, time);
	return {
		line: block.line,
		section,
		offsets,
		...(clock ? {clocks: clock.clocks} : {}),
		stages: [],
		rows: (given = offsets) => rowsOf(block, columnsWith(named, time.index), clock, given, reading),
	};
}

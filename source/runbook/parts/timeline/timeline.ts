/* The timeline: what reads as one is gathered, one is chosen, its rows are numbered and checked. */
import {columnsOf} from '../../columns.ts';
import {chainOf, isAboutAny, isOfRollback, isUnder, type Placed, type Section} from '../../document.ts';
import {plain} from '../../markdown/inline.ts';
import type {Table} from '../../markdown/table.ts';
import type {Reading} from '../../reading.ts';
import {type Clocks, clockOfSettings, clockText, day, half, offsetsBy, together} from './clock.ts';
import {fromList} from './list.ts';
import {complainOfMissing} from './missing.ts';
import {looksTimed, seemsTimed} from './offset.ts';
import {type Candidate, hasZero, headingRank, isAside, isUnanchored, type StageRow} from './row.ts';
import {fromSections} from './sections.ts';
import {fromTable} from './table.ts';

const homeOf = (section: Section): Section | null => chainOf(section).find(({own}) => own.has('timeline')) ?? null;

const rankOf = ({rank, section}: Candidate): number => rank ?? headingRank(section);

/** Times of day of all parts, counted from the T0 of the one that has it; null of others. */
function clocksOfAll(parts: readonly Candidate[]): Clocks | null {
	const clocks = parts.flatMap(({clocks: own, section}) => (own ? {clocks: own, heading: section.heading} : []));
	const zeros = clocks.filter(({clocks: {zero}}) => zero !== null);
	return clocks.length === parts.length && zeros.length === 1 ? together(clocks) : null;
}

/** Parts that go on, and have one moment zero, which only one of them has, as one; null of others. */
function joined(first: Candidate, others: readonly Candidate[]): Candidate | null {
	const parts = [first, ...others];
	const clocks = clocksOfAll(parts);
	const offsets = clocks ? offsetsBy(clocks) : parts.flatMap(one => one.offsets);
	const ends = parts.map((_, index) => parts.slice(0, index + 1).flatMap(one => one.offsets).length);
	const own = ends.map((end, index) => offsets.slice(ends[index - 1] ?? 0, end));
	const times = offsets.flatMap(offset => offset?.seconds ?? []);
	const goesOn = times.every((time, index) => time >= (times[index - 1] ?? time));
	if (!goesOn || own.filter(some => hasZero({offsets: some})).length !== 1) return null;
	return {
		...first,
		...(clocks ? {clocks} : {}),
		offsets,
		rank: Math.max(...parts.map(rankOf)),
		stages: parts.flatMap(({stages}) => stages),
		rows: () => parts.flatMap((part, index) => part.rows(own[index])),
	};
}

/**
The candidates, those that are parts of one as one: tables or lists that are under one heading about it ("Before T0", "T0", "After T0")
and go on where the one before them ended; `note` is called for it.
*/
function inParts(candidates: readonly Candidate[], note: (sentence: string) => void): readonly Candidate[] {
	// A part may have a heading of its own: "Go/no-go".
	const groups = Map.groupBy(
		candidates.filter(({section}) => !isAside(section)),
		({section}) => homeOf(section) ?? `${section.parent?.line ?? 0} ${section.level}`,
	);
	let known = candidates;
	for (const [home, group] of groups) {
		const [first, ...others] = group.toSorted((a, b) => a.line - b.line);
		const sections = new Set(group.map(({section}) => section));
		if (!first || others.length === 0 || (typeof home === 'string' && sections.size < group.length)) continue;
		const whole = joined(first, others);
		if (!whole) continue;
		const {heading} = typeof home === 'string' ? first.section : home;
		note(
			`The timeline under "${heading}" is in ${group.length} parts, from line ${first.line} on; they are read as one.`,
		);
		known = [...known.filter(one => !group.includes(one)), whole];
	}
	return known;
}

/** Sign-offs, evidence and rollback steps speak of stages, too. */
const mayHold = ({section}: {readonly section: Section}): boolean =>
	section.topics.has('timeline') || !(isOfRollback(section) || isAboutAny(section, ['signOffs', 'evidence']));

/** Gates may have a column of times as well: when each is due. None of them is the moment zero. */
function isOfGates({block, section: {topics}}: Placed<Table>, found: Candidate, {columns}: Reading): boolean {
	if (!topics.has('gates') || topics.has('timeline') || hasZero(found)) return false;
	const {id, command, pass} = columnsOf(block, ['id', 'check', 'command', 'pass'], columns);
	return [id, command, pass].some(index => index !== undefined);
}

function fromPlaced(table: Placed<Table>, reading: Reading): Candidate | null {
	const found = mayHold(table) ? fromTable(table, reading) : null;
	return found && !isOfGates(table, found, reading) ? found : null;
}

/** The one under a heading about a timeline, else the longest; one without a moment zero only where no other is there. */
const better = (a: Candidate, b: Candidate): number =>
	Number(hasZero(b)) - Number(hasZero(a)) ||
	rankOf(b) - rankOf(a) ||
	b.offsets.length - a.offsets.length ||
	a.line - b.line;

/** A list of one item, or one time of day, is a timeline only as a part of one. */
const isWhole = ({line, offsets, clocks}: Candidate, lists: ReadonlySet<number>): boolean =>
	clocks ? clocks.at.filter(clock => clock !== null).length > 1 : offsets.length > 1 || !lists.has(line);

const mostRank = 3;

/** "D-7" and "D-Day" over times of day are the days of those, and no stages. */
const areDays = ({stages, offsets}: Candidate, inside: readonly Candidate[]): boolean =>
	offsets.every(offset => offset !== null && offset.seconds % day === 0) &&
	stages.filter(stage => inside.some(({clocks, section}) => clocks && isUnder(section, stage))).length * 2 >
		stages.length;

/** Whether sections with times hold these lists and tables, or those speak of something else: messages, contacts. */
const standsAround = ({stages}: Candidate, inside: readonly Candidate[]): boolean =>
	stages.length > 1 && inside.every(({section}) => isAside(section) || stages.some(stage => isUnder(section, stage)));

function candidatesIn(reading: Reading): readonly Candidate[] {
	const {document, note} = reading;
	const tables = document.tables.flatMap(table => fromPlaced(table, reading) ?? []);
	const lists = document.lists.filter(mayHold).flatMap(list => fromList(list, reading) ?? []);
	const lines = new Set(lists.map(({line}) => line));
	const found = inParts([...tables, ...lists], note).filter(candidate => isWhole(candidate, lines));
	const prose = (promised: boolean) =>
		inParts(fromSections(reading, promised), note)
			.filter(one => one.offsets.length > 1 && (hasZero(one) || isUnanchored(one)))
			.filter(one => !areDays(one, [...tables, ...lists]));
	if (found.some(hasZero)) {
		const around = prose(false).find(one => standsAround(one, found.filter(hasZero)));
		return around ? [{...around, rank: mostRank}, ...found] : found;
	}
	const promised = prose(true);
	const reported = promised.length > 0 ? promised : prose(false);
	if (reported.length > 0 || found.length > 0) return [...reported, ...found];
	// Times of day, perhaps: each is reported at its place.
	const promises = ({section}: {readonly section: Section}): boolean => headingRank(section) === 2;
	return [
		...document.tables.filter(promises).flatMap(table => fromTable(table, reading, true) ?? []),
		...document.lists.filter(promises).flatMap(list => fromList(list, reading, true) ?? []),
	];
}

const unreadable = (reading: Reading): readonly Candidate[] =>
	reading.document.tables
		.filter(table => headingRank(table.section) === 2 && fromTable(table, reading) === null)
		.filter(({block}) => block.rows.some(({cells}) => cells.some(({text}) => looksTimed(plain(text)))))
		.flatMap(table => fromTable(table, reading, true) ?? []);

/** Rows of one moment get ids of their own: T0, T0.2. */
function numbered(rows: readonly StageRow[]): readonly StageRow[] {
	const counts = new Map<string, number>();
	return rows.map(row => {
		const count = (counts.get(row.id) ?? 0) + 1;
		counts.set(row.id, count);
		return count === 1 ? row : {...row, id: `${row.id}.${count}`};
	});
}

function check(rows: readonly StageRow[], {complain}: Reading): void {
	rows.forEach((row, index) => {
		const before = rows[index - 1];
		if (before && before.offsetSeconds > row.offsetSeconds)
			complain('timeline-order', row, {id: row.id, before: before.id});
		if (row.owners.length === 0 && !row.lacks?.includes('owner')) complain('owner-anyone', row, {what: row.id});
		if (row.action === '' && !row.lacks?.includes('action')) complain('stage-empty', row, {id: row.id});
	});
}

/** Clocks change by an hour now and then, which stages half a day away may show. */
const agree = (a: number, b: number, apart: number): boolean => {
	const off = (((a - b) % day) + day) % day;
	return off === 0 || (Math.abs(apart) >= half && (off === 3600 || off === day - 3600));
};

/** Complains of times of day that disagree with the offsets beside them, in the cells themselves and in each column of their own. */
function checkBeside(rows: readonly StageRow[], {complain, t0}: Reading): void {
	const set = clockOfSettings(t0);
	const columns = Math.max(0, ...rows.map(({clocks}) => clocks?.length ?? 0));
	for (let index = 0; index < columns; index++) {
		const beside = rows.flatMap(row => {
			const clock = row.clocks?.[index] ?? null;
			return clock === null ? [] : [{row, clock}];
		});
		const zero = beside.find(({row}) => row.offsetSeconds === 0);
		const [first = zero] = beside;
		if (!first) continue;
		const {row: from, clock: fromClock} = zero ?? first;
		const base = fromClock - from.offsetSeconds;
		if (set !== null && zero && zero.clock !== set)
			complain('timeline-t0', zero.row, {written: clockText(zero.clock), set: clockText(set)});
		for (const {row, clock} of beside) {
			const wanted = base + row.offsetSeconds;
			if (!agree(clock, wanted, row.offsetSeconds))
				complain('timeline-clock', row, {
					id: row.id,
					written: clockText(clock),
					zero: clockText(base),
					wanted: clockText(wanted),
				});
		}
	}
}

/** The timeline before its rows are read. `stages`: the sections that are stages themselves. */
export type Chosen = {
	readonly stages: readonly Section[];
	/** Whether each of its times can be read. */
	readonly isWhole: boolean;
	readonly rows: () => readonly StageRow[];
};

/** Headings beside its stages that seem to say when: what is under them would be missed. */
function complainOfBeside({stages}: Candidate, {document: {sections}, complain}: Reading): void {
	const parents = new Set(stages.map(({parent}) => parent));
	for (const section of sections) {
		const {heading, line, parent, blocks} = section;
		const isPart = stages.some(stage => isUnder(section, stage) || isUnder(stage, section));
		if (stages.length > 1 && !isPart && parents.has(parent) && blocks.length > 0 && seemsTimed(heading))
			complain('timeline-beside', {line, column: 1}, {heading});
	}
}

export function chooseTimeline(reading: Reading): Chosen {
	const {complain} = reading;
	const all = candidatesIn(reading);
	// When messages are sent is no timeline where there is another, whatever is known of that.
	const meant = all.filter(({section}) => !isAside(section));
	const [chosen] = (meant.length > 0 ? meant : all).toSorted(better);
	if (!chosen) {
		complainOfMissing(reading);
		return {stages: [], isWhole: true, rows: () => []};
	}
	for (const {line} of [...all, ...unreadable(reading)].filter(other => other.line !== chosen.line))
		complain('timeline-other', {line, column: 1}, {line: chosen.line});
	if (isUnanchored(chosen)) {
		complain('timeline-clocks', {line: chosen.line, column: 1}, {});
		return {stages: chosen.stages, isWhole: true, rows: () => []};
	}
	if (!hasZero(chosen)) complain('timeline-zero', {line: chosen.line, column: 1}, {});
	complainOfBeside(chosen, reading);
	return {
		stages: chosen.stages,
		isWhole: chosen.offsets.every(offset => offset !== null),
		/** Numbered and in order. */
		rows: () => {
			const rows = numbered(chosen.rows());
			check(rows, reading);
			checkBeside(rows, reading);
			return rows;
		},
	};
}

/** Tables that are timelines are not read as gates elsewhere. */
export const isTimeline = (table: Placed<Table>, reading: Reading): boolean => fromPlaced(table, reading) !== null;

/* Gates of a table, and what is among gates and is none: what is looked at after T0, and what makes a no-go. */
import type {Gate} from '../../../cutover/model/runbook.ts';
import {isCommand} from '../../../text/code.ts';
import {withoutPictures} from '../../../text/letters.ts';
import {type Columns, cellOf, checkTable, columnsOf, exactRank, noteHeads, rest, underHeads} from '../../columns.ts';
import {chainOf, isAboutAny, isOfRollback, type Placed, type Section, withoutNumber} from '../../document.ts';
import {fullText} from '../../items.ts';
import {plain, spans} from '../../markdown/inline.ts';
import type {List} from '../../markdown/list.ts';
import type {Cell, Row, Table} from '../../markdown/table.ts';
import type {Complain} from '../../problems/complain.ts';
import type {Reading} from '../../reading.ts';
import {rolesOf} from '../../roles.ts';
import {normal, says, words} from '../../words/words.ts';
import {timedHeading} from '../timeline/sections.ts';
import {isTimeline} from '../timeline/timeline.ts';
import {idAt, idOf, idPattern} from './gate-ids.ts';

export type GateRow = Pick<Gate, 'id' | 'title' | 'owners' | 'line' | 'more'> & {
	/** What is checked; what shows it, where a column for commands holds it; outputs and other evidence. */
	readonly check: Cell;
	readonly command: Cell;
	readonly evidence: Cell;
	readonly pass: Cell;
	/** The command cell holds commands and nothing else. */
	readonly commandsOnly: boolean;
	/** What names its command as the check: a column, a label, or nothing: in the text it may be work to be done. */
	readonly saidIn: 'column' | 'label' | 'text';
	readonly column: number;
};
export type Draft = Omit<GateRow, 'id'> & {
	readonly id: string | null;
	readonly section: Section;
	/** Its row has a cell for each column. */
	readonly isWhole: boolean;
};

export const wanted = ['id', 'check', 'command', 'evidence', 'pass', 'owner'] as const;

const later =
	/^(?:after|post|during|monitoring|hypercare|follow[- ]?up|first \d+|next \d+|(?:at|on) (?:the )?(?:launch|go-?live|switch|cutover))\b|\bafter (?:the )?[\w-]+$/i;

const noGo =
	/^(?:we )?(?:no[ -]?go(?! ?\/)|(?:do not|don['’]t|never) (?:go|proceed|start)|(?:stop|hold|abort|postpone) (?:if|when|criteria|conditions))\b/i;

const bare = (text: string): string => withoutPictures(withoutNumber(text)).trim();

/** Whether a heading, or a line that leads to a list, says that what follows makes a no-go. */
export const saysNoGo = (text: string): boolean => noGo.test(bare(text));

/** Whether it says that what follows is done once T0 has begun. */
export const saysLater = (text: string): boolean =>
	says(text, words.after) || later.test(bare(text)) || (timedHeading(text)?.offset?.seconds ?? -1) >= 0;

const folded = (heading: string): string => normal(heading).replaceAll('-', ' ');

const names = new WeakMap<readonly Section[], ReadonlySet<string>>();

/** "Launch checklist" beside "Pre-launch checklist" */
function isDuring({heading}: Section, {document: {sections}}: Reading): boolean {
	const known = names.get(sections) ?? new Set(sections.map(one => folded(one.heading)));
	names.set(sections, known);
	return known.has(`pre ${folded(heading)}`);
}

export const isAfter = (section: Section, reading: Reading): boolean =>
	chainOf(section).some(one => saysLater(one.heading) || isDuring(one, reading));

/** Whether what is there makes a no-go: its gates would be passed where they should stop. */
export const isNoGo = (section: Section): boolean => chainOf(section).some(({heading}) => saysNoGo(heading));

/** A sentence that leads to a list is no heading of it. */
const headOf = (lead: string): string => (lead.length > 40 || /[,;]|\.\s/.test(lead) ? '' : lead);

/** Why a list among the gates holds none: the words that say so; null where it may hold some. */
export function whyNone({section, lead}: Placed<List>, reading: Reading): {readonly later: string | null} | null {
	if (isNoGo(section) || saysNoGo(headOf(lead))) return {later: null};
	if (saysLater(headOf(lead))) return {later: lead.replace(/\s*[:：]$/, '')};
	return isAfter(section, reading) ? {later: section.heading} : null;
}

/** A column that is named for ids holds them; one named for gates, or that only speaks of them, may hold what is checked. */
function gateColumns(table: Table, reading: Reading): Columns {
	const known = columnsOf(table, wanted, reading.columns);
	const index = known.id ?? -1;
	const header = normal(withoutPictures(plain(table.header.cells[index]?.text ?? '')));
	const isId = (row: Row): boolean => idPattern.test(idOf(cellOf(row, known.id)));
	const beginsWithId = (row: Row): boolean => isId(row) || idAt(cellOf(row, known.id).text, true) !== null;
	const isForIds = exactRank(header, 'id', reading.columns) !== null && exactRank(header, 'check', {}) === null;
	// Of ids one may be wrong, which is an error; names are mostly of several words.
	const ofWords = table.rows.filter(row => /\s/.test(idOf(cellOf(row, known.id)))).length;
	const areNames = says(header, words.gateColumn) && 2 * ofWords >= table.rows.length;
	if (!areNames && (isForIds || table.rows.some(isId))) return known;
	if (table.rows.every(beginsWithId)) return known;
	return columnsOf(table, wanted, reading.columns, {column: 'id', index});
}

const isGateTable = (placed: Placed<Table>, known: Columns, reading: Reading): boolean => {
	const {topics} = placed.section;
	const checks = known.check !== undefined || known.command !== undefined || known.evidence !== undefined;
	if (topics.has('gates')) return checks || known.pass !== undefined;
	const hasTime = columnsOf(placed.block, ['time'], reading.columns).time !== undefined;
	if (topics.has('prerequisites') && !hasTime && (known.command !== undefined || known.pass !== undefined)) return true;
	return (
		known.id !== undefined &&
		checks &&
		!hasTime &&
		!isOfRollback(placed.section) &&
		!isAboutAny(placed.section, ['signOffs', 'evidence']) &&
		isAboutGates(placed, known)
	);
};

const laterRow =
	/^(?:immediate(?:ly)?|at once|right after|first |\d{1,3} ?(?:m|h|d|min|hour|day|week)|[tdh] ?\+ ?\d|\+ ?\d|(?:day|hour|week) \d)/i;

const areLater = ({rows}: Table, known: Columns): boolean => {
	const times = rows.filter(row => laterRow.test(plain(cellOf(row, known.id ?? 0).text)));
	return rows.length > 0 && times.length * 2 >= rows.length;
};

/** Outside a section about gates a numbered list of anything has an id and a description: it takes a word that is surely a gate's. */
const isAboutGates = ({block}: Placed<Table>, known: Columns): boolean => {
	const headers = block.header.cells.map(cell => plain(cell.text));
	return (
		says(headers[known.id ?? -1] ?? '', words.gateColumn) || headers.some(header => says(header, words.checkColumn))
	);
};

function fromRow(table: Table, row: Row, known: Columns, section: Section, reading: Reading): Draft {
	const id = cellOf(row, known.id);
	const check = cellOf(row, known.check);
	const command = cellOf(row, known.command);
	const header = plain(table.header.cells[known.command ?? -1]?.text ?? '');
	// "**DB-01**<br>Replication" is an id and what it is about.
	const reported = idPattern.test(idOf(id)) ? null : idAt(plain(id.text), true);
	const said = [check, command, cellOf(row, known.evidence), cellOf(row, known.pass)].filter(
		({text}) => plain(text) !== '',
	);
	return {
		id: reported?.id ?? (idOf(id) || null),
		isWhole: row.cells.length === table.header.cells.length,
		title: reported ? fullText(reported.after, said.slice(0, 1)) : plain(said[0]?.text ?? ''),
		owners: rolesOf(cellOf(row, known.owner), reading),
		check,
		command,
		evidence: cellOf(row, known.evidence),
		pass: cellOf(row, known.pass),
		commandsOnly:
			says(header, ['command', 'commands', 'cmd', 'script', '命令', '脚本']) && !says(header, ['evidence', '证据']),
		saidIn: 'column',
		line: row.line,
		column: id.text === '' ? (row.cells[0]?.column ?? 1) : id.column,
		more: rest(table, row, known),
		section,
	};
}
/** Commands in a column of another name are shown and not run; a person would answer for what a machine should. */
function complainOfUnread({header, rows}: Table, known: Columns, complain: Complain): void {
	if (known.command !== undefined) return;
	const read = new Set(Object.values(known));
	header.cells.forEach((cell, index) => {
		const holds = rows.some(row => spans(row.cells[index]?.text ?? '').some(({code}) => isCommand(code.trim())));
		if (!read.has(index) && holds) complain('gate-column', cell, {name: plain(cell.text)});
	});
}
export function fromTable(placed: Placed<Table>, reading: Reading): readonly Draft[] {
	const {complain, note} = reading;
	if (isTimeline(placed, reading)) return [];
	const known = gateColumns(placed.block, reading);
	if (!isGateTable(placed, known, reading) || isNoGo(placed.section)) return [];
	if (isAfter(placed.section, reading) || areLater(placed.block, known)) {
		complain('gates-later', {line: placed.block.line, column: 1}, {heading: placed.section.heading});
		return [];
	}
	checkTable(placed.block, complain);
	complainOfUnread(placed.block, known, complain);
	noteHeads(placed.block, 'the gates', note);
	const phase = placed.block.header.cells.findIndex(({text}) => /^(?:phase|stage|timing)$/i.test(plain(text).trim()));
	return underHeads(placed.block).flatMap(({row, head}) => {
		const found = [head, plain(row.cells[phase]?.text ?? '')].find(text => saysLater(text));
		if (found === undefined) return [fromRow(placed.block, row, known, placed.section, reading)];
		complain('gates-later', {line: row.line, column: 1}, {heading: found});
		return [];
	});
}

/*
The gates, as rows: from tables and from checklists, read as one list. How each is judged is told in gate-kind.ts.
*/
import {hiddenCharacter} from '../text/clean.ts';
import {fencedCommand, isCommand} from './code.ts';
import {type Columns, cellOf, columnsOf, exactRank, rest} from './columns.ts';
import {type Complain, start} from './complain.ts';
import {isUnder, type Placed, type Section, withoutNumber} from './document.ts';
import {hasShortId, idAt} from './gate-ids.ts';
import {boxed, cellOfItem, type Fields, fieldsOf, fullText, isChecklist, unfolded} from './items.ts';
import {withoutPictures} from './letters.ts';
import {openCode, plain, spanOf, spans} from './markdown/inline.ts';
import type {Item} from './markdown/list.ts';
import type {Cell, Row, Table} from './markdown/table.ts';
import {ownersOfItem} from './owners.ts';
import type {Reading} from './reading.ts';
import {rolesOf} from './roles.ts';
import {words} from './synonyms.ts';
import {checkList, checkTable, headOf} from './tables.ts';
import {isTimeline} from './timeline.ts';
import {type ToldGate, toldGates} from './told-gates.ts';
import {normal, says} from './words.ts';

export type GateRow = {
	readonly id: string;
	readonly title: string;
	readonly owners: readonly string[];
	/** What is checked; what shows it, where a column for commands holds it; outputs and other evidence. */
	readonly check: Cell;
	readonly command: Cell;
	readonly evidence: Cell;
	readonly pass: Cell;
	/** The command cell holds commands and nothing else. */
	readonly commandsOnly: boolean;
	readonly line: number;
	readonly column: number;
	readonly more: Readonly<Record<string, string>>;
};

type Draft = Omit<GateRow, 'id'> & {
	readonly id: string | null;
	readonly section: Section;
	/** Its row has a cell for each column. */
	readonly isWhole: boolean;
};

const wanted = ['id', 'check', 'command', 'evidence', 'pass', 'owner'] as const;
const pattern = /^(?:[A-Za-z][A-Za-z0-9._-]{0,63}|\d{1,6})$/;
const idOf = ({text}: Cell): string => plain(withoutPictures(text)).replace(/^(\d{1,6})[.)]$/, '$1');

const elsewhere = ['triggers', 'path', 'rollback', 'signOffs', 'evidence'] as const;

/** A column that is named for ids holds them; one named for gates, or that only speaks of them, may hold what is checked. */
function gateColumns(table: Table, reading: Reading): Columns {
	const known = columnsOf(table, wanted, reading.columns);
	const index = known.id ?? -1;
	const header = normal(withoutPictures(plain(table.header.cells[index]?.text ?? '')));
	const isId = (row: Row): boolean => pattern.test(idOf(cellOf(row, known.id)));
	const beginsWithId = (row: Row): boolean => isId(row) || idAt(cellOf(row, known.id).text, true) !== null;
	const isForIds = exactRank(header, 'id', reading.columns) !== null && exactRank(header, 'check', {}) === null;
	if (isForIds || table.rows.some(isId) || table.rows.every(beginsWithId)) return known;
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
		!elsewhere.some(topic => topics.has(topic)) &&
		isAboutGates(placed, known)
	);
};

const isAfter = (section: Section): boolean =>
	says(section.heading, words.after) || (section.parent !== null && isAfter(section.parent));

/** Outside a section about gates a numbered list of anything has an id and a description: it takes a word that is surely a gate's. */
const isAboutGates = ({block}: Placed<Table>, known: Columns): boolean => {
	const headers = block.header.cells.map(cell => plain(cell.text));
	return (
		says(headers[known.id ?? -1] ?? '', words.gateColumn) || headers.some(header => says(header, words.checkColumn))
	);
};

function fromRow(table: Table, row: Row, known: Columns, section: Section, {roles, complain}: Reading): Draft {
	const id = cellOf(row, known.id);
	const check = cellOf(row, known.check);
	const command = cellOf(row, known.command);
	const header = plain(table.header.cells[known.command ?? -1]?.text ?? '');
	// "**DB-01**<br>Replication" is an id and what it is about.
	const told = pattern.test(idOf(id)) ? null : idAt(plain(id.text), true);
	return {
		id: told?.id ?? (idOf(id) || null),
		isWhole: row.cells.length === table.header.cells.length,
		title:
			[...(told ? [{text: told.after}] : []), check, command, cellOf(row, known.evidence), cellOf(row, known.pass)]
				.map(({text}) => plain(text))
				.find(text => text !== '') ?? '',
		owners: rolesOf(cellOf(row, known.owner), roles, complain),
		check,
		command,
		evidence: cellOf(row, known.evidence),
		pass: cellOf(row, known.pass),
		commandsOnly:
			says(header, ['command', 'commands', 'cmd', 'script', '命令', '脚本']) && !says(header, ['evidence', '证据']),
		line: row.line,
		column: id.text === '' ? (row.cells[0]?.column ?? 1) : id.column,
		more: rest(table, row, known),
		section,
	};
}

const codeAtEnd = /\s*[–—-]?\s*(?:command|run|execute|命令|运行|执行)?\s*[:：]?\s*`[^`]*`\s*\.?$/i;

/** Owners behind the text, with or without the command that ends it. */
function ownedItem(
	item: Item,
	fields: Fields,
	text: string,
	{roles, complain}: Reading,
): ReturnType<typeof ownersOfItem> {
	const short = text.replace(codeAtEnd, '');
	const owned = ownersOfItem(item, fields, plain(short), roles, complain);
	return owned.text !== '' && owned.owners.length > 0 && !fields.owner
		? owned
		: ownersOfItem(item, fields, plain(text), roles, complain);
}

/** `areShort`: every item of the list begins with an id such as `G1`, and nothing between it and the text. */
function fromItem(given: Item, section: Section, areShort: boolean, reading: Reading): Draft {
	const item = unfolded(given, wanted, reading);
	const {fields, others} = fieldsOf(item, wanted, reading);
	const found = idAt(item.text, areShort);
	const {owners, text} = ownedItem(item, fields, found?.after ?? item.text, reading);
	const none: Cell = {text: '', line: item.line, column: item.column};
	const fenced = item.code.map(code => spanOf(fencedCommand(code.text))).join(' ');
	const isSaid = plain(fields.command?.text ?? '') !== '';
	return {
		id: fields.id ? plain(fields.id.text) : (found?.id ?? null),
		title: fullText(text, [...others, ...(fields.check ? [fields.check] : [])]),
		owners,
		check: {...cellOfItem(item), text: [item, ...others, fields.check ?? none].map(one => one.text).join('; ')},
		command: isSaid && fields.command ? fields.command : {...none, text: fenced},
		evidence: fields.evidence ?? none,
		pass: fields.pass ?? none,
		commandsOnly:
			item.items.some(sub => /^[*_\s]{0,3}(?:commands?|script|命令|脚本)[*_\s]{0,3}[:：]/i.test(sub.text)) ||
			fenced !== '',
		line: item.line,
		column: item.column,
		more: {},
		isWhole: true,
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

function draftsOf(reading: Reading): readonly Draft[] {
	const {document, complain} = reading;
	const tables = document.tables.flatMap(placed => {
		if (isTimeline(placed, reading)) return [];
		const known = gateColumns(placed.block, reading);
		if (!isGateTable(placed, known, reading)) return [];
		if (isAfter(placed.section)) {
			complain('gates-later', {line: placed.block.line, column: 1}, {heading: placed.section.heading});
			return [];
		}
		checkTable(placed.block, complain);
		complainOfUnread(placed.block, known, complain);
		return placed.block.rows
			.filter(row => headOf(row) === null)
			.map(row => fromRow(placed.block, row, known, placed.section, reading));
	});
	const checklists = document.lists.filter(
		({block, section: {topics}}) => (topics.has('gates') || topics.has('prerequisites')) && isChecklist(block),
	);
	const lists = checklists.flatMap(({block, section}) => {
		checkList(block, complain);
		const items = boxed(block.items, complain);
		const areShort = items.length > 1 && items.every(({text}) => hasShortId(text));
		return items.map(item => {
			const draft = fromItem(item, section, areShort, reading);
			if (item.box === 'ticked') complain('gate-ticked', item, {id: draft.id ?? draft.title});
			return draft;
		});
	});
	return [...tables, ...lists].toSorted((a, b) => a.line - b.line);
}

const sure = ['gate', 'gates', '门禁', '关卡', 'go/no-go criteria'];

const headersOf = ({header}: Table): string => header.cells.map(({text}) => `"${plain(text)}"`).join(', ');

/** Headings that promise gates and hold none. */
function complainOfEmpty(drafts: readonly Draft[], {document, complain}: Reading): void {
	for (const section of document.sections) {
		if (!section.own.has('gates') || (drafts.length > 0 && !says(section.heading, sure))) continue;
		const holds = (above: Section): boolean => drafts.some(draft => isUnder(draft.section, above));
		const above = section.parent?.topics.has('gates') ? section.parent : section;
		if (holds(above)) continue;
		const {heading} = section;
		const table = document.tables.find(
			placed => isUnder(placed.section, section) && placed.block.rows.length > 0,
		)?.block;
		if (!table) complain('gates-empty', {line: section.line, column: 1}, {heading});
		else complain('gates-columns', {line: table.line, column: 1}, {heading, headers: headersOf(table)});
	}
}

function checkIds(gates: readonly (GateRow & {readonly given: boolean})[], {complain}: Reading): void {
	const first = new Map<string, number>();
	for (const gate of gates) {
		const other = first.get(gate.id.toLowerCase());
		if (other !== undefined) complain('gate-double', gate, {id: gate.id, other});
		else first.set(gate.id.toLowerCase(), gate.line);
		const hidden = hiddenCharacter(gate.id);
		if (hidden) complain('name-hidden', gate, {what: 'The gate id', name: gate.id, character: hidden.name});
		else if (!pattern.test(gate.id)) complain('gate-id', gate, {id: gate.id});
	}
}

/** Code that is not closed would not be run, and a person be asked instead. */
function complainOfOpenCode({check, command, evidence, pass}: Draft, complain: Complain): void {
	for (const cell of [check, command, evidence, pass]) {
		const at = openCode(cell.text);
		if (at !== null) complain('code-open', {line: cell.line, column: cell.column + at}, {});
	}
}

const numberedGate = /^(?:gate|门禁|关卡)\s?#?(\d{1,3})(?!\d)/i;

/** Ids of gates that have none: their numbers, or under a heading "Gate 2" those of its gates, `Gate-2.1`. */
function numbers(drafts: readonly Draft[]): readonly (string | null)[] {
	const counts = new Map<Section, number>();
	const together = Map.groupBy(drafts, ({section}) => section);
	return drafts.map(({id, section}) => {
		const group = numberedGate.exec(withoutPictures(withoutNumber(section.heading)))?.[1];
		if (id !== null || group === undefined) return null;
		const count = (counts.get(section) ?? 0) + 1;
		counts.set(section, count);
		return together.get(section)?.length === 1 ? `Gate-${group}` : `Gate-${group}.${count}`;
	});
}

const fromTold = ({item, section, isSection}: ToldGate, reading: Reading): Draft =>
	fromItem(item, section, isSection || hasShortId(item.text), reading);

/**
The gates of the runbook in its order; those without an id are numbered. `sections`: those that are gates themselves.
*/
export function readGates(reading: Reading): {
	readonly rows: readonly GateRow[];
	readonly sections: readonly Section[];
} {
	const {complain} = reading;
	const placed = draftsOf(reading);
	const told = placed.length === 0 ? toldGates(reading) : [];
	const drafts = placed.length === 0 ? told.map(one => fromTold(one, reading)) : placed;
	complainOfEmpty(drafts, reading);
	const aboutGates = reading.document.sections.some(section => section.own.has('gates'));
	if (drafts.length === 0 && !aboutGates) complain('gates-missing', start, {});
	for (const draft of drafts) if (draft.isWhole) complainOfOpenCode(draft, complain);
	const numbered = numbers(drafts);
	const gates = drafts.map(({section: _, isWhole: __, ...draft}, index) => ({
		...draft,
		id: draft.id ?? numbered[index] ?? String(index + 1),
		given: draft.id !== null,
	}));
	checkIds(gates, reading);
	for (const gate of gates) {
		if (gate.title === '') complain('gate-empty', gate, {id: gate.id});
		if (gate.owners.length === 0)
			complain('owner-anyone', gate, {what: gate.id.startsWith('Gate') ? gate.id : `Gate ${gate.id}`});
	}
	return {rows: gates, sections: told.flatMap(({section, isSection}) => (isSection ? [section] : []))};
}

/* Stages by a heading or line that begins with a time, and the text under it, which says who does what. */
import {cellOf, columnsOf, exactRank} from '../../columns.ts';
import {labelOf, linesOf} from '../../items.ts';
import type {Content} from '../../markdown/blocks.ts';
import {plain} from '../../markdown/inline.ts';
import type {Item} from '../../markdown/list.ts';
import type {Cell, Table} from '../../markdown/table.ts';
import {areNames, areOwners, areSpoken, learnRoles, ownersOfEach, ownersOfText, ownersSpoken} from '../../owners.ts';
import type {Reading} from '../../reading.ts';
import {rolesOf} from '../../roles.ts';
import {type Column, normal} from '../../words/words.ts';
import type {Offset} from './offset.ts';
import {checkedOffset, clockBeside, durationIn, type StageRow} from './row.ts';

/** `title`: what its line says besides the time. */
export type ProseTimeline = {
	/** Null where the time that is there cannot be read. */
	readonly offset: Offset | null;
	readonly title: string;
	readonly at: Cell;
	readonly body: readonly Piece[];
};

/** A line of text or a list; `joined`: it goes on where the piece before it ended. */
export type Piece =
	| {readonly kind: 'line'; readonly cell: Cell; readonly joined: boolean}
	| {readonly kind: 'list'; readonly items: readonly Item[]}
	| {readonly kind: 'table'; readonly table: Table};

export function piecesOf(block: Content): readonly Piece[] {
	if (block.kind === 'list') return [{kind: 'list', items: block.items}];
	if (block.kind === 'table') return [{kind: 'table', table: block}];
	return linesOf(block).map((cell, index) => ({kind: 'line', cell, joined: index > 0}));
}

export const below = ({items}: Item): readonly Piece[] => (items.length > 0 ? [{kind: 'list', items}] : []);

export const labels = ['owner', 'action', 'evidence', 'duration'] as const;
type Wanted = (typeof labels)[number];

/** What was said under each label, and under none; several labels may name an owner each. */
type Sayings = {
	readonly text: string;
	readonly evidence: string;
	readonly duration: Cell | null;
	readonly owner: Cell | null;
};

const whole = (item: Item): string => [item.text, ...item.items.map(whole)].filter(text => text !== '').join('; ');

/** The parts of a stage as rows of a table: what each says in the columns that neither count it nor say who does it. */
function rowsIn(table: Table, {columns}: Reading): readonly {readonly said: Cell; readonly owner: Cell}[] {
	const known = columnsOf(table, ['id', 'owner', 'action', 'duration'], columns);
	const besides = new Set([known.id, known.owner, known.duration]);
	return table.rows.map(row => {
		const own = known.action === undefined ? row.cells.filter((_, index) => !besides.has(index)) : [];
		const text = known.action === undefined ? own.map(cell => cell.text) : [cellOf(row, known.action).text];
		const said = {text: text.filter(one => one !== '').join(', '), line: row.line, column: row.cells[0]?.column ?? 1};
		return {said, owner: cellOf(row, known.owner)};
	});
}

/** `| Owner | Lead |`: a table of labels as the lines that it stands for; null of any other. */
function labelsIn({header, rows}: Table, {columns}: Reading): readonly Cell[] | null {
	const isLabel = ([label, ...values]: readonly Cell[]): boolean =>
		values.length === 1 && exactRank(normal(plain(label?.text ?? '')), 'owner', columns) !== null;
	const all = [header, ...rows].map(({cells}) => cells);
	if (!rows.some(({cells}) => isLabel(cells))) return null;
	return (isLabel(header.cells) ? all : all.slice(1)).flatMap(([label, value]) =>
		label && value ? [{...value, text: `${plain(label.text)}: ${value.text}`}] : [],
	);
}

const isWanted = (column: Column): column is Wanted => labels.some(name => name === column);

/** Words that name who does it by themselves as well: "Lead: go/no-go said by all" has no label. */
const mayBeRole = /^[*_\s]*(?:lead|team|engineer|approver|dri|actor|party|function|assignee|decider)\b/i;

function labelled(cell: Cell, {columns, roles}: Reading): {readonly label: Wanted | null; readonly value: Cell} {
	// "**Owner**" alone leads to what follows.
	const isHead = /^(\*\*|__)[^*_:：]{2,30}\1$/.test(cell.text);
	const found = labelOf(isHead ? `${cell.text}:` : cell.text, labels, columns);
	if (!found || !isWanted(found.column)) return {label: null, value: cell};
	const text = cell.text.slice(found.length).trim();
	if (found.column === 'owner' && mayBeRole.test(cell.text) && !areNames(text, roles))
		return {label: null, value: cell};
	return {label: found.column, value: {...cell, text, column: cell.column + found.length}};
}

const boldLabel = /(?<=\S\s{1,4})(?=(\*\*|__)[^*_]{1,40}(?:[:：]\1|\1\s?[:：]))/g;

/** `**Time**: T-30 **Owner**: Ops` as two lines; one that is only to be filled in says nothing. */
function boldParts(line: Cell): readonly Cell[] {
	const from = [0, ...[...line.text.matchAll(boldLabel)].map(({index}) => index)];
	return from.flatMap((at, index) => {
		const text = line.text.slice(at, from[index + 1]).trim();
		return index > 0 && /[:：][*_\s]*_{3,}$/.test(text) ? [] : [{...line, text, column: line.column + at}];
	});
}

function sayingsOf(body: readonly Piece[], reading: Reading): Sayings {
	const said = new Map<Wanted | null, Cell[]>();
	const owners: Cell[] = [];
	let current: Wanted | null = null;
	/** A label with nothing behind it yet: what follows belongs to it, a list as a whole. */
	const awaited = (): Wanted | null => (said.get(current)?.length === 0 ? current : null);
	/** `label` null: it belongs to the last one where it goes on there. */
	const add = (cell: Cell, label: Wanted | null, goesOn: boolean): void => {
		current = label ?? (goesOn ? current : awaited());
		if (cell.text !== '' || label !== null)
			said.set(current, [...(said.get(current) ?? []), ...(cell.text === '' ? [] : [cell])]);
	};
	/** `Owner: SRE — freeze on` says what is done as well. */
	const addLine = ({label, value}: ReturnType<typeof labelled>, joined: boolean): void => {
		const [, owner, done] = (label === 'owner' && /^(.{1,60}?)\s[–—-]\s(.+)$/s.exec(value.text)) || [];
		const own = owner === undefined ? value : {...value, text: owner};
		if (label === 'owner' && own.text !== '') owners.push(own);
		add(own, label, joined);
		if (done !== undefined)
			add({...value, text: done, column: value.column + value.text.length - done.length}, null, false);
	};
	for (const piece of body) {
		if (piece.kind === 'line')
			boldParts(piece.cell).forEach((cell, index) => {
				addLine(labelled(cell, reading), piece.joined && index === 0);
			});
		else if (piece.kind === 'table') {
			const cells = labelsIn(piece.table, reading);
			for (const cell of cells ?? []) addLine(labelled(cell, reading), false);
			if (!cells) for (const one of rowsIn(piece.table, reading)) add(one.said, null, false);
		} else {
			const under = awaited();
			for (const item of piece.items) {
				const found = labelled({text: whole(item), line: item.line, column: item.column}, reading);
				addLine({...found, label: found.label ?? under}, false);
			}
		}
	}
	const of = (label: Wanted | null) =>
		said
			.get(label)
			?.map(({text}) => plain(text))
			.join('; ');
	const [first = said.get('owner')?.[0], ...others] = owners;
	return {
		text: of('action') ?? of(null) ?? '',
		evidence: of('evidence') ?? '',
		duration: said.get('duration')?.[0] ?? null,
		owner: first ? {...first, text: [first, ...others].map(({text}) => text).join(', ')} : null,
	};
}

type Heard = ProseTimeline & {readonly sayings: Sayings};

/** What says who does it where no label does: the title, else what is said without a label. */
const spokenIn = ({title, sayings}: Heard): string => title || sayings.text;

const ownerInside =
	/(?:^|[\s.;,(*_–—-])(?:owners?|responsible|负责人)[*_]{0,2}\s?[:：][*_]{0,2}\s?([^.;|\n()：:]{1,80})/i;

/** `@build: last build is there` */
const addressed = /^(@[\w.-]{1,40}(?:[\s,&+/]{1,3}@[\w.-]{1,40}){0,3})\s*[:：\s–—-]/;

/** Owners that its items name, each inside its text ("**Passwords are set.** Owner: Platform."), and those of its rows. */
function ownersInside({body}: ProseTimeline, reading: Reading): readonly string[] {
	const cells = body.flatMap((piece): readonly Cell[] => {
		if (piece.kind === 'table') return rowsIn(piece.table, reading).map(({owner}) => owner);
		if (piece.kind === 'line') return [];
		const areAddressed = piece.items.every(({text}) => addressed.test(text));
		return piece.items.flatMap(item => {
			const [, named] = ownerInside.exec(whole(item)) ?? (areAddressed ? addressed.exec(item.text) : null) ?? [];
			return named === undefined ? [] : {...item, text: named};
		});
	});
	return [...new Set(cells.flatMap(cell => rolesOf(cell, reading)))];
}

const itemsOf = ({body}: ProseTimeline): readonly Item[] =>
	body.flatMap(piece => (piece.kind === 'list' ? piece.items : []));

function ownersOfItems(stage: ProseTimeline, reading: Reading): readonly string[] {
	const items = itemsOf(stage);
	const texts = items.map(({text}) => plain(text));
	const named = ownersOfEach(texts, reading.roles);
	return [...new Set(named.flatMap((text, index) => rolesOf({...stage.at, ...items[index], text}, reading)))];
}

function ownersOf(heard: Heard, isSpoken: boolean, reading: Reading): ReturnType<typeof ownersOfText> {
	const {title, at, sayings} = heard;
	if (sayings.owner) return {owners: rolesOf(sayings.owner, reading), text: title};
	const inside = ownersInside(heard, reading);
	if (inside.length > 0) return {owners: inside, text: title};
	// A title that is nothing but who acts, with what is done under it.
	if (title !== '' && areOwners(title, reading.roles) && sayings.text !== '')
		return {owners: rolesOf({...at, text: title}, reading), text: ''};
	const ofItems = ownersOfItems(heard, reading);
	if (title === '' && ofItems.length > 0) return {owners: ofItems, text: ''};
	const found = (isSpoken ? ownersSpoken : ownersOfText)(spokenIn(heard), at, reading);
	return {
		owners: found.owners.length > 0 ? found.owners : ofItems,
		text: title === '' ? '' : found.text,
	};
}

function rowOf(heard: Heard, isSpoken: boolean, reading: Reading): StageRow | null {
	const {at, sayings} = heard;
	const offset = checkedOffset(heard.offset, at, reading);
	if (!offset) return null;
	const {owners, text} = ownersOf(heard, isSpoken, reading);
	return {
		id: offset.id,
		offsetSeconds: offset.seconds,
		owners,
		action: [text, sayings.text].filter(part => part !== '').join('; '),
		evidence: sayings.evidence,
		durationSeconds: sayings.duration ? durationIn(sayings.duration, offset.id, reading) : null,
		line: at.line,
		column: at.column,
		more: {},
		clocks: [clockBeside(leadingTimes.exec(plain(at.text))?.[0] ?? '')],
	};
}

/** `21:00 (T-60)`, `T-60 (21:00)` */
const leadingTimes = /^.{0,12}\bT ?[-+=]? ?\d[^\s:,;]{0,12}(?: ?[(/|@]? ?\d{1,2}[:.h]\d\d\)?)?/i;

export function rowsOfProse(reported: readonly ProseTimeline[], reading: Reading): readonly StageRow[] {
	const heard = reported.map(one => ({...one, sayings: sayingsOf(one.body, reading)}));
	const unowned = heard.filter(({sayings}) => sayings.owner === null);
	const texts = unowned.map(spokenIn);
	// Of several items "Traffic: 10 %", "Logs: quiet" no more than one begins the stage.
	const isOne = (one: Heard): boolean => one.title !== '' || itemsOf(one).length < 2;
	learnRoles(
		texts,
		[...(unowned.every(isOne) ? (['before'] as const) : []), 'inBrackets', 'behindDash'],
		reading.roles,
	);
	const items = unowned.flatMap(itemsOf).map(({text}) => plain(text));
	learnRoles(items, ['inBrackets', 'behindDash', 'asLabel'], reading.roles);
	const isSpoken = areSpoken(texts, reading.roles);
	return heard.flatMap(one => rowOf(one, isSpoken, reading) ?? []);
}

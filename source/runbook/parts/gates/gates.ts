/* The gates, as rows: from tables and from checklists, read as one list. gate-kind.ts decides how each is judged. */
import {hiddenCharacter} from '../../../text/clean.ts';
import {commandLines, fencedCommand} from '../../../text/code.ts';
import {withoutPictures} from '../../../text/letters.ts';
import {checkList} from '../../columns.ts';
import {isUnder, type Section, withoutNumber} from '../../document.ts';
import {boxed, fieldsOf, fullText, isChecklist, unfolded} from '../../items.ts';
import {openCode, plain, spanOf} from '../../markdown/inline.ts';
import type {Item, List} from '../../markdown/list.ts';
import type {Cell, Table} from '../../markdown/table.ts';
import {ownersOfText} from '../../owners.ts';
import {type Complain, start} from '../../problems/complain.ts';
import type {Reading} from '../../reading.ts';
import {rolesOf} from '../../roles.ts';
import {says, words} from '../../words/words.ts';
import {hasShortId, idAt, idPattern} from './gate-ids.ts';
import {proseGates} from './prose-gates.ts';
import {type Draft, fromTable, type GateRow, isAfter, isNoGo, saysLater, saysNoGo, wanted, whyNone} from './table.ts';

const codeAtEnd = /\s*[–—-]?\s*(?:command|run|execute|命令|运行|执行)?\s*[:：]?\s*`[^`]*`\s*\.?$/i;

/** `areShort`: every item of the list begins with an id such as `G1`, and nothing between it and the text. */
function fromItem(given: Item, section: Section, areShort: boolean, reading: Reading): Draft {
	const item = unfolded(given, wanted, reading);
	const {fields, others} = fieldsOf(item, wanted, reading);
	const found = idAt(item.text, areShort);
	const said = found?.after ?? item.text;
	const ownedBy = (of: string) =>
		fields.owner ? {owners: rolesOf(fields.owner, reading), text: plain(of)} : ownersOfText(plain(of), item, reading);
	// Owners follow the text, with or without the command that ends it.
	const short = ownedBy(said.replace(codeAtEnd, ''));
	const {owners, text} = short.text !== '' && short.owners.length > 0 && !fields.owner ? short : ownedBy(said);
	const none: Cell = {text: '', line: item.line, column: item.column};
	for (const {from, lines, info} of item.code)
		if (lines.join('').trim() !== '' && commandLines(lines, info).length === 0)
			reading.complain('fence-output', {line: from, column: 1}, {kind: info});
	const fenced = item.code.map(({lines, info}) => spanOf(fencedCommand(lines, info))).join(' ');
	const isSaid = plain(fields.command?.text ?? '') !== '';
	return {
		id: fields.id ? plain(fields.id.text) : (found?.id ?? null),
		title: fullText(text, [...others, ...(fields.check ? [fields.check] : [])]),
		owners,
		check: {...none, text: [item, ...others, fields.check ?? none].map(one => one.text).join('; ')},
		command: isSaid && fields.command ? fields.command : {...none, text: fenced},
		evidence: fields.evidence ?? none,
		pass: fields.pass ?? none,
		commandsOnly:
			item.items.some(sub => /^[*_\s]{0,3}(?:commands?|script|命令|脚本)[*_\s]{0,3}[:：]/i.test(sub.text)) ||
			fenced !== '',
		saidIn: fields.command || fields.pass ? 'label' : 'text',
		line: item.line,
		column: item.column,
		more: {},
		isWhole: true,
		section,
	};
}

function draftsOf(reading: Reading): readonly Draft[] {
	const {document, complain} = reading;
	const tables = document.tables.flatMap(placed => fromTable(placed, reading));
	const checklists = document.lists.filter(placed => {
		const {block, section} = placed;
		const {topics} = section;
		if (!(topics.has('gates') || topics.has('prerequisites')) || !isChecklist(block)) return false;
		const none = whyNone(placed, reading);
		if (none?.later) complain('gates-later', {line: block.line, column: 1}, {heading: none.later});
		return none === null;
	});
	const goIf = document.lists.filter(({block, section, lead}) => {
		const isBoxed = isChecklist(block);
		if (section.topics.has('gates'))
			return !isBoxed && (saysGo(lead) || goItems(block) !== block.items || (lead === '' && saysGo(section.heading)));
		if (section.topics.has('timeline')) return !isBoxed && saysGo(lead) && !isAfter(section, reading);
		return section.topics.size === 0 && saysGo(lead) && /\b(?:if|when)\b/i.test(lead);
	});
	const lists = checklists.flatMap(({block, section}) => {
		checkList(block, complain);
		const [late = [], meant = []] = [true, false].map(is =>
			block.items.filter(({box, text}) => (box === null && saysLater(plain(text))) === is),
		);
		for (const item of late) complain('gates-later', item, {heading: plain(item.text)});
		const items = boxed(meant, complain);
		const areShort = items.length > 1 && items.every(({text}) => hasShortId(text));
		return items.map(item => {
			const draft = fromItem(item, section, areShort, reading);
			if (item.box === 'ticked') complain('gate-ticked', item, {id: draft.id ?? draft.title});
			return draft;
		});
	});
	const goes = goIf.flatMap(({block, section}) => {
		checkList(block, complain);
		return goItems(block).map(item => fromItem({...item, text: withoutPictures(item.text)}, section, false, reading));
	});
	return [...tables, ...lists, ...goes].toSorted((a, b) => a.line - b.line);
}

/** What must hold for a go, and not what makes a no-go. */
const saysGo = (lead: string): boolean =>
	/^(?:we )?(?:go|proceed)(?:[ -](?:only )?(?:if|when|criteria|conditions))?(?: (?:all|each)(?: of)?(?: these| this| the following)?(?: conditions| criteria| points)?(?: holds?| (?:are|is) (?:true|met))?)?\s*[:：]?$/i.test(
		withoutPictures(lead).trim(),
	);

/** Of a list with an item for go and one for no-go what is under the first. */
function goItems({items}: List): readonly Item[] {
	const [go, ...others] = items.filter(({text, items: below}) => below.length > 0 && saysGo(plain(text)));
	return go && others.length === 0 ? go.items : items;
}

const decisions = ['go/no-go', 'go no go', 'go criteria', 'decision criteria', '放行'];
const sure = ['gate', 'gates', '门禁', '关卡', 'go/no-go criteria'];

const headersOf = ({header}: Table): string => header.cells.map(({text}) => `"${plain(text)}"`).join(', ');

/** `GO | NO-GO` */
const isEither = ({header}: Table): boolean => header.cells.some(({text}) => saysNoGo(plain(text)));

const promises = ({own, heading}: Section): boolean =>
	own.has('gates') && (says(heading, sure) || !says(heading, words.mayBeGates));

function complainOfEmpty(drafts: readonly Draft[], reading: Reading): void {
	const {document, complain} = reading;
	for (const section of document.sections) {
		// "Checklist" over "T-4h" and "T-1h" heads stages.
		const isOfStages = document.sections.some(one => isUnder(one, section) && one.topics.has('timeline'));
		if (!promises(section) || isOfStages || (drafts.length > 0 && !says(section.heading, sure))) continue;
		const holds = (above: Section): boolean => drafts.some(draft => isUnder(draft.section, above));
		const above = section.parent?.topics.has('gates') ? section.parent : section;
		if (holds(above) || isNoGo(section) || isAfter(section, reading)) continue;
		const {heading} = section;
		const table = document.tables.find(
			placed => isUnder(placed.section, section) && placed.block.rows.length > 0,
		)?.block;
		const isDecision = says(heading, decisions) && !says(heading, ['gate', 'gates']);
		const isForm = table !== undefined && isDecision && (isEither(table) || !says(heading, ['criteria']));
		const place = {line: section.line, column: 1};
		if (table && !isForm)
			complain('gates-columns', {line: table.line, column: 1}, {heading, headers: headersOf(table)});
		else complain(drafts.length > 0 || isDecision ? 'gates-none' : 'gates-empty', place, {heading});
	}
}

function checkIds(gates: readonly GateRow[], {complain}: Reading): void {
	const first = new Map<string, number>();
	for (const gate of gates) {
		const other = first.get(gate.id.toLowerCase());
		if (other !== undefined) complain('gate-double', gate, {id: gate.id, other});
		else first.set(gate.id.toLowerCase(), gate.line);
		const hidden = hiddenCharacter(gate.id);
		if (hidden) complain('name-hidden', gate, {what: 'The gate id', name: gate.id, character: hidden.name});
		else if (!idPattern.test(gate.id)) complain('gate-id', gate, {id: gate.id});
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

/** Ids; of gates that have none their numbers, or under a heading "Gate 2" those of its gates, `Gate-2.1`. */
const idsOf = (drafts: readonly Draft[]): readonly string[] =>
	drafts.map((draft, index) => {
		const group = numberedGate.exec(withoutPictures(withoutNumber(draft.section.heading)))?.[1];
		if (draft.id !== null || group === undefined) return draft.id ?? String(index + 1);
		const beside = drafts.filter(({section}) => section === draft.section);
		const count = beside.filter(({id}) => id === null).indexOf(draft) + 1;
		return beside.length === 1 ? `Gate-${group}` : `Gate-${group}.${count}`;
	});

/** Where gates are rows or have boxes, a list with ids of its own among them may be forgotten. */
function complainOfLists(drafts: readonly Draft[], {document, complain}: Reading): void {
	const known = new Set(drafts.map(({id}) => id?.toLowerCase()));
	for (const {block, section} of document.lists) {
		const mayBe = section.topics.has('gates') && !isChecklist(block);
		const ids = mayBe ? block.items.flatMap(({text}) => idAt(text, true)?.id ?? []) : [];
		if (mayBe && ids.length === block.items.length && !ids.some(id => known.has(id.toLowerCase())))
			complain('gates-unread', {line: block.line, column: 1}, {ids: ids.join(', ')});
	}
}

/** The gates in their order, numbered where they have no id. `sections`: those that are gates themselves. */
export function readGates(reading: Reading): {
	readonly rows: readonly GateRow[];
	readonly sections: readonly Section[];
} {
	const {complain} = reading;
	const placed = draftsOf(reading);
	const reported = placed.length === 0 ? proseGates(reading) : [];
	const told = reported.map(({item, section, isSection}) =>
		fromItem(item, section, isSection || hasShortId(item.text), reading),
	);
	const drafts = placed.length === 0 ? told : placed;
	complainOfEmpty(drafts, reading);
	if (placed.length > 0) complainOfLists(placed, reading);
	const aboutGates = reading.document.sections.some(promises);
	if (drafts.length === 0 && !aboutGates) complain('gates-missing', start, {});
	for (const draft of drafts) if (draft.isWhole) complainOfOpenCode(draft, complain);
	const ids = idsOf(drafts);
	const gates = drafts.map(({section: _, isWhole: __, ...draft}, index) => ({...draft, id: ids[index] ?? ''}));
	checkIds(gates, reading);
	for (const gate of gates) {
		if (gate.title === '') complain('gate-empty', gate, {id: gate.id});
		if (gate.owners.length === 0)
			complain('owner-anyone', gate, {what: gate.id.startsWith('Gate') ? gate.id : `Gate ${gate.id}`});
	}
	return {rows: gates, sections: reported.flatMap(({section, isSection}) => (isSection ? [section] : []))};
}

/* Gates without a table or boxes: sections, items and paragraphs that an id or labels show to be one. */

import {withoutPictures} from '../../../text/letters.ts';
import {checkList} from '../../columns.ts';
import {isUnder, type Placed, type Section, withoutNumber} from '../../document.ts';
import {fieldsOf, isChecklist, itemOf, linesOf, unfolded} from '../../items.ts';
import type {Content} from '../../markdown/blocks.ts';
import {plain} from '../../markdown/inline.ts';
import type {Fence, Item, List} from '../../markdown/list.ts';
import type {Cell} from '../../markdown/table.ts';
import {areOwners, namedOwner} from '../../owners.ts';
import type {Reading} from '../../reading.ts';
import {markSection} from '../../unused.ts';
import {idAt} from './gate-ids.ts';

export type ProseGate = {readonly item: Item; readonly section: Section; readonly isSection: boolean};

const labels = ['check', 'command', 'evidence', 'pass', 'owner'] as const;

const labelsIn = (item: Item, reading: Reading): number =>
	Object.keys(fieldsOf(unfolded(item, labels, reading), labels, reading).fields).length;

/** `Gate G1: …` begins with the id, too. */
const titleOf = ({heading}: Section): string =>
	withoutPictures(withoutNumber(heading)).replace(/^(?:gate|门禁|关卡)\s*(?=[a-z]{1,4}[-_.]?\d)/i, '');

const hasId = (text: string): boolean => idAt(text, true) !== null;

/** Lines as one item with what is below them, the labelled ones as sub-items. */
function itemOfLines(lines: readonly Cell[], below: Pick<Item, 'items' | 'code'>, reading: Reading): readonly Item[] {
	const text = lines.map(line => line.text).join(' ');
	return lines.slice(0, 1).map(first => unfolded({...itemOf(first), ...below, text, lines}, labels, reading));
}

/** The lines of a paragraph as items, one for each label and one for what is before the first. */
const itemsOf = (block: Content, reading: Reading): readonly Item[] =>
	block.kind === 'list'
		? block.items
		: itemOfLines(linesOf(block), {items: [], code: []}, reading).flatMap(item => [
				{...item, items: []},
				...item.items,
			]);

function ofSection(section: Section, blocks: readonly Content[], reading: Reading): Item {
	return {
		...itemOf({text: titleOf(section), line: section.line, column: 1}),
		items: blocks.flatMap(block => itemsOf(block, reading)),
		code: blocks.filter(block => block.kind === 'fence'),
	};
}

/** Whatever else it is about: `Gate 2: Rollback rehearsed`. */
const isNamedGate = (heading: string): boolean =>
	/^(?:gate|门禁|关卡)/i.test(withoutPictures(heading)) && hasId(heading);

const isOfGates = ({parent, heading}: Section): boolean =>
	(parent?.topics.has('gates') ?? false) || isNamedGate(withoutNumber(heading));

const isSure = (item: Item, reading: Reading): boolean => {
	const count = labelsIn(item, reading);
	return count > 1 || (hasId(item.text) && (count > 0 || item.code.length > 0));
};

/** Sections that are gates, each by its id or labels; one among them that shows neither is reported. */
function inSections(reading: Reading): readonly ProseGate[] {
	const {sections} = reading.document;
	const under = sections.filter(isOfGates);
	const above = new Set(under.map(({parent}) => parent));
	const found = under
		.filter(section => !above.has(section))
		.map(section => {
			const parts = sections.filter(one => isUnder(one, section));
			const blocks = parts.flatMap(one => one.blocks);
			return {item: ofSection(section, blocks, reading), section, parts, isSection: true};
		});
	if (!found.some(({item}) => isSure(item, reading))) return [];
	return found.filter(({item, section, parts}) => {
		const isGate = hasId(item.text) || isSure(item, reading);
		if (isGate) parts.forEach(markSection);
		else reading.complain('gate-unread', {line: section.line, column: 1}, {heading: section.heading});
		return isGate;
	});
}

const isStated = (item: Item, reading: Reading): boolean =>
	hasId(item.text) || labelsIn(item, reading) > 0 || namedOwner(item.text) !== '' || hasOwnerBehind(item, reading);

/** `What is checked — \`command\` — role`, `What is checked @role` */
const hasOwnerBehind = ({text}: Item, {roles}: Reading): boolean => {
	const [, name = ''] = /(?: [–—-] |[([（])([^–—()[\]（）]{1,60})[)\]）]?\s*$/.exec(plain(text).slice(-80)) ?? [];
	return (name !== '' && areOwners(name, roles)) || /\s@[\w.-]{1,40}\s*$/.test(text);
};

/** Whether every item of a list shows that it is a gate; under a heading about what comes before, by its id. */
function areStated({block: {items}, section: {topics}}: Placed<List>, reading: Reading): boolean {
	if (topics.has('gates')) return items.every(item => isStated(item, reading));
	return topics.has('prerequisites') && items.every(({text}) => hasId(text));
}

const inLists = (reading: Reading): readonly ProseGate[] =>
	reading.document.lists
		.filter(placed => !isChecklist(placed.block) && areStated(placed, reading))
		.flatMap(({block, section}) => {
			checkList(block, reading.complain);
			return block.items.map(item => ({item, section, isSection: false}));
		});

/** Lines of a section that begin with an id, each with what is under it up to the next. */
function linesIn({blocks}: Section, reading: Reading): readonly Item[] {
	const found: {readonly lines: Cell[]; readonly items: Item[]; readonly code: Fence[]}[] = [];
	for (const block of blocks) {
		if (block.kind === 'list') found.at(-1)?.items.push(...block.items);
		if (block.kind === 'fence') found.at(-1)?.code.push(block);
		for (const cell of linesOf(block)) {
			if (hasId(cell.text)) found.push({lines: [], items: [], code: []});
			found.at(-1)?.lines.push(cell);
		}
	}
	return found.flatMap(({lines, ...below}) => itemOfLines(lines, below, reading));
}

/** Paragraphs under a heading about gates, each beginning with an id; one of them shows by labels that they are gates. */
const inParagraphs = (reading: Reading): readonly ProseGate[] =>
	reading.document.sections
		.filter(({topics}) => topics.has('gates'))
		.flatMap(section => {
			const items = linesIn(section, reading);
			if (!items.some(item => isSure(item, reading))) return [];
			markSection(section);
			return items.map(item => ({item, section, isSection: false}));
		});

export function proseGates(reading: Reading): readonly ProseGate[] {
	const ways = [inSections, inLists, inParagraphs];
	return ways.reduce<readonly ProseGate[]>((found, way) => (found.length > 0 ? found : way(reading)), []);
}

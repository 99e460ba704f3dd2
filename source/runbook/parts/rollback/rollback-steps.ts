/*
The steps of a rollback as the runbook has them, gathered under its headings: lists and tables, and prose or fenced
as code, where those name nothing to run.
*/

import {commandLines} from '../../../text/code.ts';
import {isUnder, type Placed, type Section} from '../../document.ts';
import {cellOfItem} from '../../items.ts';
import {namedIn} from '../../linked-files.ts';
import type {Block, Fence, Paragraph} from '../../markdown/blocks.ts';
import {openCode, plain, withoutCode} from '../../markdown/inline.ts';
import type {Item, List} from '../../markdown/list.ts';
import {type Cell, mostRows, type Table} from '../../markdown/table.ts';
import type {Place} from '../../problems/complain.ts';
import type {Reading} from '../../reading.ts';
import {sentences} from '../../sentences.ts';
import {checkTable} from '../../tables.ts';
import {markUsed} from '../../unused.ts';
import {words} from '../../words/synonyms.ts';
import {says} from '../../words/words.ts';
import {isCondition, saysWhen} from '../gates/conditions.ts';
import {isOutage} from '../triggers/outage.ts';
import {namesRun, type Step} from './rollback-path.ts';

const comment = /^(?:#|rem\b|\/\/)/i;

const linesOf = (text: string, info: string): readonly string[] =>
	commandLines(text, info)
		.replace(/\s*\\\n\s*/g, ' ')
		.split('\n')
		.map(line => line.trim().replace(/^\$ +/, ''))
		.filter(line => line !== '' && !comment.test(line));

/** Where code opens that nothing closes, in the line that it opens on. */
function openIn(cells: readonly Cell[]): Place | null {
	for (const {text, line, column} of cells) {
		const at = openCode(text);
		if (at !== null) return {line, column: column + at};
	}
	return null;
}

const stepOf = (cell: Cell, fenced: readonly string[], reading: Reading, lines: readonly Cell[] = [cell]): Step => {
	const named = namedIn(cell.text, reading);
	return {
		prose: plain(withoutCode(cell.text)),
		open: openCode(cell.text) === null ? null : openIn(lines),
		code: [
			...named.map(({code, from}, index) => ({code, before: cell.text.slice(named[index - 1]?.to ?? 0, from)})),
			...fenced.map(code => ({code, before: ''})),
		],
		line: cell.line,
		column: cell.column,
	};
};

/** A text may say both ways, a sentence each; what is fenced under it belongs to its last. */
function reported(cell: Cell, lines: readonly Cell[], fenced: readonly string[], reading: Reading): readonly Step[] {
	const texts = sentences(cell.text);
	const [last = '', ...others] = texts.toReversed();
	return [
		...others.toReversed().map(text => stepOf({...cell, text}, [], reading, lines)),
		stepOf({...cell, text: last}, fenced, reading, lines),
	];
}

const ofItem = (item: Item, reading: Reading): readonly Step[] => [
	...reported(
		cellOfItem(item),
		item.lines,
		item.code.flatMap(({text, info}) => linesOf(text, info)),
		reading,
	),
	...item.items.flatMap(sub => ofItem(sub, reading)),
];

/** Steps that stand together, and whether what leads to them says that they are the second way. */
export type Group = {readonly steps: readonly Step[]; readonly fallen: boolean};

export const isSecond = (text: string): boolean => says(text, words.fallback) && !says(text, words.preferred);

/** Whether a block speaks of rolling back. */
const aboutRollback = ({section: {topics}, lead}: Placed<Block>): boolean =>
	topics.has('path') || topics.has('rollback') || (topics.has('triggers') && says(lead, words.path));

const blocksOf = ({document}: Reading): readonly Placed<Block>[] => document.blocks.filter(aboutRollback);

/** A sub-heading of the rollback that names the fallback. */
function isSecondPart({parent, heading}: Section): boolean {
	const isPart = parent !== null && (parent.topics.has('path') || parent.topics.has('rollback'));
	return isPart && isSecond(heading);
}

/** Whether "Fallback procedure" is what others call the rollback: no other part names a preferred path. */
function areOnly(blocks: readonly Placed<Block>[]): boolean {
	const sections = [...new Set(blocks.map(({section}) => section))];
	const second = sections.filter(isSecondPart);
	return sections.every(section => second.some(part => isUnder(part, section)));
}

/** By what leads to it, or by the sub-heading that it stands under. */
const isFallen = ({section, lead}: Placed<Block>, only: boolean): boolean =>
	isSecond(lead) || (!only && isSecondPart(section));

const saysHow = (step: Step): boolean => !isCondition(step.prose) || (!isOutage(step.prose) && namesRun(step));

const ofList = (block: List, placed: Placed<Block>, reading: Reading): readonly Step[] =>
	saysWhen({...placed, block}) ? [] : block.items.flatMap(item => ofItem(item, reading)).filter(saysHow);

/** A table is one of steps where a row names something to run. */
function ofTable(block: Table, reading: Reading): readonly Step[] {
	const steps = block.rows.map(row => {
		const text = row.cells.map(cell => cell.text).join(' ');
		return stepOf({text, line: row.line, column: row.cells[0]?.column ?? 1}, [], reading, row.cells);
	});
	if (!steps.some(namesRun)) return [];
	checkTable(block, reading.complain);
	return steps;
}

const mayHoldTables = ({section: {topics}}: Placed<Block>): boolean => !topics.has('triggers') || topics.has('path');

function listed(placed: Placed<Block>, reading: Reading): readonly Step[] {
	const {block} = placed;
	if (block.kind === 'list') {
		const steps = ofList(block, placed, reading);
		if (steps.some(namesCode)) markUsed(block);
		return steps;
	}
	return block.kind === 'table' && mayHoldTables(placed) ? ofTable(block, reading) : [];
}

function inProse(placed: Placed<Block>, reading: Reading): readonly Step[] {
	const {block, lead} = placed;
	if (!mayHoldTables(placed)) return [];
	if (block.kind === 'paragraph') {
		const lines = block.lines.map((text, index) => ({text, line: block.line + index, column: 1}));
		return reported({text: block.text, line: block.line, column: 1}, lines, [], reading);
	}
	if (block.kind !== 'fence') return [];
	markUsed(block);
	return [stepOf({text: lead, line: block.line, column: 1}, linesOf(block.lines.join('\n'), block.info), reading)];
}

const namesCode = ({code, open}: Step): boolean => code.length > 0 || open !== null;

const mayRun = (step: Step): boolean => step.open !== null || namesRun(step);

const textOf = (item: Item): string => plain(item.text);

/** A step as it stands, and whether it names code, as what a path runs does. */
type Stated = {readonly text: string; readonly named: boolean};

const rowsIn = (block: Table, {complain}: Reading): readonly Stated[] => {
	checkTable(block, complain);
	return block.rows.map(({cells}) => ({
		text: cells
			.map(({text}) => plain(text))
			.filter(text => text !== '')
			.join(', '),
		named: cells.some(({text}) => text.includes('`')),
	}));
};

const itemsIn = (block: List, reading: Reading): readonly Stated[] => {
	markUsed(block);
	return block.items
		.filter(item => !isCondition(textOf(item)))
		.map(item => ({text: wholeText(item), named: ofItem(item, reading).some(namesCode)}));
};

/** With what stands under it. */
const wholeText = ({text, code, items}: Item): string =>
	[plain(text), ...code.flatMap(one => linesOf(one.text, one.info)), ...items.map(wholeText)].join('; ');

/** Sentences count where they say what is run among them. */
function toldIn({line, text}: Paragraph, reading: Reading): readonly Stated[] {
	const told = sentences(text).map(one => ({
		text: plain(one),
		step: stepOf({text: one, line, column: 1}, [], reading),
	}));
	const steps = told.filter(({step}) => saysHow(step));
	return steps.some(({step}) => namesRun(step))
		? steps.map(({text: said, step}) => ({text: said, named: namesCode(step)}))
		: [];
}

function statedIn(placed: Placed<Block>, reading: Reading): readonly Stated[] {
	const {block} = placed;
	if (block.kind === 'table') return mayHoldTables(placed) ? rowsIn(block, reading) : [];
	if (block.kind === 'list') return saysWhen({...placed, block}) ? [] : itemsIn(block, reading);
	if (block.kind === 'paragraph') return mayHoldTables(placed) ? toldIn(block, reading) : [];
	return block.kind === 'fence' ? fencedIn(block) : [];
}

/** A fence of more commands is a script, which nobody reads as steps. */
export const mostCommands = 10;

function fencedIn({lines, info, line}: Fence): readonly Stated[] {
	const found = linesOf(lines.join('\n'), info);
	const many = [`the commands on lines ${line + 1}-${line + lines.length}`];
	return (found.length > mostCommands ? many : found).map(text => ({text, named: true}));
}

/** What people do: all of it where no path can be run, else what stands beside what a path runs, such as "Stop the writes". */
export function handSteps(reading: Reading, isRun: boolean): readonly string[] {
	const placed = blocksOf(reading).slice(0, mostRows);
	const all = placed.flatMap(one => statedIn(one, reading)).filter(({text}) => text !== '');
	if (!isRun) return all.map(({text}) => text);
	const first = all.findIndex(({named}) => named);
	return all.flatMap(({text, named}, index) => (named ? [] : `${text}${index < first ? ' (before the path)' : ''}`));
}

/** Lists and tables; where those name nothing to run, sentences and fenced code that do as well. */
export function groupsOf(reading: Reading): readonly Group[] {
	const blocks = blocksOf(reading).slice(0, mostRows);
	const only = areOnly(blocks);
	const known = blocks.map(placed => ({steps: listed(placed, reading), fallen: isFallen(placed, only)}));
	if (known.some(({steps}) => steps.some(namesRun))) return known;
	const all = blocks.map((placed, index) => ({
		steps: [...(known[index]?.steps ?? []), ...inProse(placed, reading)].filter(namesCode),
		fallen: isFallen(placed, only),
	}));
	return all.some(({steps}) => steps.some(mayRun)) ? all : known;
}

/* Steps of the rollback: of lists and tables; of prose and fences, where those name nothing to run. */

import {commandLines} from '../../../text/code.ts';
import {checkTable} from '../../columns.ts';
import {isUnder, type Placed, type Section} from '../../document.ts';
import {namedIn} from '../../linked-files.ts';
import type {Content, Paragraph} from '../../markdown/blocks.ts';
import {openCode, plain, sentences, withoutCode} from '../../markdown/inline.ts';
import type {Fence, Item, List} from '../../markdown/list.ts';
import {type Cell, mostRows, type Table} from '../../markdown/table.ts';
import type {Place} from '../../problems/complain.ts';
import type {Reading} from '../../reading.ts';
import {markUsed} from '../../unused.ts';
import {says, words} from '../../words/words.ts';
import {hasConditions, isCondition, isOutage, saysWhen} from '../triggers/conditions.ts';
import {namesRun, type Step} from './rollback-path.ts';

const comment = /^(?:#|rem\b|\/\/)/i;

const linesOf = ({lines, info}: Fence): readonly string[] =>
	commandLines(lines, info)
		.map(({text}) => text)
		.join('\n')
		.replace(/\s*\\\n\s*/g, ' ')
		.split('\n')
		.map(line => line.trim())
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
		text: plain(cell.text),
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
	...reported(item, item.lines, item.code.flatMap(linesOf), reading),
	...item.items.flatMap(sub => ofItem(sub, reading)),
];

const isSecond = (text: string): boolean => says(text, words.fallback) && !says(text, words.preferred);

const aboutRollback = ({section: {topics}, lead}: Placed<Content>): boolean =>
	topics.has('path') || topics.has('rollback') || (topics.has('triggers') && says(lead, words.path));

/** A sub-heading of the rollback that names the fallback. */
function isSecondPart({parent, heading}: Section): boolean {
	const isPart = parent !== null && (parent.topics.has('path') || parent.topics.has('rollback'));
	return isPart && isSecond(heading);
}

/** Whether "Fallback procedure" is what others call the rollback: no other part names a preferred path. */
function areOnly(blocks: readonly Placed<Content>[]): boolean {
	const sections = [...new Set(blocks.map(({section}) => section))];
	const second = sections.filter(isSecondPart);
	return sections.every(section => second.some(part => isUnder(part, section)));
}

const saysHow = (step: Step): boolean => !isCondition(step.prose) || (!isOutage(step.prose) && namesRun(step));

const namesCode = ({code, open}: Pick<Step, 'code' | 'open'>): boolean => code.length > 0 || open !== null;

/** A step as it stands, and whether it names code, as what a path runs does. */
type Stated = {readonly text: string; readonly named: boolean};

/** What a block says: its steps, those that count only where no list or table names anything to run, and what people do. */
type Said = {readonly steps: readonly Step[]; readonly reports: readonly Step[]; readonly stated: readonly Stated[]};

const nothing: Said = {steps: [], reports: [], stated: []};

/** Its rows are steps of a path where one of them names something to run. */
function ofTable(block: Table, reading: Reading): Said {
	checkTable(block, reading.complain);
	const steps = block.rows.map(row => {
		const text = row.cells.map(cell => cell.text).join(' ');
		return stepOf({text, line: row.line, column: row.cells[0]?.column ?? 1}, [], reading, row.cells);
	});
	const stated = block.rows.map(({cells}) => ({
		text: cells
			.map(({text}) => plain(text))
			.filter(text => text !== '')
			.join(', '),
		named: cells.some(({text}) => text.includes('`')),
	}));
	return {...nothing, steps: steps.some(namesRun) ? steps : [], stated};
}

const wholeText = ({text, code, items}: Item): string =>
	[plain(text), ...code.flatMap(linesOf), ...items.map(wholeText)].join('; ');

function ofList(block: List, reading: Reading): Said {
	markUsed(block);
	const all = block.items.map(item => ({item, steps: ofItem(item, reading)}));
	return {
		...nothing,
		steps: all.flatMap(({steps}) => steps).filter(saysHow),
		stated: all
			.filter(({item}) => !isCondition(plain(item.text)))
			.map(({item, steps}) => ({text: wholeText(item), named: steps.some(namesCode)})),
	};
}

/** Sentences count for people where they say what is run among them. */
function ofParagraph({line, text, lines}: Paragraph, reading: Reading): Said {
	const cells = lines.map((raw, index) => ({text: raw, line: line + index, column: 1}));
	const reports = reported({text, line, column: 1}, cells, [], reading);
	const how = reports.filter(saysHow);
	return {
		...nothing,
		reports,
		stated: how.some(namesRun) ? how.map(step => ({text: step.text, named: namesCode(step)})) : [],
	};
}

/** A fence of more commands is a script, which nobody reads as steps. */
export const mostCommands = 10;

function ofFence(fence: Fence, lead: string, reading: Reading): Said {
	const {line, from, lines} = fence;
	const found = linesOf(fence);
	const many = [`the commands on lines ${from}-${from + lines.length - 1}`];
	return {
		...nothing,
		reports: [stepOf({text: lead, line, column: 1}, found, reading)],
		stated: (found.length > mostCommands ? many : found).map(text => ({text, named: true})),
	};
}

function saidIn(placed: Placed<Content>, reading: Reading): Said {
	const {block, lead} = placed;
	const {topics} = placed.section;
	const isOfTriggers = topics.has('triggers') && !topics.has('path');
	if (block.kind === 'list') return saysWhen({...placed, block}) ? nothing : ofList(block, reading);
	if (block.kind === 'fence') {
		const said = ofFence(block, lead, reading);
		return isOfTriggers ? {...said, reports: []} : said;
	}
	if (isOfTriggers) return nothing;
	if (block.kind !== 'table') return ofParagraph(block, reading);
	const said = ofTable(block, reading);
	return hasConditions(block) ? {...said, stated: []} : said;
}

type SaidThere = Said & {readonly placed: Placed<Content>};

export const saidOfRollback = (reading: Reading): readonly SaidThere[] =>
	reading.document.blocks
		.filter(aboutRollback)
		.slice(0, mostRows)
		.map(placed => ({placed, ...saidIn(placed, reading)}));

/** What people do: all of it where no path can be run, else what is beside what a path runs, such as "Stop the writes". */
export function handSteps(said: readonly SaidThere[], isRun: boolean): readonly string[] {
	const all = said.flatMap(({stated}) => stated).filter(({text}) => text !== '');
	if (!isRun) return all.map(({text}) => text);
	const first = all.findIndex(({named}) => named);
	return all.flatMap(({text, named}, index) => (named ? [] : `${text}${index < first ? ' (before the path)' : ''}`));
}

/** Those of lists and tables; where they name nothing to run, of sentences and fenced code that do as well. */
function countedIn(said: readonly SaidThere[]): readonly SaidThere[] {
	if (said.some(({steps}) => steps.some(namesRun))) return said;
	for (const {placed, reports} of said) if (placed.block.kind === 'fence' && reports.length > 0) markUsed(placed.block);
	const all = said.map(one => ({...one, steps: [...one.steps, ...one.reports].filter(namesCode)}));
	return all.some(({steps}) => steps.some(step => step.open !== null || namesRun(step))) ? all : said;
}

/** An outage says when to roll back at all, and not that the first way is closed. */
const turnsSecond = ({prose}: Step): boolean =>
	!isOutage(prose) &&
	(isSecond(prose) ||
		(says(prose, words.unavailable) && /\b(?:if|when|where|should|in case)\b|如果|若|当/i.test(prose)));

export function waysIn(said: readonly SaidThere[]): readonly [readonly Step[], readonly Step[]] {
	const only = areOnly(said.map(({placed}) => placed));
	const ways: [Step[], Step[]] = [[], []];
	for (const {placed, steps} of countedIn(said)) {
		const isFallen = isSecond(placed.lead) || (!only && isSecondPart(placed.section));
		const turn = isFallen ? 0 : steps.findIndex(turnsSecond);
		const first = turn === -1 ? steps.length : turn;
		ways[0].push(...steps.slice(0, first));
		ways[1].push(...steps.slice(first));
	}
	return ways;
}

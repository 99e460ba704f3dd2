/*
How to roll back: the steps under headings about it, of the first way and of the second, where the first is unavailable. What
a way runs is told in way.ts.
*/
import type {Rollback} from '../cutover/runbook.ts';
import {namedIn} from './cited.ts';
import {placeOfPart, type Section} from './document.ts';
import {cellOfItem} from './items.ts';
import type {Block} from './markdown/blocks.ts';
import {plain, withoutCode} from './markdown/inline.ts';
import type {Item} from './markdown/list.ts';
import type {Cell} from './markdown/table.ts';
import type {Reading} from './reading.ts';
import {sentences} from './sentences.ts';
import {words} from './synonyms.ts';
import {checkTable} from './tables.ts';
import {isCondition, isOutage, saysWhen} from './triggers.ts';
import {inputsIn, namesRun, pathOfWay, type Step} from './way.ts';
import {says} from './words.ts';

export const proveSeconds = 10 * 60;

const comment = /^(?:#|rem\b|\/\/)/i;

const linesOf = (text: string): readonly string[] =>
	text
		.split('\n')
		.map(line => line.trim().replace(/^\$ +/, ''))
		.filter(line => line !== '' && !comment.test(line));

const stepOf = (cell: Cell, fenced: readonly string[], reading: Reading): Step => {
	const named = namedIn(cell.text, reading);
	return {
		prose: plain(withoutCode(cell.text)),
		code: [
			...named.map(({code, from}, index) => ({code, before: cell.text.slice(named[index - 1]?.to ?? 0, from)})),
			...fenced.map(code => ({code, before: ''})),
		],
		line: cell.line,
		column: cell.column,
	};
};

/** A text may say both ways, a sentence each; what is fenced under it belongs to its last. */
function told(cell: Cell, fenced: readonly string[], reading: Reading): readonly Step[] {
	const texts = sentences(cell.text);
	const [last = '', ...others] = texts.toReversed();
	return [
		...others.toReversed().map(text => stepOf({...cell, text}, [], reading)),
		stepOf({...cell, text: last}, fenced, reading),
	];
}

const ofItem = (item: Item, reading: Reading): readonly Step[] => [
	...told(
		cellOfItem(item),
		item.code.flatMap(({text}) => linesOf(text)),
		reading,
	),
	...item.items.flatMap(sub => ofItem(sub, reading)),
];

/** Steps that stand together, and whether what leads to them says that they are the second way. */
type Group = {readonly steps: readonly Step[]; readonly fallen: boolean; readonly listed: boolean};

const isSecond = (text: string): boolean => says(text, words.fallback) && !says(text, words.preferred);

function groupOf(block: Block, section: Section, lead: string, reading: Reading): Group | null {
	const {topics} = section;
	const isPart =
		section.parent !== null && (section.parent.topics.has('path') || section.parent.topics.has('rollback'));
	const fallen = isSecond(lead) || (isPart && isSecond(section.heading));
	const about = topics.has('path') || (topics.has('triggers') && says(lead, words.path)) || topics.has('rollback');
	if (!about) return null;
	if (block.kind === 'list')
		return saysWhen({block, section, lead})
			? null
			: {steps: block.items.flatMap(item => ofItem(item, reading)), fallen, listed: true};
	if (topics.has('triggers') && !topics.has('path')) return null;
	if (block.kind === 'table') {
		const steps = block.rows.map(row =>
			stepOf(
				{text: row.cells.map(({text}) => text).join(' '), line: row.line, column: row.cells[0]?.column ?? 1},
				[],
				reading,
			),
		);
		if (!steps.some(namesRun)) return null;
		checkTable(block, reading.complain);
		return {steps, fallen, listed: true};
	}
	if (block.kind === 'paragraph')
		return {
			steps: told({text: block.text, line: block.line, column: 1}, [], reading),
			fallen,
			listed: false,
		};
	if (block.kind === 'fence')
		return {
			steps: [stepOf({text: lead, line: block.line, column: 1}, linesOf(block.lines.join('\n')), reading)],
			fallen,
			listed: false,
		};
	return null;
}

function groupsOf(reading: Reading): readonly Group[] {
	return reading.document.sections.flatMap(section =>
		section.blocks.flatMap((block, index) => {
			const before = section.blocks[index - 1];
			const lead = before?.kind === 'paragraph' ? plain(before.text) : '';
			return groupOf(block, section, lead, reading) ?? [];
		}),
	);
}

/** An outage says when to roll back at all, and not that the first way is closed. */
const turnsSecond = ({prose}: Step): boolean =>
	!isOutage(prose) &&
	(isSecond(prose) ||
		(says(prose, words.unavailable) && /\b(?:if|when|where|should|in case)\b|如果|若|当/i.test(prose)));

/** Steps of the first way, and of the second. */
function ways(groups: readonly Group[], wanted: (step: Step) => boolean): readonly [readonly Step[], readonly Step[]] {
	const first: Step[] = [];
	const second: Step[] = [];
	for (const group of groups) {
		let fallen = group.fallen;
		for (const step of group.steps.filter(wanted)) {
			fallen ||= turnsSecond(step);
			(fallen ? second : first).push(step);
		}
	}
	return [first, second];
}

const saysHow = (step: Step): boolean => !isCondition(step.prose) || (!isOutage(step.prose) && namesRun(step));

/** Lists and tables; where none say how, sentences and fenced code that name something to run, conditions among them. */
function waysIn(reading: Reading): readonly [readonly Step[], readonly Step[]] {
	const groups = groupsOf(reading);
	const listed = ways(
		groups.filter(group => group.listed),
		saysHow,
	);
	if (listed.flat().length > 0) return listed;
	const inProse = ways(groups, step => step.code.length > 0);
	return inProse.flat().some(namesRun) ? inProse : [[], []];
}

const environmentOf = (inputs: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
	Object.fromEntries(
		Object.entries(inputs).map(([name, value]) => [name.toUpperCase().replace(/[^A-Z0-9_]/g, '_'), value]),
	);

export function readRollback(reading: Reading): Rollback | null {
	const [first, second] = waysIn(reading);
	const [step = second[0]] = first;
	if (!step) {
		reading.complain('rollback-missing', placeOfPart(reading.document, ['path', 'rollback']), {});
		return null;
	}
	const inputs = inputsIn([...first, ...second], reading);
	const preferred = pathOfWay(first, inputs, 'The preferred way', reading);
	const fallback = pathOfWay(second, inputs, 'The fallback', reading);
	return {preferred, fallback, environment: environmentOf(inputs), proveSeconds, line: step.line};
}

/** What a script gets, said once. */
export function noteEnvironment(rollback: Rollback | null, {note}: Reading): void {
	const isScripted = rollback?.preferred?.kind === 'script' || rollback?.fallback?.kind === 'script';
	if (isScripted && Object.keys(rollback.environment).length > 0)
		note('A rollback script gets every input of the workflow as an upper-case environment variable.');
}

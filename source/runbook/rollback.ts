/*
How to roll back: a workflow with its inputs or a script, and the second way where the first is unavailable.
*/
import type {Path, Rollback, RollbackPath} from '../cutover/runbook.ts';
import {filesOfCommand, inputsOf, isCommand, isPath, isScript, isWorkflow, pathOf} from './code.ts';
import {type Placed, placeOfPart} from './document.ts';
import {plain, spans, withoutCode} from './markdown/inline.ts';
import type {Item, List} from './markdown/list.ts';
import type {Reading} from './reading.ts';
import {words} from './synonyms.ts';
import {isCondition, saysWhen} from './triggers.ts';
import {says} from './words.ts';

export const proveSeconds = 10 * 60;

/** `prose`: its text without code. */
type Step = {
	readonly text: string;
	readonly prose: string;
	readonly code: readonly {readonly code: string; readonly before: string}[];
	readonly line: number;
	readonly column: number;
};

const stepOf = ({text, line, column, code}: Item): Step => ({
	text: plain(text),
	prose: plain(withoutCode(text)),
	code: [
		...spans(text).map((span, index, all) => ({
			code: span.code.trim(),
			before: text.slice(all[index - 1]?.to ?? 0, span.from),
		})),
		...code
			.flatMap(fence => fence.text.split('\n').filter(command => command !== '' && !command.startsWith('#')))
			.map(command => ({code: command, before: ''})),
	],
	line,
	column,
});

const deep = (item: Item): readonly Step[] => [stepOf(item), ...item.items.flatMap(deep)];

function listsOf({document}: Reading): readonly Placed<List>[] {
	const about = document.lists.filter(
		({section: {topics}}) => topics.has('path') || topics.has('rollback') || topics.has('triggers'),
	);
	return about.filter(
		placed =>
			!saysWhen(placed) &&
			(!placed.section.topics.has('triggers') || placed.section.topics.has('path') || says(placed.lead, words.path)),
	);
}

const isSecondWay = ({prose}: Step): boolean =>
	says(prose, words.fallback) ||
	(/\b(?:if|when|should|in case)\b|如果|若|当/i.test(prose) && says(prose, words.unavailable));

/** Steps of the first way, and of the second. */
function ways(lists: readonly Placed<List>[]): readonly [readonly Step[], readonly Step[]] {
	const first: Step[] = [];
	const second: Step[] = [];
	for (const {block, lead} of lists) {
		let fallen = says(lead, words.fallback) && !says(lead, ['preferred', '首选']);
		for (const step of block.items.flatMap(deep)) {
			if (isCondition(step.prose)) continue;
			fallen ||= isSecondWay(step);
			(fallen ? second : first).push(step);
		}
	}
	return [first, second];
}

function inputsIn(steps: readonly Step[], {complain}: Reading): Readonly<Record<string, string>> {
	const inputs = new Map<string, string>();
	for (const step of steps)
		for (const {code} of step.code)
			for (const [name, value] of inputsOf(
				isCommand(code)
					? code
							.split(/\s+/)
							.filter(word => word.includes('=') && !word.startsWith('-'))
							.join(' ')
					: code,
			)) {
				const first = inputs.get(name);
				if (first !== undefined && first !== value) complain('rollback-input', step, {name, first, second: value});
				else inputs.set(name, value);
			}
	return Object.fromEntries(inputs);
}

type Runs = {readonly script: Path | null; readonly reference: Path | null; readonly others: readonly string[]};

const refers = (before: string): boolean =>
	new RegExp(`(?:${words.reference.join('|')})\\s*(?:the\\s+)?$`, 'i').test(before.slice(-40));

/** Scripts and commands of a way; what it only refers to is no part of it. */
function runsOf(steps: readonly Step[]): Runs {
	const code = steps.flatMap(step => step.code);
	const references = code
		.filter(({code: text, before}) => isPath(text) && !isWorkflow(text) && (refers(before) || !isScript(text)))
		.map(({code: text}) => pathOf(text));
	const scripts = code
		.filter(({code: text, before}) => isScript(text) && !refers(before))
		.map(({code: text}) => pathOf(text));
	const commands = code.map(({code: text}) => text).filter(isCommand);
	const plainRuns = commands.filter(text => /^(?:bash|sh)\s+\S+$/.test(text)).flatMap(filesOfCommand);
	const others = commands.filter(text => !/^(?:bash|sh)\s+\S+$/.test(text));
	const all = [...new Set([...scripts, ...plainRuns])];
	return {
		script: all.length === 1 ? (all[0] ?? null) : null,
		reference: references[0] ?? null,
		others: [...(all.length > 1 ? all : []), ...others],
	};
}

function pathOfWay(
	steps: readonly Step[],
	inputs: Readonly<Record<string, string>>,
	what: string,
	{complain}: Reading,
): RollbackPath | null {
	const [first] = steps;
	if (!first) return null;
	const workflow = steps.flatMap(step => step.code).find(({code}) => isWorkflow(code));
	if (workflow) return {kind: 'workflow', workflow: pathOf(workflow.code), inputs};
	const {script, reference, others} = runsOf(steps);
	if (script !== null && others.length === 0) return {kind: 'script', script, reference};
	const named =
		others.length > 0
			? `${what} (${others.map(text => `"${text}"`).join(', ')})`
			: `${what}, which names neither one workflow file nor one script,`;
	complain('rollback-by-hand', first, {what: named});
	return null;
}

const environmentOf = (inputs: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
	Object.fromEntries(
		Object.entries(inputs).map(([name, value]) => [name.toUpperCase().replace(/[^A-Z0-9_]/g, '_'), value]),
	);

export function readRollback(reading: Reading): Rollback | null {
	const lists = listsOf(reading);
	const [first, second] = ways(lists);
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

/* What one way of rolling back runs: a workflow with inputs, or a script with arguments; the rest is for hands. */

import type {RollbackPath} from '../../../cutover/model/runbook.ts';
import {verbatimOf} from '../../../cutover/model/script.ts';
import {isWhole, pathNamed, scriptPath} from '../../../rollback/drivers.ts';
import {inputsOf, isCommand, isPath, isScript, isWorkflow, pathOf} from '../../../text/code.ts';
import type {Place} from '../../problems/complain.ts';
import type {Reading} from '../../reading.ts';
import {words} from '../../words/words.ts';

/** `text`: as it is seen; `prose`: without its code. `before`: what is before a code, back to the last one. `open`: a backtick that nothing closes. */
export type Step = {
	readonly text: string;
	readonly prose: string;
	readonly open: Place | null;
	readonly code: readonly {readonly code: string; readonly before: string}[];
	readonly line: number;
	readonly column: number;
};

type Inputs = Readonly<Record<string, string>>;

/** Pairs of a span; of a command those that a dispatch hands on: `kubectl get -l app=shop` and the like give none. */
function pairsOf(code: string): readonly (readonly [string, string])[] {
	if (!isCommand(code)) return inputsOf(code);
	if (pathNamed(code)?.workflow === undefined) return [];
	const named = code.split(/\s+/).filter(word => word.includes('=') && !word.startsWith('-'));
	return inputsOf(named.join(' '));
}

/** Inputs that the steps give; complains of one that is given twice. */
export function inputsIn(steps: readonly Step[], {complain}: Reading): Inputs {
	const inputs = new Map<string, string>();
	for (const step of steps)
		for (const [name, value] of step.code.flatMap(({code}) => pairsOf(code))) {
			const first = inputs.get(name);
			if (first !== undefined && first !== value) complain('rollback-input', step, {name, first, second: value});
			else inputs.set(name, value);
		}
	return Object.fromEntries(inputs);
}

const referring = new RegExp(`(?:${words.reference.join('|')})\\s*(?:the\\s+)?\\[?$`, 'i');
const refers = (before: string): boolean => referring.test(before.slice(-40));

type Runs = {readonly run: RollbackPath | null; readonly others: readonly string[]};

/** A step that only looks whether it worked is left to the proof. */
const looks = ({prose}: Step): boolean =>
	/^(?:[\w-]+ ){1,4}(?:verifies|confirms|validates|checks (?:that|with|whether|whatever))\b|^(?:(?:then|finally|and),?\s+)?(?:(?:verify|check|confirm|validate)(?!\s+(?:out|in)\b)\b|验证|检查|确认)/i.test(
		prose,
	);

/** What a way runs; what it only refers to is no part of it. */
function runsOf(steps: readonly Step[]): Runs {
	const code = steps.flatMap(step => (looks(step) ? step.code.filter(({code: text}) => !isCommand(text)) : step.code));
	const paths = code.filter(({code: text}) => isPath(text) && !isWorkflow(text));
	const isNamed = ({code: text, before}: (typeof code)[number]) =>
		(isScript(text) || pathNamed(text) !== null) && !refers(before);
	const [reference] = paths.filter(path => !isNamed(path));
	const commands = code.map(({code: text}) => text).filter(text => isCommand(text));
	const runs = commands.flatMap(text => pathNamed(text) ?? []);
	const byHand = commands.filter(text => pathNamed(text) === null);
	// A script that is named before it is run is the same one.
	const named = paths
		.filter(isNamed)
		.map(({code: text}) => pathOf(text))
		.filter(path => !runs.some(({script}) => script === path))
		.map(scriptPath);
	const all = new Map([...named, ...runs].map(run => [verbatimOf(run).join('\n'), run] as const));
	const [only] = all.values();
	return {
		run: all.size === 1 && only !== undefined ? {...only, reference: reference ? pathOf(reference.code) : null} : null,
		others: [...(all.size > 1 ? all.keys() : []), ...byHand],
	};
}

/** `what`: the name of this way, for saying that it is for hands. */
export function pathOfWay(steps: readonly Step[], inputs: Inputs, what: string, reading: Reading): RollbackPath | null {
	const {complain} = reading;
	const [first] = steps;
	if (!first) return null;
	const open = steps.flatMap(step => step.open ?? []);
	for (const place of open) complain('code-open', place, {});
	if (open.length > 0) return null;
	const whole = steps
		.flatMap(step => step.code)
		.flatMap(({code}) => pathNamed(code) ?? [])
		.find(isWhole);
	if (whole !== undefined) return {...whole, inputs};
	const {run, others} = runsOf(steps);
	if (run !== null && others.length === 0) return run;
	const named =
		others.length > 0
			? `${what} (${others.map(text => `"${text}"`).join(', ')})`
			: `${what}, which names neither one workflow file nor one script,`;
	complain('rollback-by-hand', first, {what: named});
	return null;
}

export const namesRun = ({code}: Pick<Step, 'code'>): boolean =>
	code.some(
		({code: text, before}) => pathNamed(text) !== null || isCommand(text) || (isScript(text) && !refers(before)),
	);

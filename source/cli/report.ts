/*
The outcome of a stage that only a person knows, with its checklist.
*/
import {catalogue} from '../commands/catalogue.ts';
import type {Values} from '../commands/field.ts';
import type {Stage} from '../cutover/model/runbook.ts';
import {safe} from '../text/clean.ts';
import {type Acting, send} from './act.ts';
import {line} from './ask.ts';
import {type Io, onTerminal, tell} from './io.ts';
import {ordersOf} from './order.ts';

type Result = 'pass' | 'fail';

const words: Readonly<Record<string, Result>> = {p: 'pass', pass: 'pass', f: 'fail', fail: 'fail'};

/** Asks for each item; null where there is no terminal, or where the operator left. */
async function askItems(
	io: Io,
	items: readonly string[],
): Promise<readonly (readonly [name: string, result: Result])[] | null> {
	if (!onTerminal(io)) return null;
	const answers: (readonly [string, Result])[] = [];
	for (const name of items) {
		const answer = await line(io, safe(`${name}: pass or fail? `));
		const result = words[answer?.trim().toLowerCase() ?? ''];
		if (result === undefined) {
			tell(io, safe(`Not recorded: ${name} was not answered with pass or fail.`));
			return null;
		}
		answers.push([name, result]);
	}
	return answers;
}

const unanswered = ({opened}: Acting, stage: Stage, named: readonly string[]): readonly string[] => {
	const before = Object.keys(opened.journal.state().stages[stage.id]?.items ?? {});
	return stage.items.filter(name => !before.includes(name) && !named.includes(name));
};

const answers = (items: readonly (readonly [string, Result])[]): Values =>
	Object.fromEntries(items.map(([name, result]) => [`item:${name}`, result]));

/** Records what the options say, with `more` on top: the exit code. */
async function record(context: Acting, stage: Stage, more: Values): Promise<number> {
	const [line] = catalogue.report.lines;
	const route = {spec: catalogue.report, line: {command: 'run', ...line, preset: more}};
	const [order] = ordersOf(context, route, stage.id);
	if (order === undefined) throw new TypeError(stage.id);
	return (await send(context, order, ':outcome')).code;
}

/** What --result, --item and --note say; a terminal is asked for the items that are left where no note answers them. */
export async function reportOutcome(context: Acting, stage: Stage): Promise<number> {
	const {call} = context;
	if (call.list('item').length > 0 || call.text('note') !== null) return record(context, stage, {});
	return record(context, stage, answers((await askItems(call.io, unanswered(context, stage, []))) ?? []));
}

const kinds: readonly Stage['kind'][] = ['verification', 'manual'];

/** After its playbook a stage waits for a person's answer: asked here, where there is a terminal to ask on. */
export async function askOutcome(context: Acting, stage: Stage): Promise<number> {
	const {call, opened} = context;
	const {outcome = null} = opened.journal.state().stages[stage.id] ?? {};
	if (outcome !== null || !kinds.includes(stage.kind) || !onTerminal(call.io)) return 0;
	const items = await askItems(call.io, unanswered(context, stage, []));
	const [whole] = items === null ? [] : ((await askItems(call.io, [`${stage.id} as a whole`])) ?? []);
	return items === null || whole === undefined ? 0 : record(context, stage, {...answers(items), result: whole[1]});
}

/*
`run G1`, `run T-60`, `run T0`: starts a check or a playbook and follows it to its end; with --result it records the
outcome that only a person knows, and for T0 starts it in the same call.
*/

import {catalogue} from '../../commands/catalogue.ts';
import type {Values} from '../../commands/field.ts';
import type {Stage} from '../../cutover/model/runbook.ts';
import type {Entry} from '../../cutover/ports.ts';
import {type Acting, acting, type Order, send} from '../act.ts';
import {line} from '../ask.ts';
import {followed, startedIn} from '../follow.ts';
import {type Io, onTerminal, tell} from '../io.ts';
import {ordersOf, refuseStrangers, routeOf} from '../order.ts';
import {routesOf} from '../route.ts';
import {named} from '../runbook-rows.ts';
import {UsageError} from '../usage-error.ts';

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
		const answer = await line(io, `${name}: pass or fail? `);
		const result = words[answer?.trim().toLowerCase() ?? ''];
		if (result === undefined) {
			tell(io, `Not recorded: ${name} was not answered with pass or fail.`);
			return null;
		}
		answers.push([name, result]);
	}
	return answers;
}

const unanswered = ({opened}: Acting, stage: Stage): readonly string[] => {
	const before = Object.keys(opened.journal.state().stages[stage.id]?.items ?? {});
	return stage.items.filter(name => !before.includes(name));
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
async function reportOutcome(context: Acting, stage: Stage): Promise<number> {
	const {call} = context;
	if (call.list('item').length > 0 || call.text('note') !== null) return record(context, stage, {});
	return record(context, stage, answers((await askItems(call.io, unanswered(context, stage))) ?? []));
}

const kinds: readonly Stage['kind'][] = ['verification', 'manual'];

/** After its playbook a stage waits for a person's answer: asked here, where there is a terminal to ask on. */
async function askOutcome(context: Acting, stage: Stage): Promise<number> {
	const {call, opened} = context;
	const {outcome = null} = opened.journal.state().stages[stage.id] ?? {};
	if (outcome !== null || !kinds.includes(stage.kind) || !onTerminal(call.io)) return 0;
	const items = await askItems(call.io, unanswered(context, stage));
	const [whole] = items === null ? [] : ((await askItems(call.io, [`${stage.id} as a whole`])) ?? []);
	return items === null || whole === undefined ? 0 : record(context, stage, {...answers(items), result: whole[1]});
}

/** What a run that needs no process of its own came to. */
function judged(entries: readonly Entry[], id: string): number {
	const verdicts = entries.flatMap(entry =>
		entry.type === 'judged' && entry.data.gate === id ? [entry.data.verdict] : [],
	);
	return verdicts.length === 0 || verdicts.at(-1) === 'pass' ? 0 : 1;
}

const routes = routesOf('run');

/** Sends what begins it, and follows what that started. */
async function start(context: Acting, id: string, [order]: readonly Order[]): Promise<number> {
	if (order === undefined) throw new TypeError(id);
	const {code, recorded} = await send(context, order);
	if (recorded === null) return code;
	const attempt = startedIn(recorded);
	if (attempt === null) return judged(recorded, id);
	return context.call.flag('detach') ? 0 : followed(context, attempt, recorded.at(-1)?.seq ?? 0);
}

export const run = async (call: Acting['call']): Promise<number> =>
	acting(call, async context => {
		const id = named(context.runbook, 'gate or stage', call.must(0));
		const stage = context.runbook.stages.find(each => each.id === id);
		const route = routeOf(call, routes);
		if (route.spec !== catalogue.report) {
			const code = await start(context, id, ordersOf(context, route, id, routes));
			const follows = !call.flag('detach') && !call.flag('dry-run');
			return code === 0 && stage !== undefined && follows ? askOutcome(context, stage) : code;
		}
		if (stage === undefined) throw new UsageError(`${id} is a gate: its check decides. --result is for stages.`);
		if (stage.kind === 'act' && context.opened.journal.state().t0Started === null) {
			const started = await start(context, id, ordersOf(context, {spec: catalogue.run, line: {command: 'run'}}, id));
			if (started !== 0 || call.flag('dry-run')) return started;
		} else refuseStrangers(call, route, routes);
		return reportOutcome(context, stage);
	});

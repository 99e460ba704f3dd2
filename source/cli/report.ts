/*
The outcome of a stage that only a person can say, with its checklist.
*/
import type {ItemAnswer} from '../cutover/model/event.ts';
import type {Stage} from '../cutover/model/runbook.ts';
import {stamp} from '../text/time.ts';
import {type Acting, send} from './act.ts';
import {when} from './args.ts';
import {onTerminal} from './io.ts';
import {askItems, itemOf, type Result} from './items.ts';

const resultOf = ({call}: Acting): Result | null => {
	const text = call.text('result');
	return text === 'pass' || text === 'fail' ? text : null;
};

const openItems = ({opened}: Acting, stage: Stage, named: readonly ItemAnswer[]): readonly string[] => {
	const before = Object.keys(opened.journal.state().stages[stage.id]?.items ?? {});
	return stage.items.filter(name => !before.includes(name) && !named.some(answer => answer.name === name));
};

/** Named answers, and what a terminal is asked where no note answers the rest as a whole. */
async function answersOf(context: Acting, stage: Stage): Promise<readonly ItemAnswer[]> {
	const {call} = context;
	const named = call.list('item').map(text => itemOf(text, stage.items));
	if (call.list('item').length > 0 || call.text('note') !== null) return named;
	return (await askItems(call.io, openItems(context, stage, named))) ?? [];
}

/** Records it: the exit code. */
async function record(
	context: Acting,
	stage: Stage,
	result: Result | null,
	items: readonly ItemAnswer[],
): Promise<number> {
	const {call, opened} = context;
	const at = call.text('at');
	const data = {
		stage: stage.id,
		result,
		note: call.text('note'),
		reference: call.text('reference'),
		done: at === null ? null : stamp(when(at, opened.clock.now())),
		items,
		early: call.flag('early'),
		reason: call.text('reason'),
	};
	return (await send(context, {type: 'report', data}, ':outcome')).code;
}

/** What --result, --item and --note say, and where a checklist is left open what a terminal answers. */
export const reportOutcome = async (context: Acting, stage: Stage): Promise<number> =>
	record(context, stage, resultOf(context), await answersOf(context, stage));

const kinds: readonly Stage['kind'][] = ['verification', 'manual'];

/** After its playbook a stage waits for a person's word: asked here, where there is a terminal to ask on. */
export async function askOutcome(context: Acting, stage: Stage): Promise<number> {
	const {call, opened} = context;
	const {outcome = null} = opened.journal.state().stages[stage.id] ?? {};
	if (outcome !== null || !kinds.includes(stage.kind) || !onTerminal(call.io)) return 0;
	const items = await askItems(call.io, openItems(context, stage, []));
	const [whole] = items === null ? [] : ((await askItems(call.io, [`${stage.id} as a whole`])) ?? []);
	return items === null || whole === undefined ? 0 : record(context, stage, whole.result, items);
}

/*
The outcome of a stage that only a person can say, with its checklist.
*/
import type {ItemAnswer} from '../cutover/event.ts';
import type {Stage} from '../cutover/runbook.ts';
import {stamp} from '../text/time.ts';
import {send, type Acting} from './act.ts';
import {when} from './call.ts';
import {askItems, asWhole, itemOf, type Result} from './items.ts';

const resultOf = ({call}: Acting): Result | null => {
	const text = call.text('result');
	return text === 'pass' || text === 'fail' ? text : null;
};

/** What is answered by now: named items, the rest as a whole, or what a terminal is asked. */
async function answersOf(context: Acting, stage: Stage): Promise<readonly ItemAnswer[]> {
	const {call, opened} = context;
	const named = call.list('item').map(text => itemOf(text, stage.items));
	const result = resultOf(context);
	const before = Object.keys(opened.journal.state().stages[stage.id]?.items ?? {});
	const open = stage.items.filter(name => !before.includes(name) && !named.some(answer => answer.name === name));
	if (result !== null && call.text('note') !== null) return asWhole(open, named, result);
	return result === null || open.length === 0 ? named : [...named, ...((await askItems(call.io, open)) ?? [])];
}

/** Records it: the exit code. */
export async function reportOutcome(context: Acting, stage: Stage): Promise<number> {
	const {call, opened} = context;
	const at = call.text('at');
	const data = {
		stage: stage.id,
		result: resultOf(context),
		note: call.text('note'),
		reference: call.text('reference'),
		done: at === null ? null : stamp(when(at, opened.clock.now())),
		items: await answersOf(context, stage),
		early: call.flag('early'),
		reason: call.text('reason'),
	};
	return (await send(context, {type: 'report', data}, ':outcome')).code;
}

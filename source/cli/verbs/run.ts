/*
`run G1`, `run T-60`, `run T0`: starts a check or a playbook and follows it to its end; with --result it records the
outcome that only a person knows, and for T0 starts it in the same call.
*/

import type {Entry} from '../../cutover/ports.ts';
import {type Acting, acting, send} from '../act.ts';
import {ordersOf} from '../order.ts';
import {followed, startedIn} from '../outcome.ts';
import {askOutcome, reportOutcome} from '../report.ts';
import {routesOf} from '../route.ts';
import {named} from '../runbook-rows.ts';
import {UsageError} from '../usage-error.ts';

/** What a run that needs no process of its own came to. */
function judged(entries: readonly Entry[], id: string): number {
	const verdicts = entries.flatMap(entry =>
		entry.type === 'judged' && entry.data.gate === id ? [entry.data.verdict] : [],
	);
	return verdicts.length === 0 || verdicts.at(-1) === 'pass' ? 0 : 1;
}

const routes = routesOf('run');

const starts = ({call}: Acting) =>
	routes.filter(({line: {flag}}) => flag?.name === (call.flag('resume') ? 'resume' : undefined));

async function start(context: Acting, id: string): Promise<number> {
	const [route] = starts(context);
	const [order] = route === undefined ? [] : ordersOf(context, route, id);
	if (order === undefined) throw new TypeError(id);
	const {code, recorded} = await send(context, order);
	if (recorded === null) return code;
	const attempt = startedIn(recorded);
	if (attempt === null) return judged(recorded, id);
	return context.call.flag('detach') ? 0 : followed(context, attempt, recorded.at(-1)?.seq ?? 0);
}

const reports = ({call}: Acting): boolean => call.text('result') !== null || call.list('item').length > 0;

export const run = async (call: Acting['call']): Promise<number> =>
	acting(call, async context => {
		const id = named(context.runbook, 'gate or stage', call.must(0));
		const stage = context.runbook.stages.find(each => each.id === id);
		if (!reports(context)) {
			const code = await start(context, id);
			const follows = !call.flag('detach') && !call.flag('dry-run');
			return code === 0 && stage !== undefined && follows ? askOutcome(context, stage) : code;
		}
		if (stage === undefined) throw new UsageError(`${id} is a gate: its check decides. --result is for stages.`);
		if (stage.kind === 'act' && context.opened.journal.state().t0Started === null) {
			const started = await start(context, id);
			if (started !== 0 || call.flag('dry-run')) return started;
		}
		return reportOutcome(context, stage);
	});

/* `status`: where the cutover stands and what comes next, for people or as JSON; with --since what happened meanwhile. */
import {snapshotOf} from '../../cutover/snapshot/snapshot-of.ts';
import {json} from '../../text/clean.ts';
import {personOf} from '../act.ts';
import type {Args} from '../args.ts';
import {briefingJson, briefingLines, briefingOf, since} from '../briefing-lines.ts';
import {reading} from '../choose.ts';
import {say} from '../io.ts';
import {asJson} from '../status-json.ts';
import {asLines} from '../status-lines.ts';

export const run = (call: Args): Promise<number> =>
	reading(call, async opened => {
		const {journal, clock} = opened;
		const state = journal.state();
		const by = personOf(call, state.runbook?.roles ?? []);
		const snapshot = snapshotOf(state, Math.max(clock.now(), state.at), journal.observed(), by);
		const given = call.text('since');
		const briefing = given === null ? null : briefingOf(journal, snapshot, since(given, snapshot.now), by);
		if (call.flag('json')) {
			const whole = {...asJson(snapshot, opened), ...(briefing && briefingJson(briefing))};
			call.io.stdout.write(`${json(whole, 2)}\n`);
			return 0;
		}
		for (const line of briefing ? briefingLines(briefing) : []) say(call.io, line);
		for (const line of asLines(snapshot, opened)) say(call.io, line);
		return 0;
	});

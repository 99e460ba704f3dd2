/* `status`: where the cutover stands and what comes next, for people or as JSON; with --since what happened meanwhile. */
import {stand} from '../../cutover/stand.ts';
import {json} from '../../text/clean.ts';
import {personOf} from '../act.ts';
import {briefingJson, briefingLines, briefingOf, since} from '../briefing-lines.ts';
import type {Call} from '../call.ts';
import {reading} from '../choose.ts';
import {say} from '../io.ts';
import {asJson} from '../status-json.ts';
import {asLines} from '../status-lines.ts';

export const run = (call: Call): Promise<number> =>
	reading(call, async opened => {
		const {journal, clock} = opened;
		const state = journal.state();
		const by = personOf(call, state.runbook?.roles ?? []);
		const standing = stand(state, Math.max(clock.now(), state.at), journal.seen(), by);
		const given = call.text('since');
		const briefing = given === null ? null : briefingOf(journal, standing, since(given, standing.now), by);
		if (call.flag('json')) {
			const whole = {...asJson(standing, opened), ...(briefing && briefingJson(briefing))};
			call.io.stdout.write(`${json(whole, 2)}\n`);
			return 0;
		}
		for (const line of briefing ? briefingLines(briefing) : []) say(call.io, line);
		for (const line of asLines(standing, opened)) say(call.io, line);
		return 0;
	});

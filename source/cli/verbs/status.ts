/* `status`: where the cutover stands and what comes next, for people or as JSON. */
import {stand} from '../../cutover/stand.ts';
import {json} from '../../text/clean.ts';
import {personOf} from '../act.ts';
import type {Call} from '../call.ts';
import {reading} from '../choose.ts';
import {say} from '../io.ts';
import {asJson} from '../status-json.ts';
import {asLines} from '../status-lines.ts';

export const run = (call: Call): Promise<number> =>
	reading(call, async opened => {
		const {journal, clock} = opened;
		const state = journal.state();
		const standing = stand(
			state,
			Math.max(clock.now(), state.at),
			journal.seen(),
			personOf(call, state.runbook?.roles ?? []),
		);
		if (call.flag('json')) call.io.stdout.write(`${json(asJson(standing, opened), 2)}\n`);
		else for (const line of asLines(standing, opened)) say(call.io, line);
		return 0;
	});

/* `check RUNBOOK`: what was understood, and every problem; runs nothing. 0, or 2 where there is an error. */
import {asJson} from '../../runbook/as-json.ts';
import {json} from '../../text/clean.ts';
import {type Call, when} from '../call.ts';
import {systemClock} from '../clock.ts';
import {say} from '../io.ts';
import {readFor} from '../opening.ts';
import {problemLines, understood} from '../understood.ts';

export const run = async (call: Call): Promise<number> => {
	const given = call.text('t0');
	const t0 = given === null ? null : when(given, systemClock.now());
	const read = readFor(call, call.must(0));
	const {runbook, problems} = read;
	if (call.flag('json')) call.io.stdout.write(`${json(asJson(runbook, problems), 2)}\n`);
	else for (const line of [...understood(read, t0), ...problemLines(read)]) say(call.io, line);
	return runbook === null ? 2 : 0;
};

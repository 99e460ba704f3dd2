/* `check RUNBOOK`: what was understood, and every problem; runs nothing. 0, or 2 where there is an error. */
import {json} from '../../text/clean.ts';
import {local} from '../../text/time.ts';
import {when, type Call} from '../call.ts';
import {systemClock} from '../clock.ts';
import {asJson} from '../check-json.ts';
import {say} from '../io.ts';
import {readFor, type Read} from '../opening.ts';
import {problemLines, understood} from '../understood.ts';
import {safe} from '../../text/clean.ts';

/** When each stage would be, for a T0. */
function times(call: Call, {runbook}: Read): readonly string[] {
	const t0 = call.text('t0');
	if (t0 === null || runbook === null) return [];
	const zero = when(t0, systemClock.now());
	return ['', 'Times', ...runbook.stages.map(({id, offsetSeconds}) => `  ${id}  ${local(zero + offsetSeconds * 1000)}`)];
}

export const run = async (call: Call): Promise<number> => {
	const read = readFor(call, call.must(0));
	const code = read.runbook === null ? 2 : 0;
	if (call.flag('json')) {
		call.io.stdout.write(`${json(asJson(read), 2)}\n`);
		return code;
	}
	for (const line of [...understood(read), ...times(call, read).map(line => safe(line)), ...problemLines(read)]) say(call.io, line);
	return code;
};

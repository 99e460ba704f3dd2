/* `doctor [RUNBOOK]`: what this machine lacks; 0 where nothing is missing, 1 where something is. */
import {json, safe} from '../../text/clean.ts';
import type {Call} from '../call.ts';
import {examine} from '../examine.ts';
import {say} from '../io.ts';

const words = {yes: 'OK     ', no: 'MISSING', unknown: 'UNKNOWN', beware: 'BEWARE '} as const;

export const run = async (call: Call): Promise<number> => {
	const findings = await examine(call);
	if (call.flag('json')) call.io.stdout.write(`${json({findings}, 2)}\n`);
	else
		for (const {name, holds, text, mend} of findings)
			say(call.io, safe(`${words[holds]}  ${name}: ${text}${holds === 'yes' || mend === '' ? '' : ` ${mend}`}`));
	return findings.some(({holds}) => holds === 'no') ? 1 : 0;
};

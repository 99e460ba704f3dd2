/* `doctor [RUNBOOK]`: what this machine lacks; 0 where nothing is missing, 1 where something is. */
import {json, safe} from '../../text/clean.ts';
import type {Args} from '../args.ts';
import {examine} from '../doctor/doctor.ts';
import {say} from '../io.ts';

const words = {yes: 'OK     ', no: 'MISSING', unknown: 'UNKNOWN', beware: 'BEWARE '} as const;

export const run = async (call: Args): Promise<number> => {
	const findings = await examine(call);
	if (call.flag('json')) call.io.stdout.write(`${json({findings}, 2)}\n`);
	else
		for (const {name, holds, text, fix} of findings)
			say(call.io, safe(`${words[holds]}  ${name}: ${text}${holds === 'yes' || fix === '' ? '' : ` ${fix}`}`));
	return findings.some(({holds}) => holds === 'no') ? 1 : 0;
};

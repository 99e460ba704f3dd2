/* `doctor [RUNBOOK]`: what this machine lacks; 0 where nothing is missing, 1 where something is. */
import {json} from '../../text/clean.ts';
import type {Args} from '../args.ts';
import {examine} from '../doctor/doctor.ts';
import {lineOf} from '../doctor/finding.ts';
import {say} from '../io.ts';

export const run = async (call: Args): Promise<number> => {
	const findings = await examine(call);
	if (call.flag('json')) call.io.stdout.write(`${json({findings}, 2)}\n`);
	else for (const finding of findings) say(call.io, lineOf(finding));
	return findings.some(({holds}) => holds === 'no') ? 1 : 0;
};

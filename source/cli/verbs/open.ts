/*
`cutover-tui [RUNBOOK]`: the screen. It resumes the open cutover of this runbook or shows the first opening; without a
runbook it takes the only open cutover, or lists them. Nothing of ink is loaded before it is known that a screen opens.
*/
import {existsSync, realpathSync} from 'node:fs';
import {resolve} from 'node:path';
import {safe} from '../../text/clean.ts';
import type {Call} from '../call.ts';
import {choose} from '../choose.ts';
import {onTerminal, tell} from '../io.ts';
import {Misuse} from '../misuse.ts';
import {opening} from '../opening.ts';
import {cutovers, openCutover, stateRoot, type Opened} from '../world.ts';

const noTerminal = 'The screen needs a terminal on stdin and stdout.';

/** The verb that does here what the screen would have done. */
function instead(call: Call): string {
	const runbook = call.word(0);
	if (runbook === null) return `${noTerminal} Use a verb instead: cutover-tui status.`;
	return `${noTerminal} Use a verb instead: cutover-tui check ${runbook}, cutover-tui begin ${runbook} --t0 WHEN, cutover-tui status.`;
}

const openOf = (call: Call, file: string) => cutovers(stateRoot(call)).filter(({status, runbook}) => status !== 'closed' && runbook === file);

async function resumed(call: Call, file: string): Promise<Opened | null> {
	if (call.text('cutover') !== null) return choose(call, 'act');
	const [first, ...others] = openOf(call, file);
	if (first === undefined) return null;
	if (others.length === 0) return openCutover(call.io, first.folder);
	throw new Misuse(`Several cutovers of this runbook are open: ${[first, ...others].map(({id}) => id).join(', ')}. Say which with --cutover ID.`);
}

function fileOf(call: Call, word: string): string {
	const file = resolve(call.io.cwd, word);
	if (!existsSync(file)) throw new Misuse(`${word} does not exist. Name a runbook.`);
	return realpathSync(file);
}

export const run = async (call: Call): Promise<number> => {
	if (!onTerminal(call.io)) {
		tell(call.io, safe(instead(call)));
		return 2;
	}
	const word = call.word(0);
	const file = word === null ? null : fileOf(call, word);
	const opened = file === null ? await choose(call, 'act') : await resumed(call, file);
	const {show} = await import('../show.tsx');
	if (opened !== null) return show(call, {cutover: opened});
	return show(call, {opening: await opening(call, file ?? '')});
};

/*
`cutover-tui [RUNBOOK]`: the screen. It resumes the open cutover of this runbook or shows the first opening; without a
runbook it takes the only open cutover, or lists them. What goes wrong while it loads is said once the terminal is back.
*/
import {randomUUID} from 'node:crypto';
import {existsSync, realpathSync} from 'node:fs';
import {constants, hostname, userInfo} from 'node:os';
import {resolve} from 'node:path';
import {safe} from '../../text/clean.ts';
import type {Loaded} from '../../screen/open.tsx';
import {forScreen} from '../acts.ts';
import type {Call} from '../call.ts';
import {choose} from '../choose.ts';
import {systemClock} from '../clock.ts';
import {onTerminal, tell} from '../io.ts';
import {known, Misuse} from '../misuse.ts';
import {opening} from '../opening-port.ts';
import {person, thisMachine} from '../person.ts';
import {cutovers, openCutover, stateRoot, type Opened} from '../world.ts';

const noTerminal = 'The screen needs a terminal on stdin and stdout.';

/** The verb that does here what the screen would have done. */
function instead(call: Call): string {
	const runbook = call.word(0);
	if (runbook === null) return `${noTerminal} Use a verb instead: cutover-tui status.`;
	return `${noTerminal} Use a verb instead: cutover-tui check ${runbook}, cutover-tui begin ${runbook} --t0 WHEN, cutover-tui status.`;
}

function fileOf(call: Call, word: string): string {
	const file = resolve(call.io.cwd, word);
	if (!existsSync(file)) throw new Misuse(`${word} does not exist. Name a runbook.`);
	return realpathSync(file);
}

/** The open cutover of this runbook, null where there is none. */
async function openOf(call: Call, file: string): Promise<Opened | null> {
	const [first, ...others] = cutovers(stateRoot(call)).filter(({status, runbook}) => status !== 'closed' && runbook === file);
	if (first === undefined) return null;
	if (others.length === 0) return openCutover(call.io, first.folder);
	throw new Misuse(`Several cutovers of this runbook are open: ${[first, ...others].map(({id}) => id).join(', ')}. Say which with --cutover ID.`);
}

async function load(call: Call, opened: (cutover: Opened) => void): Promise<Loaded> {
	const word = call.word(0);
	const file = word === null ? null : fileOf(call, word);
	const found = file === null || call.text('cutover') !== null ? await choose(call, 'act') : await openOf(call, file);
	if (found === null) return {opening: opening(call, file ?? '', opened)};
	opened(found);
	const role = call.text('role');
	if (role !== null) known('role', role.trim().replaceAll(/\s+/g, '-'), found.journal.state().runbook?.roles ?? []);
	await found.reconcile();
	return {cutover: forScreen(call.io, found), clock: found.clock};
}

const quoted = (word: string): string => (/^[\w./:@=+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

function comeBack(call: Call): string {
	const options = ['cutover', 'state', 'settings', 'workspace'].flatMap(name => {
		const value = call.text(name);
		return value === null ? [] : [`--${name}`, quoted(value)];
	});
	return ['cutover-tui', ...call.words().map(quoted), ...options].join(' ');
}

const isUtf8 = ({env}: Call['io']): boolean => /utf-?8/i.test(env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '');

export const run = async (call: Call): Promise<number> => {
	const {io} = call;
	if (!onTerminal(io)) {
		tell(io, safe(instead(call)));
		return 2;
	}
	const {openScreen} = await import('../../screen/open.tsx');
	const held: Opened[] = [];
	try {
		const left = await openScreen({
			terminal: {input: io.stdin, output: io.stdout},
			clock: systemClock,
			person: person(thisMachine(io.env), call.text('as'), call.text('role')),
			account: `${userInfo().username}@${hostname()}`,
			ascii: !isUtf8(io),
			colour: !io.env['NO_COLOR'],
			comeBack: comeBack(call),
			newId: randomUUID,
			onSignal: heard => io.onSignal(heard),
			load: () => load(call, cutover => void held.push(cutover)),
		});
		if (left === 'left') return 0;
		return 128 + constants.signals[left === 'gone' ? 'SIGHUP' : left];
	} finally {
		for (const opened of held) opened.close();
	}
};

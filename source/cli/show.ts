/*
Opens the screen on the terminal of a call, whatever it is about. ink and react are loaded here and nowhere before.
*/

import {randomUUID} from 'node:crypto';
import {hostname} from 'node:os';
import process from 'node:process';
import {redaction} from '../processes/environment.ts';
import {type EndSignal, isFollowed, type Left, type Loaded} from '../screen/screen-options.ts';
import {quoted} from '../text/shell.ts';
import {accountName} from './account.ts';
import {personOf} from './act.ts';
import type {Args} from './args.ts';
import {systemClock} from './clock.ts';
import {isUtf8} from './early.ts';
import {codeOf} from './until-end.ts';

/** `id`: names the cutover, and not the runbook with what is only read for one that is begun. */
function comeBack(call: Args, id: string | null): string {
	const given = (name: string): string | null => (name === 'cutover' ? (id ?? call.text(name)) : call.text(name));
	const names = id === null ? ['cutover', 'state', 'settings', 'workspace'] : ['cutover', 'state'];
	const options = names.flatMap(name => {
		const value = given(name);
		return value === null ? [] : [`--${name}`, quoted(value)];
	});
	// From a clone there is no cutover-tui on the PATH: npm says which of its scripts this is.
	const program = call.io.env['npm_lifecycle_event'] === 'start' ? 'npm start --' : 'cutover-tui';
	const words = id === null ? call.words().map(quoted) : [];
	return [program, ...words, ...options].join(' ');
}

/** Longer than a stop takes; a process that no shell controls cannot be stopped, and goes on at once. */
const stopWithinMs = 200;

/** As Ctrl-Z does for any program. What goes on first, the signal or the timer, ends the wait. */
function stop(resumed: () => void): void {
	let stopped = true;
	const goOn = (): void => {
		if (!stopped) return;
		stopped = false;
		process.off('SIGCONT', goOn);
		resumed();
	};
	process.on('SIGCONT', goOn);
	systemClock.after(stopWithinMs, goOn);
	process.kill(process.pid, 'SIGTSTP');
}

/** The terminal of a call, as a page of the screen takes it. */
export const terminalOf = ({io}: Args) => ({
	terminal: {input: io.stdin, output: io.stdout},
	clock: systemClock,
	ascii: !isUtf8(io.env),
	colour: !io.env['NO_COLOR'],
	onSignal: (heard: (signal: EndSignal) => void) => io.onSignal(heard),
	stop,
});

/** The exit code that says how a screen was left. */
export const codeOfLeft = (left: Left): number =>
	left === 'left' || isFollowed(left) ? 0 : codeOf(left === 'gone' ? 'SIGHUP' : left);

/** How the screen was left. `load` runs while the first words are on the terminal already. */
export async function show(call: Args, load: () => Promise<Loaded>): Promise<Left> {
	const {io} = call;
	const {openScreen} = await import('../screen/open.tsx');
	return openScreen({
		...terminalOf(call),
		person: personOf(call, null),
		account: `${accountName()}@${hostname()}`,
		comeBack: id => comeBack(call, id),
		newId: randomUUID,
		redact: redaction(io.env),
		end: signal => void process.kill(process.pid, signal),
		taken: io.taken ?? null,
		shown: io.shown ?? (() => {}),
		load,
	});
}

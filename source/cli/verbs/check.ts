/*
`check RUNBOOK`: what was read, and every problem; runs nothing. 0, or 2 where there is an error. With --watch it
says so again at each save, until a signal ends it.
*/

import {resolve} from 'node:path';
import type {Clock} from '../../cutover/ports.ts';
import {watchFile} from '../../disk/watch.ts';
import {asJson} from '../../runbook/as-json.ts';
import {besideRunbook} from '../../runbook/open.ts';
import {instant, wall} from '../../text/time.ts';
import {type Args, when} from '../args.ts';
import {systemClock} from '../clock.ts';
import {say, sayJson} from '../io.ts';
import {readFor} from '../opening.ts';
import {codeOf, untilEnd} from '../until-end.ts';
import {UsageError} from '../usage-error.ts';
import {problemLines, whatWasRead, willRunLines} from '../what-was-read.ts';
import {showZone} from '../zone.ts';

const settleMs = 80;

/** Calls `saved` a moment after the last of several changes, because editors write anew, rename over and delete; returns how to stop. */
function watchFiles(files: readonly string[], clock: Clock, saved: () => void): () => void {
	let waiting: (() => void) | null = null;
	const soon = (): void => {
		waiting?.();
		waiting = clock.after(settleMs, saved);
	};
	const stops = files.map(file => watchFile(file, clock, soon));
	return () => {
		waiting?.();
		for (const stop of stops) stop();
	};
}

const clear = '\u001b[2J\u001b[3J\u001b[H';

/** `now`: what --t0 counts from; it is read in the zone of the runbook, as `begin` reads it. */
function check(call: Args, now: number): number {
	const read = readFor(call, call.must(0));
	const {runbook, problems} = read;
	showZone(call.io.env, runbook?.zone);
	const given = call.text('t0');
	const t0 = given === null ? null : when(given, now);
	showZone(call.io.env, runbook?.zone, t0 ?? (runbook?.t0 ? instant(runbook.t0) : null));
	if (call.flag('json')) sayJson(call.io, asJson(runbook, problems, read));
	else {
		const runs = runbook === null ? [] : willRunLines(read);
		say(call.io, ...whatWasRead(read, t0), ...runs, ...problemLines(read));
	}
	return runbook === null ? 2 : 0;
}

/** Each reading ends with a line that says when it was made and what was found: the sign to wait for. */
function checkAgain(call: Args, now: number): void {
	if (call.io.stdout.isTTY === true) call.io.stdout.write(clear);
	const code = check(call, now);
	say(call.io, '');
	const found = code === 0 ? 'no error' : 'errors';
	say(call.io, `${wall(systemClock.now())}  ${found}; read again at each save, Ctrl-C ends`);
}

function keepChecking(call: Args, now: number): Promise<number> {
	const {io} = call;
	const file = resolve(io.cwd, call.must(0));
	const settings = call.text('settings');
	const files = [file, settings === null ? besideRunbook(file) : resolve(io.cwd, settings)];
	return untilEnd(io, codeOf, (_, fail) => {
		const again = (): void => {
			try {
				checkAgain(call, now);
			} catch (error) {
				fail(error);
			}
		};
		const stop = watchFiles(files, systemClock, again);
		again();
		return [stop];
	});
}

export const run = async (call: Args): Promise<number> => {
	const now = systemClock.now();
	if (!call.flag('watch')) return check(call, now);
	if (call.flag('json')) throw new UsageError('--json gives one document: leave out --watch, or --json.');
	return keepChecking(call, now);
};

/* What is left behind by a runner that is gone: a log that its scribe is about to close, and perhaps a last word. */

import {readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import type {Log} from '../cutover/model/event.ts';
import type {Path} from '../cutover/model/runbook.ts';
import type {Clock} from '../cutover/ports.ts';
import {unwritable} from '../disk/atomic-file.ts';
import {ifPossible} from '../disk/fault.ts';
import {pause} from '../net/limit.ts';
import {scribeName} from '../processes/environment.ts';
import {type AttemptName, logPath, markOf} from '../processes/folder.ts';
import {allRunning, wasGiven} from '../processes/process.ts';
import {logOf} from './log/attempt-log.ts';
import {endMark} from './log/lines.ts';
import {lastLines} from './log/tail.ts';

const longest = 15_000;
const soon = 100;
const stampLength = 25;

const isClosed = (log: Path): boolean => (lastLines(log, 1)[0] ?? '').slice(stampLength).startsWith(endMark);

const scribeLives = (folder: Path, ref: AttemptName): boolean => {
	const variable = `${scribeName}=${markOf(folder, ref)}`;
	return allRunning().some(one => wasGiven(one, variable));
};

/** Waits until the scribe has closed the log, or is gone too: then true, nobody writes to it any more. False where it hangs. */
async function waitForLog(folder: Path, ref: AttemptName, clock: Clock): Promise<boolean> {
	const file = join(folder, logPath(ref));
	for (const until = clock.steady() + longest; clock.steady() < until; ) {
		if (isClosed(file) || !scribeLives(folder, ref)) return true;
		await pause(clock, soon);
	}
	return false;
}

/** The log that a runner left behind; null where there is none, or where a digest of it would be wrong later. */
export const logLeft = async (folder: Path, ref: AttemptName, clock: Clock): Promise<Log | null> =>
	(await waitForLog(folder, ref, clock)) ? logOf(folder, ref) : null;

/** The line of a runner's complaints that says what is wrong: of an error its message, else the last one. On a full disk there are none: then what the disk says. */
export function complaintIn(file: Path): string {
	const lines = (ifPossible(() => readFileSync(file, 'utf8')) ?? '')
		.split('\n')
		.map(line => line.trim())
		.filter(line => line !== '');
	const said = lines.find(line => /^\w*(?:Error|Fault)\b.*: /.test(line)) ?? lines.at(-1);
	return said ?? unwritable(dirname(file)) ?? '';
}

/*
What is left behind by a runner that is gone: a log that its scribe is about to close, and perhaps a last word.
*/

import {closeSync, fstatSync, openSync, readSync} from 'node:fs';
import {join} from 'node:path';
import type {Log} from '../cutover/model/event.ts';
import type {Path} from '../cutover/model/runbook.ts';
import type {Clock} from '../cutover/ports.ts';
import {pause} from '../net/limit.ts';
import {scribeName} from '../processes/environment.ts';
import {type AttemptName, logPath, markOf} from '../processes/folder.ts';
import {allRunning, wasGiven} from '../processes/process.ts';
import {logOf} from './log/attempt-log.ts';
import {endMark} from './log/lines.ts';

const longest = 15_000;
const soon = 100;
const lastBytes = 4096;
const stampLength = 25;

/** The last bytes of a file as text; empty where there is none. */
function endOf(file: Path): string {
	let descriptor: number;
	try {
		descriptor = openSync(file, 'r');
	} catch {
		return '';
	}
	try {
		const {size} = fstatSync(descriptor);
		const bytes = Buffer.alloc(Math.min(lastBytes, size));
		return bytes.toString('utf8', 0, readSync(descriptor, bytes, 0, bytes.length, size - bytes.length));
	} finally {
		closeSync(descriptor);
	}
}

const isClosed = (text: string): boolean =>
	(text.trimEnd().split('\n').at(-1) ?? '').slice(stampLength).startsWith(endMark);

const scribeLives = (folder: Path, ref: AttemptName): boolean => {
	const variable = `${scribeName}=${markOf(folder, ref)}`;
	return allRunning().some(one => wasGiven(one, variable));
};

/** Waits until the scribe has closed the log, or is gone too: then true, nobody writes to it any more. False where it hangs. */
async function waitForLog(folder: Path, ref: AttemptName, clock: Clock): Promise<boolean> {
	const file = join(folder, logPath(ref));
	for (const until = clock.steady() + longest; clock.steady() < until; ) {
		if (isClosed(endOf(file)) || !scribeLives(folder, ref)) return true;
		await pause(clock, soon);
	}
	return false;
}

/** The log that a runner left behind; null where there is none, or where a digest of it would be wrong later. */
export const logLeft = async (folder: Path, ref: AttemptName, clock: Clock): Promise<Log | null> =>
	(await waitForLog(folder, ref, clock)) ? logOf(folder, ref) : null;

/** The line of a complaint that says what is wrong: of an error its message, else the last one. */
export function lastOf(read: () => string): string {
	try {
		const lines = read()
			.split('\n')
			.map(line => line.trim())
			.filter(line => line !== '');
		return lines.find(line => /^\w*(?:Error|Fault)\b.*: /.test(line)) ?? lines.at(-1) ?? '';
	} catch {
		return '';
	}
}

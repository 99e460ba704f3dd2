/*
What is left behind by a runner that is gone: a log that its scribe is about to close, and perhaps a last word.
*/
import {closeSync, fstatSync, openSync, readSync} from 'node:fs';
import {join} from 'node:path';
import type {AttemptRef} from '../cutover/event.ts';
import type {Clock} from '../cutover/ports.ts';
import type {Path} from '../cutover/runbook.ts';
import {logPath} from './folder.ts';
import {endMark} from './scribe/lines.ts';

const longest = 2000;
const soon = 50;
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

/** Waits until the scribe has closed the log, or is not going to. */
export async function waitForLog(folder: Path, ref: AttemptRef, clock: Clock): Promise<void> {
	const file = join(folder, logPath(ref));
	for (const until = clock.steady() + longest; clock.steady() < until; ) {
		const text = endOf(file);
		if (text === '' || isClosed(text)) return;
		await new Promise<void>(done => clock.after(soon, done));
	}
}

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

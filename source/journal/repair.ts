/*
What a writer left that was killed in the middle, or a power cut: bytes behind the last whole append. Only who holds the lock
may cut them off, for a reader cannot tell them from a line that is being written. They stay beside the journal, and the
journal says so; a crash anywhere in here leaves either the tail or a kept file that the next writer still reports.
*/
import {hash} from 'node:crypto';
import {fdatasyncSync, ftruncateSync, readdirSync, readFileSync, rmSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {itself} from '../cutover/model/person.ts';
import type {Clock, Entry, Fact} from '../cutover/ports.ts';
import {ifExists} from '../disk/fault.ts';
import {createFile, syncFolder, writeAll} from '../disk/file.ts';
import {instant, stamp} from '../text/time.ts';
import {seal} from './entry.ts';
import type {Mark, Scan} from './scan.ts';

const prefix = 'journal.torn-';

/** Keeps the bytes behind `end` in a file of their own, then cuts them off. */
export function cutTail(fd: number, folder: string, bytes: Uint8Array, end: Mark): void {
	const path = join(folder, `${prefix}${end.offset}-${hash('sha256', bytes).slice(0, 12)}`);
	if (ifExists(() => readFileSync(path))?.equals(bytes) !== true) {
		rmSync(path, {force: true});
		createFile(path, fd => writeAll(fd, bytes));
	}
	syncFolder(folder);
	ftruncateSync(fd, end.offset);
	fdatasyncSync(fd);
}

/** Entries that report every kept tail which the journal does not speak of yet; `whole`: all of the journal. */
export function reports(folder: string, whole: Scan, clock: Clock): readonly Entry[] {
	const reported = new Set(
		whole.entries.flatMap((entry: Entry) => (entry.type === 'repaired' ? [entry.data.keptIn] : [])),
	);
	const kept = readdirSync(folder).filter(name => name.startsWith(prefix) && !reported.has(name));
	const last = whole.entries.at(-1);
	const at = stamp(Math.max(clock.now(), last === undefined ? 0 : instant(last.at)));
	const fact = (keptIn: string): Fact => ({
		type: 'repaired',
		data: {bytes: statSync(join(folder, keptIn)).size, keptIn},
		at,
		by: itself,
		cause: 'repair',
	});
	return seal(whole.end.head, kept.sort().map(fact));
}

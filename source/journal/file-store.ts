/*
The journal as a file: `journal.ndjson` in the cutover's folder, an entry a line. What was `stored` has reached the disk, name
and bytes. It is opened anew for each append, so that a descriptor which failed once is never written again, and what is
there is read, not remembered.
*/

import {hash} from 'node:crypto';
import {constants, fdatasyncSync, fsyncSync, ftruncateSync, readdirSync, readFileSync, rmSync, statSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {itself} from '../cutover/model/person.ts';
import {type Clock, type Entry, type Fact, StoreFault} from '../cutover/ports.ts';
import type {Head, Store} from '../cutover/store.ts';
import {ifExists} from '../disk/fault.ts';
import {createFile, readFrom, syncFolder, withFile, writeAll} from '../disk/file.ts';
import {watchFile} from '../disk/watch.ts';
import {instant, stamp} from '../text/time.ts';
import {format, headOf, seal} from './entry.ts';
import {faultOf, guarded} from './fault.ts';
import {openLock} from './lock.ts';
import {openReader} from './reader.ts';
import {brokenFault, type Mark, type Scan, scan, start} from './scan.ts';

/*
What a writer left that was killed in the middle, or a power cut: bytes behind the last whole append. Only who holds the lock
may cut them off, for a reader cannot tell them from a line that is being written. They stay beside the journal, and the
journal says so; a crash anywhere in here leaves either the tail or a kept file that the next writer still reports.
*/
const prefix = 'journal.torn-';

/** Keeps the bytes behind `end` in a file of their own, then cuts them off. */
function cutTail(fd: number, folder: string, bytes: Uint8Array, end: Mark): void {
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
function reports(folder: string, whole: Scan, clock: Clock): readonly Entry[] {
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

export const journalFile = 'journal.ndjson';
export const lockFile = 'lock.db';
const cannot = 'The journal cannot be written; nothing was recorded';

const lines = (entries: readonly Entry[]): Buffer => Buffer.from(entries.map(entry => `${format(entry)}\n`).join(''));

/** Takes back what an append wrote, through a descriptor of its own. */
const cutBack = (path: string, size: number): void =>
	withFile(path, constants.O_WRONLY, fd => {
		ftruncateSync(fd, size);
		fsyncSync(fd);
	});

/** Bytes to the disk, or none of them. `size`: of the file before. */
function write(fd: number, path: string, bytes: Uint8Array, size: number): void {
	try {
		writeAll(fd, bytes);
		fdatasyncSync(fd);
	} catch (error) {
		const fault = faultOf(error, cannot, path);
		try {
			cutBack(path, size);
		} catch {
			throw new StoreFault(
				fault.code,
				`The journal cannot be written, and whether this was recorded is not known: ${fault.message}`,
				`${fault.fix} Look at the journal before you do it again.`,
			);
		}
		throw fault;
	}
}

/** `folder`: of one cutover, as its catalog makes it. */
export function fileStore(folder: string, clock: Clock): Store {
	const path = join(folder, journalFile);
	const lock = openLock(join(folder, lockFile), clock);
	const reader = openReader(path);
	let named = false;

	/** The names of the journal and of its folder last, whoever made them. */
	const name = (): void => {
		if (named) return;
		syncFolder(folder);
		syncFolder(dirname(folder));
		named = true;
	};

	const put = (fd: number, {before, end}: Pick<Scan, 'before' | 'end'>, entries: readonly Entry[]): void => {
		const bytes = lines(entries);
		write(fd, path, bytes, end.offset);
		const last = entries.at(-1);
		reader.stored(
			last === undefined ? {before, end} : {before: end, end: {offset: end.offset + bytes.length, head: headOf(last)}},
		);
	};

	/** Checks all of the journal; cuts off and reports what a writer left that never ended. */
	const repair = (fd: number): void => {
		const bytes = readFrom(fd, 0);
		const whole = scan(bytes, start);
		if (whole.damaged !== null) throw brokenFault(whole.damaged, path);
		if (whole.rest > 0) cutTail(fd, folder, bytes.subarray(whole.end.offset), whole.end);
		const entries = reports(folder, whole, clock);
		if (entries.length > 0) put(fd, whole, entries);
	};

	const appendTo = (fd: number, known: Head, entries: readonly Entry[]): 'stored' | 'conflict' => {
		if (!named) {
			name();
			repair(fd);
		}
		const from = reader.placeOf(known);
		const found = scan(readFrom(fd, from.offset), from);
		const fits = found.damaged === null && found.rest === 0;
		if (!fits) repair(fd);
		if (!fits || found.end.head.hash !== known.hash) return 'conflict';
		put(fd, found, entries);
		lock.yield();
		return 'stored';
	};

	return {
		pull: async after => reader.read(after),
		append: (known, entries) =>
			lock.hold(() => {
				const create = known.seq === 0 ? constants.O_CREAT : 0;
				return guarded(cannot, path, () =>
					withFile(path, constants.O_RDWR | constants.O_APPEND | create, fd => appendTo(fd, known, entries)),
				);
			}),
		watch: changed => watchFile(path, clock, changed),
		close: async () => lock.close(),
	};
}

/*
One writer at a time, also when writers are killed: SQLite's exclusive transaction on an empty file, which the kernel drops
with its process. It is a POSIX lock: any other open and close of lock.db in this process would drop it silently, so nothing
else opens the file, and it is held only inside one synchronous block. Deleting the file would allow two owners, so the name
must still be the file that was locked. SQLite keeps its own journal in memory, or else each lock would write to the disk and
none could be had on a full one.
*/
import {closeSync, openSync, statSync} from 'node:fs';
import {DatabaseSync} from 'node:sqlite';
import {type Clock, StoreFault} from '../cutover/ports.ts';
import {ifExists} from '../disk/fault.ts';
import {pause} from '../net/limit.ts';
import {faultOf} from './fault.ts';

const pollMs = 1;
/** At first it looks more often than a timer can: a lock is held for less than a timer's shortest time. */
const naps = 12;
const napMs = 0.25;
/** A writer that comes straight back lets the others in first. */
const pauseMs = 5;
const patienceMs = 10_000;
const busy = 5;
const notADatabase = 26;

export type Lock = {
	/** Runs `work` when nobody else does. Rejects with StoreFault `locked` when another one holds on for ten seconds. */
	hold<T>(work: () => T | Promise<T>): Promise<T>;
	/** The next `hold` lets others go first; for one who got what it wanted, not for one who has to try again. */
	yield(): void;
	close(): void;
};

type Open = {readonly database: DatabaseSync; readonly inode: number};

const beginning = 'PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE';

const inodeOf = (path: string): number | null => ifExists(() => statSync(path).ino);

function create(path: string): void {
	try {
		closeSync(openSync(path, 'wx', 0o600));
	} catch (error) {
		if (inodeOf(path) === null) throw error;
	}
}

/** `inode` is that of the open file: the name was the same before and after. */
function open(path: string): Open {
	for (;;) {
		create(path);
		const inode = inodeOf(path);
		const database = new DatabaseSync(path, {timeout: 0});
		if (inode !== null && inodeOf(path) === inode) return {database, inode};
		database.close();
	}
}

const sqliteCode = (error: unknown): number =>
	error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : 0;

function lockFault(error: unknown, path: string): StoreFault {
	if (sqliteCode(error) === notADatabase)
		return new StoreFault(
			'broken',
			`The lock of the journal is damaged: ${path} must be an empty file.`,
			'Close every cutover-tui of this cutover, delete lock.db (it holds nothing), then open it again.',
		);
	return faultOf(error, 'The journal cannot be locked', path);
}

const lockedFault = (path: string): StoreFault =>
	new StoreFault(
		'locked',
		`Another process has held ${path} for ${patienceMs / 1000} s; nothing was recorded.`,
		`Find it with \`fuser ${path}\`; if it is stopped, let it go on (kill -CONT) or end it, then do it again.`,
	);

const cell = new Int32Array(new SharedArrayBuffer(4));
const nap = (): void => void Atomics.wait(cell, 0, 0, napMs);

export function openLock(path: string, clock: Clock): Lock {
	let opened: Open | null = null;
	let closed = false;
	let yielded = Number.NEGATIVE_INFINITY;

	const shut = (): void => {
		opened?.database.close();
		opened = null;
	};

	/** Whether the lock is held now. */
	const begin = (): boolean => {
		try {
			opened ??= open(path);
			opened.database.exec(beginning);
		} catch (error) {
			if (sqliteCode(error) === busy) return false;
			shut();
			throw lockFault(error, path);
		}
		if (inodeOf(path) === opened.inode) return true;
		shut();
		return false;
	};

	const end = (): void => {
		try {
			opened?.database.exec('ROLLBACK');
		} catch {
			shut();
		}
	};

	return {
		async hold(work) {
			const since = clock.steady();
			if (since - yielded < pauseMs) await pause(clock, pauseMs);
			for (let tries = 1; !closed; tries++) {
				// No await from here to the end of the lock.
				if (begin()) {
					let result: ReturnType<typeof work>;
					try {
						result = work();
					} catch (error) {
						end();
						throw error;
					}
					if (result instanceof Promise) return result.finally(end);
					end();
					return result;
				}
				if (clock.steady() - since > patienceMs) throw lockedFault(path);
				if (tries <= naps) nap();
				else await pause(clock, pollMs);
			}
			throw new StoreFault(
				'gone',
				'The journal was closed before this was recorded.',
				'Open the cutover again and look whether it still has to be done.',
			);
		},
		yield() {
			yielded = clock.steady();
		},
		close() {
			closed = true;
			shut();
		},
	};
}

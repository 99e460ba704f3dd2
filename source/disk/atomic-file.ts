/*
The one way a file is written whole or not at all: a new file that nobody else can have put there, synced, which then gets its
name, and the folder synced after it. After any crash the name holds the old bytes or the new ones.
*/
import {randomBytes} from 'node:crypto';
import {
	constants,
	fchmodSync,
	fsyncSync,
	ftruncateSync,
	linkSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
} from 'node:fs';
import {basename, dirname, join} from 'node:path';
import process from 'node:process';
import {errnoOf, isMissing, systemFault} from './fault.ts';
import {createFile, syncFolder, withFile, writeAll} from './file.ts';

const leftover = /^\..+\.(\d+)-[0-9a-f]{16}$/;

const temporary = (path: string): string =>
	join(dirname(path), `.${basename(path)}.${process.pid}-${randomBytes(8).toString('hex')}`);

/** Runs `give` on a new file; takes the file away where that fails. */
function aside<T>(path: string, write: (fd: number) => T, give: (fresh: string, written: T) => void, synced = true): T {
	const fresh = temporary(path);
	try {
		const written = createFile(fresh, write, synced);
		give(fresh, written);
		return written;
	} catch (error) {
		rmSync(fresh, {force: true});
		// Nobody knows the file by its name until it has the one that counts.
		if (error instanceof Error && 'path' in error && error.path === fresh) Object.assign(error, {path});
		throw error;
	}
}

/**
 * Writes a file by what `write` does, and names it by `nameOf` what that returned (a path in `folder`): for content whose name
 * is its digest.
 */
export function placeFile<T>(folder: string, write: (fd: number) => T, nameOf: (written: T) => string): T {
	const written = aside(join(folder, 'new'), write, (fresh, done) => renameSync(fresh, nameOf(done)));
	syncFolder(folder);
	return written;
}

/** What survives a crash of the machine: `bytes` where the folder may refuse a sync, such as one on a network share. */
export type Lasting = 'bytes and name' | 'bytes' | 'nothing';

/** A JSON record is one line. */
const bytesOf = (content: object | Uint8Array): Uint8Array =>
	content instanceof Uint8Array ? content : Buffer.from(`${JSON.stringify(content)}\n`);

/** Replaces or creates a file with bytes or a JSON record, of mode 0600 unless others are to read it. */
export function replaceFile(
	path: string,
	content: object | Uint8Array,
	lasting: Lasting = 'bytes and name',
	mode: 0o600 | 0o644 = 0o600,
): void {
	aside(
		path,
		fd => {
			writeAll(fd, bytesOf(content));
			if (mode !== 0o600) fchmodSync(fd, mode);
		},
		fresh => renameSync(fresh, path),
		lasting !== 'nothing',
	);
	if (lasting === 'bytes and name') syncFolder(dirname(path));
}

/** Why no file can be written into the folder, such as `No space left: /srv/x (ENOSPC)`; null where one can. */
export function unwritable(folder: string): string | null {
	try {
		aside(
			join(folder, 'room'),
			fd => writeAll(fd, Buffer.alloc(4096)),
			fresh => rmSync(fresh),
			false,
		);
		return null;
	} catch (error) {
		return systemFault(error, folder).text;
	}
}

/** Gives bytes, or a JSON record, their name only where nobody has it yet; false where somebody does. */
export function claim(path: string, content: object | Uint8Array): boolean {
	let mine = true;
	aside(
		path,
		fd => writeAll(fd, bytesOf(content)),
		fresh => {
			try {
				linkSync(fresh, path);
			} catch (error) {
				if (errnoOf(error) !== 'EEXIST') throw error;
				mine = false;
			}
			if (mine) syncFolder(dirname(path));
			rmSync(fresh, {force: true});
		},
	);
	return mine;
}

/** Takes room on the disk for a record that must still be written when the disk is full; returns how to write it. */
export function reserve(path: string, size: number): (record: object) => void {
	const fresh = temporary(path);
	createFile(fresh, fd => writeAll(fd, Buffer.alloc(size, '\n')));
	return record => {
		const bytes = bytesOf(record);
		withFile(fresh, constants.O_RDWR, fd => {
			writeAll(fd, bytes);
			ftruncateSync(fd, bytes.length);
			fsyncSync(fd);
		});
		renameSync(fresh, path);
		syncFolder(dirname(path));
	};
}

/** The fields of a JSON record; null where there is none, or where it is not a JSON object. */
export function readRecord(path: string): Readonly<Record<string, unknown>> | null {
	try {
		const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
		return typeof value === 'object' && value !== null && !Array.isArray(value) ? {...value} : null;
	} catch (error) {
		if (isMissing(error) || error instanceof SyntaxError) return null;
		throw error;
	}
}

function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return errnoOf(error) === 'EPERM';
	}
}

/** Removes the temporary files in a folder whose writer was killed before it could name them. */
export function sweep(folder: string): void {
	for (const name of readdirSync(folder)) {
		const pid = leftover.exec(name)?.[1];
		if (pid !== undefined && !isRunning(Number(pid))) rmSync(join(folder, name), {force: true});
	}
}

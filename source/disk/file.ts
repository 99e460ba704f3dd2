/*
File operations that survive a crash. Bytes last from their file's fsync, a name lasts from its folder's. A descriptor whose
write or fsync failed is never used again: the page is gone from memory, and the next fsync would report success.
*/
import {
	type BigIntStats,
	closeSync,
	constants,
	existsSync,
	fstatSync,
	fsyncSync,
	lstatSync,
	mkdirSync,
	openSync,
	readlinkSync,
	readSync,
	realpathSync,
	statSync,
	writeSync,
} from 'node:fs';
import {homedir} from 'node:os';
import {dirname} from 'node:path';
import process from 'node:process';
import {ifPossible} from './fault.ts';

/** Null where nothing names a home folder: a container with any uid has no passwd entry. */
export const homeOf = (env: Readonly<Record<string, string | undefined>> = process.env): string | null =>
	env['HOME'] || ifPossible(() => homedir());

/** Opens, works, closes, also when the work throws: its error then names the file. Never follows a symbolic link, or waits for a pipe. */
export function withFile<T>(path: string, flags: number, work: (fd: number) => T): T {
	const fd = openSync(path, flags | constants.O_NOFOLLOW | constants.O_NONBLOCK, 0o600);
	try {
		return work(fd);
	} catch (error) {
		// A full disk fails a write, which knows only its descriptor.
		if (error instanceof Error && 'syscall' in error && !('path' in error)) Object.assign(error, {path});
		throw error;
	} finally {
		try {
			closeSync(fd);
		} catch {
			// What has to last was synced before: it must not be reported as lost.
		}
	}
}

/** Makes the names in a folder last. */
export const syncFolder = (folder: string): void =>
	withFile(folder, constants.O_RDONLY | constants.O_DIRECTORY, fsyncSync);

/** Throws where the path leads through a symbolic link to nowhere: nothing is absent then, but out of reach. */
export function refuseDangling(path: string): void {
	for (let at = path; at !== dirname(at); at = dirname(at)) {
		const found = lstatSync(at, {throwIfNoEntry: false});
		if (!found?.isSymbolicLink() || existsSync(at)) continue;
		const message = `Symbolic link to a place that does not exist: ${at} -> ${readlinkSync(at)}`;
		throw Object.assign(new Error(message), {code: 'EDANGLING', path: at, syscall: 'stat'});
	}
}

/**
Makes a folder and what is missing above it, mode 0700; answers the topmost that it made. Not by mkdir's own recursion: that
never ends where a file system answers ENOENT in a folder that exists, as /proc and automounters do.
*/
export function makeFolders(folder: string): string | undefined {
	refuseDangling(folder);
	const missing: string[] = [];
	const isFolder = (path: string): boolean => statSync(path, {throwIfNoEntry: false})?.isDirectory() ?? false;
	for (let at = folder; !isFolder(at) && at !== dirname(at); at = dirname(at)) missing.push(at);
	for (const each of missing.toReversed()) {
		try {
			mkdirSync(each, {mode: 0o700});
		} catch (error) {
			// Somebody else made it a moment ago.
			if (!isFolder(each)) throw error;
		}
	}
	return missing.at(-1);
}

/** Makes a folder, mode 0700, at most two levels below an existing one. Its name and its parent's name last. */
export function makeFolder(folder: string): void {
	makeFolders(folder);
	// Also where it exists: whoever made it may have been killed before its name lasted.
	syncFolder(dirname(folder));
	syncFolder(dirname(dirname(folder)));
}

/** Folders on the way to a file, by its path and by where its links lead, from its own up; `entry`: what of each is on that way. */
export function foldersTo(file: string): readonly {readonly folder: string; readonly entry: string}[] {
	const up = (entry: string): readonly {folder: string; entry: string}[] => {
		const folder = dirname(entry);
		return folder === entry ? [] : [{folder, entry}, ...up(folder)];
	};
	const real = realpathSync(file);
	return real === file ? up(file) : [...up(file), ...up(real)];
}

/** Another text whenever a file was replaced or written, or other accounts may read it. */
export const traceIn = ({dev, ino, size, mtimeNs, ctimeNs}: BigIntStats): string =>
	[dev, ino, size, mtimeNs, ctimeNs].join(' ');

/** As `traceIn`; empty where it is not there, or cannot be looked at. */
export const traceOf = (path: string): string =>
	ifPossible(() => {
		const found = statSync(path, {bigint: true, throwIfNoEntry: false});
		return found === undefined ? '' : traceIn(found);
	}) ?? '';

/** Writes all of it at the descriptor's position, or at this offset; throws after a short write that cannot go on. */
export function writeAll(fd: number, bytes: Uint8Array, at: number | null = null): void {
	for (let done = 0; done < bytes.length; )
		done += writeSync(fd, bytes, done, bytes.length - done, at === null ? null : at + done);
}

/** Bytes from `offset` to the end of the file. */
export function readFrom(fd: number, offset: number): Buffer {
	const bytes = Buffer.allocUnsafe(Math.max(0, fstatSync(fd).size - offset));
	let done = 0;
	while (done < bytes.length) {
		const count = readSync(fd, bytes, done, bytes.length - done, offset + done);
		if (count === 0) break;
		done += count;
	}
	return bytes.subarray(0, done);
}

/** At most so many bytes from where the descriptor is, whatever the size of the file says. */
export function readUpTo(fd: number, most: number): Buffer {
	const bytes = Buffer.alloc(most);
	let done = 0;
	for (let count = -1; count !== 0 && done < most; done += count) count = readSync(fd, bytes, done, most - done, null);
	return bytes.subarray(0, done);
}

/** Reads a regular file by one descriptor; null where something else is there: a pipe is not waited for. Throws the error of the system. */
export function readRegular<T>(path: string, work: (fd: number, stats: BigIntStats) => T): T | null {
	const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
	try {
		const stats = fstatSync(fd, {bigint: true});
		return stats.isFile() ? work(fd, stats) : null;
	} finally {
		closeSync(fd);
	}
}

/** The first bytes of a regular file, as many as there are; none of anything else. */
export const beginningOf = (path: string, most: number): Buffer =>
	readRegular(path, fd => readUpTo(fd, most)) ?? Buffer.alloc(0);

/** Creates a file of mode 0600 and writes it; fails where the name is taken. Its bytes last unless `synced` is false, its name does not yet. */
export function createFile<T>(path: string, write: (fd: number) => T, synced = true): T {
	return withFile(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, fd => {
		const written = write(fd);
		if (synced) fsyncSync(fd);
		return written;
	});
}

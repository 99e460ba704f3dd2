/*
The few things done with files that must last. A name lasts from its folder's fsync, bytes from their file's. A descriptor
whose write or fsync failed is never used again: the page is gone from memory and the next fsync would say that all is well.
*/
import {closeSync, constants, fstatSync, fsyncSync, openSync, readSync, writeSync} from 'node:fs';

/** Opens, works, closes, also when the work throws. */
export function withFile<T>(path: string, flags: number, work: (fd: number) => T): T {
	const fd = openSync(path, flags | constants.O_NOFOLLOW, 0o600);
	try {
		return work(fd);
	} finally {
		try {
			closeSync(fd);
		} catch {
			// What had to last was synced before; what was recorded must not be called lost.
		}
	}
}

/** Makes the names in a folder last. */
export const syncFolder = (folder: string): void =>
	withFile(folder, constants.O_RDONLY | constants.O_DIRECTORY, fsyncSync);

/** Writes all of it where the descriptor stands; throws after a short write that cannot go on. */
export function writeAll(fd: number, bytes: Uint8Array): void {
	for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done);
}

/** Bytes from `offset` to the end, as the file is now. */
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

/** A new file with these bytes, mode 0600, that nothing may stand in the way of; its name lasts after `syncFolder`. */
export function createFile(path: string, bytes: Uint8Array): void {
	withFile(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, fd => {
		writeAll(fd, bytes);
		fsyncSync(fd);
	});
}

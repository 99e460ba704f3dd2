/*
A file that is there whole or not at all: evidence that was cut off in the middle would be taken for all of it.
*/
import {randomBytes} from 'node:crypto';
import {closeSync, fsyncSync, openSync, realpathSync, renameSync, statSync, unlinkSync, writeSync} from 'node:fs';
import {basename, dirname, join} from 'node:path';

/** Why nothing can be put in this place, in a sentence. */
export class NoPlace extends Error {}

/** Where the file is that a name stands for; a device or a folder is not replaced by a file. */
function placeOf(file: string): string {
	const found = statSync(file, {throwIfNoEntry: false});
	if (found === undefined) return file;
	if (found.isFile()) return realpathSync(file);
	throw new NoPlace(`${file} is there, and is no regular file.`);
}

/** Writes it to this file, 0600, by a temporary file beside it. Throws NoPlace, or what the system says, and leaves nothing half-written. */
export function writeWhole(name: string, content: string | Uint8Array): void {
	const file = placeOf(name);
	const temporary = join(dirname(file), `.${basename(file)}.${randomBytes(6).toString('hex')}`);
	const descriptor = openSync(temporary, 'wx', 0o600);
	try {
		const bytes = Buffer.from(content);
		for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written);
		fsyncSync(descriptor);
		renameSync(temporary, file);
	} catch (error) {
		unlinkSync(temporary);
		throw error;
	} finally {
		closeSync(descriptor);
	}
}

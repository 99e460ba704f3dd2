/*
A file that is there whole or not at all: evidence that was cut off in the middle would be taken for all of it.
*/
import {randomBytes} from 'node:crypto';
import {closeSync, fsyncSync, openSync, renameSync, unlinkSync, writeSync} from 'node:fs';
import {basename, dirname, join} from 'node:path';

/** Writes `text` to `file`, 0600, by a temporary file beside it. Throws what the system says, and leaves nothing half-written. */
export function writeWhole(file: string, text: string): void {
	const temporary = join(dirname(file), `.${basename(file)}.${randomBytes(6).toString('hex')}`);
	const descriptor = openSync(temporary, 'wx', 0o600);
	try {
		const bytes = Buffer.from(text, 'utf8');
		for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written);
		fsyncSync(descriptor);
		closeSync(descriptor);
		renameSync(temporary, file);
	} catch (error) {
		unlinkSync(temporary);
		throw error;
	}
}

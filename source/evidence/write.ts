/*
A file that is whole or not there: evidence that was cut off in the middle would be taken for all of it.
*/
import {realpathSync, statSync} from 'node:fs';
import {replaceFile} from '../disk/atomic-file.ts';

/** Why nothing can be put in this place, in a sentence. */
export class NoPlace extends Error {}

/** Where the file is that a name stands for; a device or a folder is not replaced by a file. */
function placeOf(file: string): string {
	const found = statSync(file, {throwIfNoEntry: false});
	if (found === undefined) return file;
	if (found.isFile()) return realpathSync(file);
	throw new NoPlace(`${file} exists and is not a regular file.`);
}

/** Writes it to this file, 0600. Throws NoPlace, or the error of the system, and leaves nothing half-written. */
export const writeWhole = (name: string, content: string | Uint8Array): void =>
	replaceFile(placeOf(name), Buffer.from(content), 'bytes');

/* A file that is whole or not there: evidence that was cut off in the middle would be taken for all of it. */
import {lstatSync} from 'node:fs';
import {replaceFile} from '../disk/atomic-file.ts';

/** Why nothing can be put in this place, in a sentence. */
export class NoPlace extends Error {}

/** A link leads somewhere that nobody named; a device or a folder is not replaced by a file. */
export function refusePlace(file: string, overwrite: boolean): void {
	const found = lstatSync(file, {throwIfNoEntry: false});
	if (found === undefined) return;
	if (found.isSymbolicLink()) throw new NoPlace(`${file} is a symbolic link, which is not followed.`);
	if (!found.isFile()) throw new NoPlace(`${file} exists and is not a regular file.`);
	if (!overwrite) throw new NoPlace(`${file} exists.`);
}

/** Writes it to this file, 0600 unless others are to read it. Throws NoPlace, or the error of the system, and leaves nothing half-written. */
export function writeWhole(
	file: string,
	content: string | Uint8Array,
	{overwrite, mode}: {readonly overwrite: boolean; readonly mode?: 0o644},
): void {
	refusePlace(file, overwrite);
	replaceFile(file, Buffer.from(content), 'bytes', mode);
}

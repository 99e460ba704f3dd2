/* Where a file is written that was named on the command line. */
import {existsSync} from 'node:fs';
import {isAbsolute, resolve} from 'node:path';
import type {Io} from './io.ts';
import {UsageError} from './usage-error.ts';

/**
Throws UsageError for `-`, which is standard output elsewhere, and where the working directory was removed: the program then
is in `/`, where nobody wants the file.
*/
export function toWrite({cwd, env}: Pick<Io, 'cwd' | 'env'>, word: string): string {
	if (word === '-') throw new UsageError('"-" is not a file. For a file of that name write ./-');
	// Empty is what a shell leaves that was started in a folder that is gone.
	const before = env['PWD'] ?? '/';
	if (cwd === '/' && before !== '/' && !isAbsolute(word) && !existsSync(before))
		throw new UsageError(
			`${before || 'The working directory'} is gone, and ${word} would be in it. cd to another folder, or write the whole path.`,
		);
	return resolve(cwd, word);
}

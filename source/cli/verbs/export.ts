/* `export`: the evidence, to stdout or whole into a file. */
import {writerOf} from '../../evidence/formats.ts';
import {NoPlace, writeWhole} from '../../evidence/write.ts';
import type {Args} from '../args.ts';
import {reading, withEarlier} from '../choose.ts';
import {evidenceOf} from '../evidence.ts';
import {tell} from '../io.ts';
import {toWrite} from '../to-write.ts';
import {UsageError} from '../usage-error.ts';

/** What was named and cannot be is a usage error; a disk that is full is not. */
const wrongPlace: ReadonlySet<unknown> = new Set(['ENOENT', 'ENOTDIR', 'EISDIR', 'EACCES', 'EPERM', 'ENAMETOOLONG']);

function write(file: string, text: string, overwrite: boolean): void {
	try {
		writeWhole(file, text, {overwrite});
	} catch (error) {
		if (error instanceof NoPlace)
			throw new UsageError(
				`${error.message} Name another file with --output FILE, or replace a regular file with --force.`,
			);
		const code = error instanceof Error && 'code' in error ? error.code : null;
		if (wrongPlace.has(code))
			throw new UsageError(`${file} cannot be written (${String(code)}). Name another file with --output FILE.`);
		throw error;
	}
}

export const run = (call: Args): Promise<number> =>
	reading(call, async opened => {
		const writer = await writerOf(call.text('format') ?? 'text');
		await withEarlier(opened);
		const document = evidenceOf(opened, writer);
		const output = call.text('output');
		if (output === null || output === '-') {
			call.io.stdout.write(document);
			return 0;
		}
		const file = toWrite(call.io, output);
		write(file, document, call.flag('force'));
		tell(call.io, `The evidence was written to ${file}.`);
		return 0;
	});

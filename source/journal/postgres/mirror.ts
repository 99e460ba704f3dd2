/*
What this host has read or written of a journal in a database, in its folder: `mirror.ndjson`. With it a process can start while the
database is away, reads on instead of anew, and notices what the database has lost since. Every process of the host adds to it: a
line may be there twice, or torn, and is then passed over.
*/
import {constants, fstatSync} from 'node:fs';
import {join} from 'node:path';
import type {Entry} from '../../cutover/ports.ts';
import {ifExists, ifPossible} from '../../disk/fault.ts';
import {readFrom, withFile, writeAll} from '../../disk/file.ts';
import {follows, format, headOf, origin, read} from '../entry.ts';

export const mirrorFile = 'mirror.ndjson';

export type Mirror = {
	/** The entries from the first on that follow one another. */
	read(): readonly Entry[];
	/** `entries`: all of the journal that this process knows. Never throws: without room it stays as it is. */
	keep(entries: readonly Entry[]): void;
};

export function openMirror(folder: string): Mirror {
	const file = join(folder, mirrorFile);
	const known: Entry[] = [];
	let offset = 0;

	const take = (line: string): void => {
		const entry = read(line);
		const last = known.at(-1);
		if (entry !== null && follows(entry, last === undefined ? origin : headOf(last))) known.push(entry);
	};

	/** What other processes added since. */
	const readOn = (fd: number): void => {
		const bytes = readFrom(fd, offset);
		const end = bytes.lastIndexOf('\n') + 1;
		for (const line of bytes.toString('utf8', 0, end).split('\n')) if (line !== '') take(line);
		offset += end;
	};

	return {
		read() {
			ifExists(() => withFile(file, constants.O_RDONLY, readOn));
			return known;
		},
		keep(entries) {
			if (entries.length === 0) return;
			// The database has it, where the disk does not take it.
			ifPossible(() =>
				withFile(file, constants.O_RDWR | constants.O_APPEND | constants.O_CREAT, fd => {
					if (fstatSync(fd).size !== offset) readOn(fd);
					const more = entries.slice(known.length);
					if (known.at(-1)?.hash !== entries[known.length - 1]?.hash || more.length === 0) return;
					// A line that was torn ends here.
					const torn = fstatSync(fd).size > offset ? '\n' : '';
					const bytes = Buffer.from(torn + more.map(entry => `${format(entry)}\n`).join(''));
					writeAll(fd, bytes);
				}),
			);
		},
	};
}

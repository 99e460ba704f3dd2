/*
Where lowdb keeps its document, so that it survives whatever happens while it is written: a new file that nobody else can
have put there, synced, then given the old one's name. lowdb's own adapter follows a planted link, widens the mode and never
syncs. After any crash the name holds one whole document, the old or the new.
*/
import {randomBytes} from 'node:crypto';
import {constants, readdirSync, readFileSync, renameSync, rmSync} from 'node:fs';
import {basename, dirname, join} from 'node:path';
import process from 'node:process';
import type {SyncAdapter} from 'lowdb';
import {createFile, syncFolder, withFile} from './disk.ts';
import {ifThere} from './fault.ts';

const leftover = /\.(\d+)-[0-9a-f]{16}$/;

const temporary = (path: string): string =>
	join(dirname(path), `.${basename(path)}.${process.pid}-${randomBytes(8).toString('hex')}`);

function lives(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error instanceof Error && 'code' in error && error.code === 'EPERM';
	}
}

/** Removes what writers left that were killed before they could give it its name. */
export function sweep(path: string): void {
	for (const name of readdirSync(dirname(path))) {
		const pid = name.startsWith(`.${basename(path)}.`) ? leftover.exec(name)?.[1] : undefined;
		if (pid !== undefined && !lives(Number(pid))) rmSync(join(dirname(path), name), {force: true});
	}
}

/** A JSON document in a file of mode 0600. `read`: null where there is none; throws SyntaxError where it is no JSON. */
export function durableAdapter<T>(path: string): SyncAdapter<T> {
	return {
		read: () => ifThere(() => JSON.parse(withFile(path, constants.O_RDONLY, fd => readFileSync(fd, 'utf8')))),
		write(data) {
			const fresh = temporary(path);
			try {
				createFile(fresh, Buffer.from(`${JSON.stringify(data, null, '\t')}\n`));
				renameSync(fresh, path);
			} catch (error) {
				rmSync(fresh, {force: true});
				throw error;
			}
			syncFolder(dirname(path));
		},
	};
}

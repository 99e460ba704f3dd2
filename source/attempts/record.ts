/*
Small JSON records that stand whole or not at all. A record is written aside, reaches the disk, and then gets its name:
by `link` where only the first may have it, by `rename` where the newest counts. The folder is synced too, because a
name lasts only from then on.
*/
import {
	closeSync,
	fsyncSync,
	ftruncateSync,
	linkSync,
	mkdirSync,
	openSync,
	readFileSync,
	renameSync,
	rmSync,
	writeSync,
} from 'node:fs';
import {dirname} from 'node:path';
import process from 'node:process';
import type {Path} from '../cutover/model/runbook.ts';

type Fields = Readonly<Record<string, unknown>>;

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : null);

/** True where the error says that something is missing. */
export const isMissing = (error: unknown): boolean => codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR';

function syncFolder(folder: Path): void {
	const descriptor = openSync(folder, 'r');
	try {
		fsyncSync(descriptor);
	} finally {
		closeSync(descriptor);
	}
}

/** A folder below one that is there already, at most two deep: it and the name of what leads to it last. */
export function makeFolder(folder: Path): void {
	mkdirSync(folder, {recursive: true, mode: 0o700});
	// Also where it was there: who made it may have been killed before its name lasted.
	syncFolder(dirname(folder));
	syncFolder(dirname(dirname(folder)));
}

const line = (record: object): Uint8Array => Buffer.from(`${JSON.stringify(record)}\n`);

function write(file: Path, flags: 'wx' | 'r+', bytes: Uint8Array): void {
	const descriptor = openSync(file, flags, 0o600);
	try {
		for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done);
		if (flags === 'r+') ftruncateSync(descriptor, bytes.length);
		fsyncSync(descriptor);
	} finally {
		closeSync(descriptor);
	}
}

const aside = (file: Path): Path => `${file}.${process.pid}`;

/** Gives bytes, or a record, their name only where nobody has it yet; false where somebody does. */
export function claim(file: Path, content: object | Uint8Array): boolean {
	const temporary = aside(file);
	rmSync(temporary, {force: true});
	write(temporary, 'wx', content instanceof Uint8Array ? content : line(content));
	try {
		linkSync(temporary, file);
		syncFolder(dirname(file));
		return true;
	} catch (error) {
		if (codeOf(error) === 'EEXIST') return false;
		throw error;
	} finally {
		rmSync(temporary, {force: true});
	}
}

/** Takes room for a record that must still be written when the disk is full; answers how to write it. */
export function reserve(file: Path, bytes: number): (record: object) => void {
	const temporary = aside(file);
	rmSync(temporary, {force: true});
	write(temporary, 'wx', Buffer.alloc(bytes, '\n'));
	return record => {
		write(temporary, 'r+', line(record));
		renameSync(temporary, file);
		syncFolder(dirname(file));
	};
}

/** The fields of a record; null where there is none, or where it is no JSON object. */
export function readRecord(file: Path): Fields | null {
	try {
		const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
		return typeof value === 'object' && value !== null && !Array.isArray(value) ? {...value} : null;
	} catch (error) {
		if (isMissing(error) || error instanceof SyntaxError) return null;
		throw error;
	}
}

/*
Brings a runbook and its settings from the disk: one open each, looked at through that descriptor, so that nothing can be put
in its place between looking and reading. A pipe does not make it wait, a file that others may write is not trusted.
*/
import {closeSync, constants, fstatSync, lstatSync, openSync, type Stats, statSync} from 'node:fs';
import {basename, dirname, join, resolve} from 'node:path';
import type {Problem} from '../cutover/model/problem.ts';
import type {Path} from '../cutover/model/runbook.ts';
import {errnoOf} from '../disk/fault.ts';
import {foldersTo, readUpTo} from '../disk/file.ts';
import {problem, start} from './problems/complain.ts';
import type {Code, Values} from './problems/complaints.ts';

export const limitBytes = 1024 * 1024;

export type Brought = {
	readonly path: Path;
	readonly bytes: Uint8Array;
	readonly settings: {readonly path: Path; readonly bytes: Uint8Array} | null;
};

export type Opened =
	| {readonly found: Brought; readonly problems: readonly []}
	| {readonly found: null; readonly problems: readonly Problem[]};

type Bytes = {readonly bytes: Uint8Array; readonly owner: number};

const othersMayWrite = 0o002;
const sticky = 0o1000;

class Unusable extends Error {
	readonly problem: Problem;

	constructor(said: Problem) {
		super(said.message);
		this.problem = said;
	}
}

function refuse<C extends Code>(code: C, values: Values<C>, file: string | null): never {
	throw new Unusable(problem(code, start, values, file));
}

const whys: Readonly<Record<string, string>> = {
	EACCES: 'permission denied',
	EPERM: 'permission denied',
	ELOOP: 'its links lead in a circle',
	ENAMETOOLONG: 'its name is too long',
	EISDIR: 'it is a folder',
	EIO: 'the disk reports an error',
};

const codeOf = (error: unknown): string => errnoOf(error) || 'unknown error';

function kindOf(stats: Stats): string {
	if (stats.isDirectory()) return 'a folder';
	if (stats.isFIFO()) return 'a pipe';
	if (stats.isSocket()) return 'a socket';
	return stats.isCharacterDevice() || stats.isBlockDevice() ? 'a device' : 'something else';
}

function descriptor(path: Path, name: string, file: string | null): number {
	try {
		return openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
	} catch (error) {
		const code = codeOf(error);
		if (code === 'ENOENT' || code === 'ENOTDIR') return refuse('file-missing', {name}, file);
		if (code === 'ENXIO') return refuse('file-kind', {name, kind: 'a socket'}, file);
		return refuse('file-denied', {name, why: whys[code] ?? code}, file);
	}
}

/** In a folder with the sticky bit nobody can put something else in the place of what is one's own. */
function checkFolder(folder: Path, entry: Path, file: string | null): void {
	const {mode, uid} = statSync(folder);
	if ((mode & othersMayWrite) === 0) return;
	const me = process.getuid?.() ?? uid;
	const owner = lstatSync(entry).uid;
	if ((mode & sticky) === 0 || (owner !== me && owner !== 0)) refuse('file-shared', {name: folder}, file);
}

function bring(path: Path, name: string, file: string | null): Bytes {
	const fd = descriptor(path, name, file);
	try {
		const stats = fstatSync(fd);
		if (!stats.isFile()) refuse('file-kind', {name, kind: kindOf(stats)}, file);
		if (stats.size > limitBytes) refuse('file-large', {name}, file);
		if ((stats.mode & othersMayWrite) !== 0) refuse('file-shared', {name}, file);
		for (const {folder, entry} of foldersTo(path)) checkFolder(folder, entry, file);
		// One byte more than the limit is enough to know that a file is too long, whatever its size said.
		const bytes = readUpTo(fd, limitBytes + 1);
		if (bytes.length > limitBytes) refuse('file-large', {name}, file);
		return {bytes, owner: stats.uid};
	} catch (error) {
		if (error instanceof Unusable) throw error;
		return refuse('file-denied', {name, why: whys[codeOf(error)] ?? codeOf(error)}, file);
	} finally {
		closeSync(fd);
	}
}

/** Where the settings of a runbook are unless they are named. */
export const besideRunbook = (path: Path): Path =>
	join(dirname(path), `${basename(path).replace(/\.(?:md|markdown)$/i, '')}.cutover.yaml`);

const isThere = (path: Path): boolean => lstatSync(path, {throwIfNoEntry: false}) !== undefined;

/** A file that is named stands for the one beside the runbook. */
function settingsOf(path: Path, given: Path | null): Path | null {
	if (given !== null) return resolve(given);
	const near = besideRunbook(path);
	return isThere(near) ? near : null;
}

function attempt<T>(problems: Problem[], what: () => T): T | null {
	try {
		return what();
	} catch (error) {
		if (!(error instanceof Unusable)) throw error;
		problems.push(error.problem);
		return null;
	}
}

/** Bytes of a runbook and of its settings, or why they are not taken. `settings`: a file that was named, else null. */
export function openRunbook(path: Path, settings: Path | null): Opened {
	const problems: Problem[] = [];
	const at = resolve(path);
	const runbook = attempt(problems, () => bring(at, path, null));
	const file = settingsOf(at, settings);
	const read = file === null ? null : attempt(problems, () => bring(file, settings ?? basename(file), file));
	if (problems.length > 0 || !runbook) return {found: null, problems};
	return {
		found: {path: at, bytes: runbook.bytes, settings: file !== null && read ? {path: file, bytes: read.bytes} : null},
		problems: [],
	};
}

/*
Copies a file into the cutover's evidence: the bytes that were read are the bytes that are kept and hashed, whatever
happens to the original meanwhile. A FIFO or a device would never end, so only a regular file is taken.
*/
import {createHash, randomBytes} from 'node:crypto';
import {
	closeSync,
	constants,
	existsSync,
	fstatSync,
	fsyncSync,
	mkdirSync,
	openSync,
	readSync,
	renameSync,
	unlinkSync,
	writeSync,
} from 'node:fs';
import {basename, join} from 'node:path';

/** `path` is relative to the cutover's folder; `fresh`: the copy did not stand there before. */
export type Kept = {
	readonly name: string;
	readonly path: string;
	readonly sha256: string;
	readonly bytes: number;
	readonly fresh: boolean;
};

/** Why a file cannot be taken, in a sentence. */
export class NotAttached extends Error {}

function openRegular(file: string): number {
	let descriptor: number;
	try {
		descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
	} catch (error) {
		throw new NotAttached(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
	}
	if (fstatSync(descriptor).isFile()) return descriptor;
	closeSync(descriptor);
	throw new NotAttached(`${file} is no regular file. Attach a file, not a folder or a device.`);
}

function copy(from: number, to: number): {readonly sha256: string; readonly bytes: number} {
	const hash = createHash('sha256');
	const block = Buffer.allocUnsafe(1 << 16);
	let bytes = 0;
	for (let read = readSync(from, block); read > 0; read = readSync(from, block)) {
		hash.update(block.subarray(0, read));
		for (let written = 0; written < read; ) written += writeSync(to, block, written, read - written);
		bytes += read;
	}
	fsyncSync(to);
	return {sha256: hash.digest('hex'), bytes};
}

// The name reaches file lists and shells of whoever reads the evidence later.
const tame = (name: string): string =>
	name
		.replaceAll(/[^\p{L}\p{N}._+-]+/gu, '_')
		.replace(/^[.-]+/, '')
		.slice(-80) || 'file';

function syncFolder(folder: string): void {
	const descriptor = openSync(folder, 'r');
	fsyncSync(descriptor);
	closeSync(descriptor);
}

/** Keeps a copy of `file` in `evidence/` of the cutover's folder. Throws NotAttached, and what the system says of a full disk. */
export function keep(folder: string, file: string, name: string | null): Kept {
	const evidence = join(folder, 'evidence');
	mkdirSync(evidence, {recursive: true, mode: 0o700});
	const source = openRegular(file);
	const temporary = join(evidence, `.${randomBytes(8).toString('hex')}`);
	try {
		const target = openSync(temporary, 'wx', 0o600);
		let copied: ReturnType<typeof copy>;
		try {
			copied = copy(source, target);
		} finally {
			closeSync(target);
		}
		const called = name ?? basename(file);
		const path = join('evidence', `${copied.sha256.slice(0, 12)}-${tame(called)}`);
		const fresh = !existsSync(join(folder, path));
		renameSync(temporary, join(folder, path));
		syncFolder(evidence);
		return {name: called, path, ...copied, fresh};
	} catch (error) {
		if (existsSync(temporary)) unlinkSync(temporary);
		throw error;
	} finally {
		closeSync(source);
	}
}

/** Takes back a copy that the journal did not accept. */
export function discard(folder: string, kept: Kept): void {
	if (kept.fresh) unlinkSync(join(folder, kept.path));
}

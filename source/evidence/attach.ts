/*
Copies a file into the cutover's evidence: the bytes that were read are the bytes that are kept and hashed, whatever
happens to the original meanwhile. A FIFO or a device would never end, so only a regular file is taken.
*/

import {createHash} from 'node:crypto';
import {closeSync, constants, existsSync, fstatSync, openSync, unlinkSync} from 'node:fs';
import {basename, join} from 'node:path';
import type {Entry} from '../cutover/ports.ts';
import {placeFile} from '../disk/atomic-file.ts';
import {digestOfOpen} from '../disk/digest.ts';
import {systemFault} from '../disk/fault.ts';
import {makeFolders, writeAll} from '../disk/file.ts';
import {InputError} from '../text/error-text.ts';
import {Redactor, redactor} from '../text/redact.ts';

/** `path` is relative to the cutover's folder; `fresh`: the copy did not be there before. */
export type Kept = {
	readonly name: string;
	readonly path: string;
	readonly sha256: string;
	readonly bytes: number;
	readonly fresh: boolean;
};

/** Why a file cannot be taken, in a sentence. */
export class NotAttached extends InputError {}

function openRegular(file: string): number {
	let descriptor: number;
	try {
		descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
	} catch (error) {
		throw new NotAttached(`${systemFault(error, file).text}. Attach a file that this account can read.`);
	}
	if (fstatSync(descriptor).isFile()) return descriptor;
	closeSync(descriptor);
	throw new NotAttached(`${file} is not a regular file. Attach a file, not a folder or a device.`);
}

// The name reaches file lists and shells of whoever reads the evidence later.
const tame = (name: string): string =>
	name
		.replaceAll(/[^\p{L}\p{N}._+-]+/gu, '_')
		.replace(/^[.-]+/, '')
		.slice(-80) || 'file';

/** Copies without the secrets; the digest is of what was written. */
function copyWithout(secrets: readonly string[], source: number, target: number): {sha256: string; bytes: number} {
	const stream = new Redactor(secrets);
	const hash = createHash('sha256');
	let bytes = 0;
	const write = (text: string): void => {
		const piece = Buffer.from(text, 'latin1');
		hash.update(piece);
		bytes += piece.length;
		writeAll(target, piece);
	};
	digestOfOpen(source, piece => write(stream.push(piece.toString('latin1'))));
	write(stream.end());
	return {sha256: hash.digest('hex'), bytes};
}

/** Keeps a copy of `file` in `evidence/` of the cutover's folder. Secrets in it, and in its name, are left out. Throws NotAttached, or the error of the system. */
export function keep(folder: string, file: string, name: string | null, secrets: readonly string[] = []): Kept {
	const evidence = join(folder, 'evidence');
	makeFolders(evidence);
	const source = openRegular(file);
	const redact = redactor(secrets);
	const called = redact(name?.trim() || basename(file));
	const pathOf = (sha256: string): string => join('evidence', `${sha256.slice(0, 12)}-${tame(called)}`);
	let fresh = true;
	try {
		const copied = placeFile(
			evidence,
			target => copyWithout(secrets, source, target),
			({sha256}) => {
				const place = join(folder, pathOf(sha256));
				fresh = !existsSync(place);
				return place;
			},
		);
		return {name: called, path: pathOf(copied.sha256), ...copied, fresh};
	} finally {
		closeSync(source);
	}
}

/** Takes back a copy that the journal did not accept, unless somebody else attached the same bytes meanwhile. */
export function discard(folder: string, {fresh, path}: Kept, entries: readonly Entry[]): void {
	const named = entries.some(({type, data}) => type === 'attached' && 'path' in data && data.path === path);
	if (fresh && !named) unlinkSync(join(folder, path));
}

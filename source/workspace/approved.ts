/*
The bytes that were approved, and no others, are what runs. They are kept by digest in the cutover's folder as soon as
they were approved, so that an attempt can run them after the workspace has moved on, and copied into the attempt.
*/
import {existsSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {basename, dirname, isAbsolute, join, resolve} from 'node:path';
import type {Digest, Path} from '../cutover/model/runbook.ts';
import type {State} from '../cutover/model/state.ts';
import {claim} from '../disk/atomic-file.ts';
import {digestOf} from '../disk/digest.ts';
import {ifPossible} from '../disk/fault.ts';
import {makeFolders} from '../disk/file.ts';

/** Digest of a regular file; null where there is none, or it cannot be read. */
export const digestAt = (file: Path): Digest | null =>
	ifPossible(() => (statSync(file, {throwIfNoEntry: false})?.isFile() ? digestOf(readFileSync(file)) : null));

/** Where the approved bytes of a file are kept. */
export const keptAt = (folder: Path, digest: Digest): Path => join(folder, 'approved', digest.replace('sha256:', ''));

/** Bytes of a regular file where their digest is this one, else null. */
function bytesWith(digest: Digest, file: Path): Uint8Array | null {
	if (!statSync(file, {throwIfNoEntry: false})?.isFile()) return null;
	const bytes = readFileSync(file);
	return digestOf(bytes) === digest ? bytes : null;
}

/** Keeps what was approved and is in the workspace as it was; what is kept already is left alone. */
export function keepApproved(folder: Path, {approved, workspace}: Pick<State, 'approved' | 'workspace'>): void {
	// A folder that was taken away is not made anew: it has to be brought back to this place.
	if (!existsSync(folder)) return;
	for (const [path, digest] of Object.entries(approved)) {
		if (digest === null || existsSync(keptAt(folder, digest))) continue;
		// Unreadable, or no room: the next look tries again, and an attempt that needs it says what is wrong.
		ifPossible(() => {
			const bytes = bytesWith(digest, resolve(workspace, path));
			if (bytes !== null) keepBytesApproved(folder, bytes);
		});
	}
}

/** The approved bytes of a path, wherever they still are. Throws a sentence where they are not, or were never approved. */
export function approvedBytes(
	folder: Path,
	{approved, workspace}: Pick<State, 'approved' | 'workspace'>,
	path: Path,
): Uint8Array {
	const digest = Object.hasOwn(approved, path) ? (approved[path] ?? null) : null;
	if (digest === null)
		throw new Error(
			`${path} was not approved with the runbook. Approve it (cutover-tui approve), then run this again.`,
		);
	const bytes = bytesWith(digest, keptAt(folder, digest)) ?? bytesWith(digest, resolve(workspace, path));
	if (bytes !== null) return bytes;
	throw new Error(
		`${path} is no longer what was approved, and its approved bytes are nowhere to be found. Put them back, or approve the new ones (cutover-tui approve).`,
	);
}

/** Keeps bytes that are being approved. */
export function keepBytesApproved(folder: Path, bytes: Uint8Array): void {
	const file = keptAt(folder, digestOf(bytes));
	if (existsSync(file)) return;
	makeFolders(join(folder, 'approved'));
	claim(file, bytes);
}

/** A file with the approved bytes of a script and its own name, to be run. Throws a sentence where there is none to be had. */
export function approvedCopy(folder: Path, state: Pick<State, 'approved' | 'workspace'>, path: Path): Path {
	const bytes = approvedBytes(folder, state, path);
	const place = join(folder, 'approved', 'run', digestOf(bytes).slice(7, 23));
	const copy = join(place, basename(path));
	if (bytesWith(digestOf(bytes), copy) !== null) return copy;
	makeFolders(place);
	rmSync(copy, {force: true});
	claim(copy, bytes);
	return copy;
}

const isPlaybook = /\.(?:[cm]?[jt]s|json)$/;

/** Copies into `copies` every approved script that a playbook may be or import, each at its path from the workspace. */
export function copyApproved(
	folder: Path,
	state: Pick<State, 'approved' | 'workspace'>,
	copies: Path,
	wanted: Path,
): Path {
	for (const path of Object.keys(state.approved).filter(path => isPlaybook.test(path) && !isAbsolute(path))) {
		if (path !== wanted && state.approved[path] === null) continue;
		const target = join(copies, path);
		makeFolders(dirname(target));
		try {
			writeFileSync(target, approvedBytes(folder, state, path), {mode: 0o600, flag: 'wx'});
		} catch (error) {
			// One that is only beside it may be missing: the playbook that needs it says so.
			if (path === wanted) throw error;
		}
	}
	if (!existsSync(join(copies, wanted))) approvedBytes(folder, state, wanted);
	return join(copies, wanted);
}

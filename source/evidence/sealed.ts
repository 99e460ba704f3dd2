/*
The files of a cutover's folder that its closing entry names by digest: what was approved, what ran, what was written and
attached. Records that are only progress, and can be made again from the journal, are not among them.
*/
import {lstatSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import {digestOfOpen} from '../disk/digest.ts';
import {withFile} from '../disk/file.ts';

/** Where the evidence is kept as it was when the cutover was closed. */
export const evidenceFile = 'evidence.json';

const books: readonly string[] = ['runbook.md', 'runbook.cutover.yaml'];
const single = [...books, evidenceFile];

const whole = ['approved', 'evidence'];

/** Whether it is the runbook or its settings, as they were approved last. */
export const isBook = (path: string): boolean => books.includes(path);

const isThere = (path: string): boolean => lstatSync(path, {throwIfNoEntry: false}) !== undefined;

/** Every name below a folder that is no folder itself, links too, by its path from `root`. */
function below(root: string, path: string): readonly string[] {
	const found = lstatSync(join(root, path), {throwIfNoEntry: false});
	if (found === undefined) return [];
	if (!found.isDirectory()) return [path];
	return readdirSync(join(root, path)).flatMap(name => below(root, join(path, name)));
}

function attemptFiles(root: string): readonly string[] {
	if (!isThere(join(root, 'attempts'))) return [];
	return readdirSync(join(root, 'attempts')).flatMap(name => [
		...below(root, join('attempts', name, 'log')),
		...below(root, join('attempts', name, 'playbook')),
	]);
}

/** Paths of the files that are sealed at the close, sorted. */
export const filesToSeal = (folder: string): readonly string[] =>
	[
		...single.filter(path => isThere(join(folder, path))),
		...whole.flatMap(path => below(folder, path)),
		...attemptFiles(folder),
	].sort();

/** `sha256:…` of a regular file; null where it is none, a link, or cannot be read. */
export function digestIn(folder: string, path: string): string | null {
	try {
		// 0: O_RDONLY; a link is not followed.
		return withFile(join(folder, path), 0, fd => `sha256:${digestOfOpen(fd).sha256}`);
	} catch {
		return null;
	}
}

/** Digest by path of every file that is sealed. */
export function sealedFiles(folder: string): Readonly<Record<string, string>> {
	return Object.fromEntries(
		filesToSeal(folder).flatMap(path => {
			const digest = digestIn(folder, path);
			return digest === null ? [] : [[path, digest]];
		}),
	);
}

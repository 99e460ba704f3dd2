/*
A cutover, out of any store into a folder of its own: the same lines with the same hashes and the files beside them, so that one
host can go on alone. Of attempts that had not ended, another host may still run some: each is marked as one whose runner is gone.
*/
import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {type Clock, StoreFault} from '../cutover/ports.ts';
import type {Catalog} from '../cutover/store.ts';
import {claim, replaceFile} from '../disk/atomic-file.ts';
import {makeFolder} from '../disk/file.ts';
import {format} from './entry.ts';
import {journalFile} from './file-store.ts';
import {entriesIn, foldOn, nothing} from './fold.ts';
import {createFolder, openFolder} from './folder.ts';
import {progressFile} from './progress.ts';
import {pushedFile} from './push.ts';
import {storeFile} from './store-file.ts';

/** A process that never ran on this host. */
const nobody = {pid: 0, start: 0, boot: 'another host'};

/** Where a pull was cut short before the journal came, it begins anew. Throws StoreFault where the folder is in use. */
function reopened(root: string, id: string): string {
	const folder = openFolder(root, id);
	if (![journalFile, progressFile, storeFile, pushedFile].some(file => existsSync(join(folder, file)))) return folder;
	throw new StoreFault(
		'owner',
		`The folder exists already: ${folder}.`,
		`This host has a folder of that cutover. Name another one to write it into: cutover-tui store pull ${id} DIR.`,
	);
}

/** Writes `ROOT/ID`. Rejects with StoreFault, also where that folder is in use. */
export async function writeFolder(
	catalog: Catalog,
	id: string,
	root: string,
	clock: Clock,
): Promise<{readonly folder: string; readonly entries: number; readonly wrong: readonly string[]}> {
	const entries = await entriesIn(catalog, id, clock);
	const folder = createFolder(root, id) ?? reopened(root, id);
	const wrong = await catalog.copies(id).receive(folder);
	const {state} = foldOn(nothing(), entries);
	for (const [key, {ended, within}] of Object.entries(state.attempts)) {
		if (ended !== null || within !== null) continue;
		makeFolder(join(folder, 'attempts', key));
		claim(join(folder, 'attempts', key, 'owner.json'), nobody);
	}
	// Last: a folder without a journal is ignored.
	replaceFile(join(folder, journalFile), Buffer.from(entries.map(entry => `${format(entry)}\n`).join('')));
	return {folder, entries: entries.length, wrong};
}

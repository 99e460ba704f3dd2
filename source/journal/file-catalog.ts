/*
Cutovers in a state folder: `ROOT/ID/`, each with `journal.ndjson` of its own. A folder where nothing was begun is
ignored; one that has been in use and whose journal is empty is damaged, and never taken for an empty place.
*/
import {existsSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {type Clock, StoreFault} from '../cutover/ports.ts';
import type {Catalog, Store} from '../cutover/store.ts';
import {ifPossible} from '../disk/fault.ts';
import {fileStore, journalFile} from './file-store.ts';
import {createFolder, listFolders, makeRoot, openFolder} from './folder.ts';
import {openLock} from './lock.ts';
import {lastHead, progressFile} from './progress.ts';
import {openReader} from './reader.ts';
import {start} from './scan.ts';

/** Held while a cutover is begun. */
const lockFile = 'begin.lock';

const emptyFault = (folder: string): StoreFault =>
	new StoreFault(
		'broken',
		`The journal is empty, but entries were recorded in it: ${join(folder, journalFile)}.`,
		'Put journal.ndjson back from a copy. Without a copy, keep the folder as it is: progress.json holds the last known state.',
	);

const cutFault = (folder: string, seq: number, found: number): StoreFault =>
	new StoreFault(
		'broken',
		`Entries of the journal are missing: ${join(folder, journalFile)} ends at entry ${found}, and entry ${seq} was recorded (progress.json).`,
		'Put journal.ndjson back as it was. Without a copy, move progress.json away: the cutover then goes on without what is missing.',
	);

/** It has been in use: progress is written after the first entry. */
const wasUsed = (folder: string): boolean => existsSync(join(folder, progressFile));

/** A journal whose entries are gone, all or the newest ones, is a fault from the first look on. */
const neverShorter = (folder: string, store: Store): Store => ({
	...store,
	async pull(after) {
		if (after.seq > 0) return store.pull(after);
		// Read before the journal, which is never behind it.
		const head = lastHead(folder);
		const entries = await store.pull(after);
		if (entries.length === 0 && wasUsed(folder)) throw emptyFault(folder);
		if (head !== null && !entries.some(({hash}) => hash === head.hash))
			throw cutFault(folder, head.seq, entries.length);
		return entries;
	},
});

/** Whether anything was ever recorded in it; true where that cannot be known. */
function wasBegun(folder: string): boolean {
	return (
		wasUsed(folder) || ifPossible(() => openReader(join(folder, journalFile)).read(start.head).length > 0) !== false
	);
}

/** Throws StoreFault where the folder cannot be trusted. */
export function fileCatalog(root: string, clock: Clock): Catalog {
	const folder = (id: string): string => join(root, id);
	return {
		folder,
		ids: async () => listFolders(root).filter(id => wasBegun(folder(id))),
		whole: async () => {},
		has: async id => listFolders(root).includes(id) && wasBegun(folder(id)),
		reserve: async () => false,
		join: async () => {},
		hosts: () => null,
		create: async id => createFolder(root, id) !== null,
		discard: async id => rmSync(folder(id), {recursive: true, force: true}),
		journal: async (id, time) => neverShorter(folder(id), fileStore(openFolder(root, id), time)),
		// They are in its folder, and nowhere else.
		copies: () => ({send: async () => {}, follow: async () => {}, receive: async () => []}),
		async exclusively(work) {
			makeRoot(root);
			const lock = openLock(join(root, lockFile), clock);
			try {
				return await lock.hold(work);
			} finally {
				lock.close();
			}
		},
		close: async () => {},
	};
}

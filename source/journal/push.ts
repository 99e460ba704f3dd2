/*
A cutover, out of a folder of this host into another store: the same lines with the same hashes, behind those that are there. From
then on the folder is that of a host which works for it.
*/
import {existsSync, renameSync} from 'node:fs';
import {join} from 'node:path';
import {type Clock, type Entry, StoreFault} from '../cutover/ports.ts';
import type {Catalog, Store} from '../cutover/store.ts';
import {ifExists} from '../disk/fault.ts';
import {headOf, origin} from './entry.ts';
import {guarded} from './fault.ts';
import {journalFile, lockFile} from './file-store.ts';
import {openLock} from './lock.ts';
import {openReader} from './reader.ts';

/** Entries of one append, as far as those that belong together allow. */
const most = 200;

const otherFault = ({seq}: Entry): StoreFault =>
	new StoreFault(
		'diverged',
		`The database has another entry ${seq} than this folder: both were gone on with after they were parted.`,
		'Decide which one is the cutover. The other one stays as evidence; attach it.',
	);

/** The first entries, up to the end of what was appended at once. */
function* batches(entries: readonly Entry[]): Generator<readonly Entry[]> {
	for (let from = 0; from < entries.length; ) {
		let to = Math.min(from + most, entries.length);
		while (to < entries.length && (entries[to]?.batch?.first ?? to + 1e9) < (entries[to]?.seq ?? 0)) to++;
		yield entries.slice(from, to);
		from = to;
	}
}

/** The journal's name after a push: appending to the old name fails, and says that it is gone. */
export const pushedFile = 'journal.pushed.ndjson';

/** Puts the journal away, waits for whoever is writing to it, and reads it. */
async function putAway(folder: string, clock: Clock): Promise<readonly Entry[]> {
	const [journal, pushed] = [join(folder, journalFile), join(folder, pushedFile)];
	// A push that was cut short goes on.
	if (existsSync(journal)) {
		// Damage is reported of the name that the file keeps then.
		openReader(journal).read(origin);
		guarded('The journal cannot be put away', folder, () => renameSync(journal, pushed));
	}
	const lock = openLock(join(folder, lockFile), clock);
	try {
		return await lock.hold(() => openReader(pushed).read(origin));
	} finally {
		lock.close();
	}
}

/** Appends what is missing; how many entries that were. */
async function appendTo(store: Store, here: readonly Entry[]): Promise<number> {
	const there = await store.pull(origin);
	const other = there.find(({hash}, index) => here[index]?.hash !== hash);
	if (other !== undefined) throw otherFault(other);
	const entries = here.slice(there.length);
	let head = there.at(-1);
	for (const batch of batches(entries)) {
		const known = head === undefined ? origin : headOf(head);
		if ((await store.append(known, batch)) === 'conflict') {
			const [next] = await store.pull(known);
			if (next !== undefined) throw otherFault(next);
		}
		head = batch.at(-1);
	}
	return entries.length;
}

async function send(catalog: Catalog, id: string, here: readonly Entry[], clock: Clock): Promise<number> {
	const store = await catalog.journal(id, clock);
	try {
		await catalog.reserve(id);
		const count = await appendTo(store, here);
		const hosts = catalog.hosts(id);
		// Samples are written by the host that leads.
		await hosts?.lead();
		await catalog.copies(id).send();
		await hosts?.yield();
		await catalog.join(id);
		return count;
	} finally {
		await store.close();
	}
}

/** Appends what the folder `catalog.folder(id)` has and the store lacks; how many entries that were. Rejects with StoreFault. */
export async function pushFolder(catalog: Catalog, id: string, clock: Clock): Promise<number> {
	const folder = catalog.folder(id);
	try {
		return await send(catalog, id, await putAway(folder, clock), clock);
	} catch (error) {
		// It goes on alone, as before.
		ifExists(() => renameSync(join(folder, pushedFile), join(folder, journalFile)));
		throw error;
	}
}

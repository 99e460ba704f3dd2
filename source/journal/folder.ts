/*
The folders that cutovers live in: `ROOT/ID/`, each whole in itself and its owner's alone. What others may write cannot be
trusted, so such a folder is refused rather than put right: whoever could write there may have done so already.
*/
import {lstatSync, mkdirSync, readdirSync, type Stats, statSync} from 'node:fs';
import {dirname, join} from 'node:path';
import process from 'node:process';
import {StoreFault} from '../cutover/ports.ts';
import {errnoOf, ifExists} from '../disk/fault.ts';
import {makeFolders, refuseDangling, syncFolder} from '../disk/file.ts';
import {guarded} from './fault.ts';
import {journalFile} from './file-store.ts';
import {progressFile} from './progress.ts';
import {storeFile} from './store-file.ts';

const writableByOthers = 0o022;
const name = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

/** Whether an id can be the name of a folder: letters, digits, `.`, `_`, `-`, at most 100, the first a letter or digit. */
export const isFolderName = (id: string): boolean => name.test(id);

function check(path: string, stats: Stats): void {
	const uid = process.geteuid?.() ?? stats.uid;
	if (!stats.isDirectory())
		throw new StoreFault(
			'owner',
			`The state folder is not a folder: ${path}.`,
			'Move it away, or name another place with --state DIR.',
		);
	if (stats.uid !== uid)
		throw new StoreFault(
			'owner',
			`The state folder belongs to another account: ${path} is of uid ${stats.uid}, you are ${uid}.`,
			'Run cutover-tui as the account that owns it (sudo -u), or name another place with --state DIR.',
		);
	if ((stats.mode & writableByOthers) !== 0)
		throw new StoreFault(
			'owner',
			`Others may write in the state folder: ${path} has mode ${(stats.mode & 0o777).toString(8)}.`,
			`Find out who did, then close it to them: chmod go-w ${path}`,
		);
}

const doing = 'The state folder cannot be opened';

/** Refuses a folder that is somebody else's, or that others may write. Throws StoreFault `owner`, or `gone`. */
const checkRoot = (root: string): void =>
	check(
		root,
		guarded(doing, root, () => statSync(root)),
	);

const parts = ['attempts', 'approved', 'evidence', 'probes', 'links'];

/** What the program writes to and runs from is its own: no link, of nobody else, and no other account reads the journal. */
function checkInside(folder: string): void {
	const journal = join(folder, journalFile);
	const found = ifExists(() => lstatSync(journal));
	const uid = process.geteuid?.() ?? found?.uid;
	if (found !== null && (!found.isFile() || found.uid !== uid || (found.mode & 0o077) !== 0))
		throw new StoreFault(
			'owner',
			`The journal is not this account's alone: ${journal} is ${found.isFile() ? `of uid ${found.uid}, mode ${(found.mode & 0o777).toString(8)}` : 'no regular file'}.`,
			`Find out who changed it; then: chown and chmod 600 ${journal}`,
		);
	for (const part of parts) {
		const place = join(folder, part);
		const inside = ifExists(() => lstatSync(place));
		if (inside === null) continue;
		check(place, inside);
		if (part !== 'attempts') continue;
		for (const name of readdirSync(place)) check(join(place, name), lstatSync(join(place, name)));
	}
}

/** The folder of a cutover that was begun. Throws StoreFault. */
export function openFolder(root: string, id: string): string {
	checkRoot(root);
	const folder = join(root, id);
	// No link: a cutover is where its name says.
	check(
		folder,
		guarded(doing, folder, () => lstatSync(folder)),
	);
	checkInside(folder);
	return folder;
}

/** Makes the folder of all cutovers where it is missing; its name lasts. Throws StoreFault. */
export function makeRoot(root: string): void {
	guarded('The state folder cannot be made', root, () => {
		const made = makeFolders(root);
		for (let parent = root; made !== undefined && parent !== dirname(made); parent = dirname(parent))
			syncFolder(dirname(parent));
	});
	checkRoot(root);
}

/** A new folder that lasts, mode 0700; null where the name is taken. The root is made with it. Throws StoreFault. */
export function createFolder(root: string, id: string): string | null {
	if (!isFolderName(id)) throw new RangeError(`Not a name for a folder: ${JSON.stringify(id)}`);
	const folder = join(root, id);
	return guarded('The folder of the cutover cannot be made', folder, () => {
		makeRoot(root);
		try {
			mkdirSync(folder, {mode: 0o700});
		} catch (error) {
			if (errnoOf(error) === 'EEXIST') return null;
			throw error;
		}
		syncFolder(root);
		return folder;
	});
}

/** Names of the folders that a journal is or was in; none where there is no root yet. Throws StoreFault. */
export function listFolders(root: string): readonly string[] {
	const names = guarded(doing, root, () => ifExists(() => readdirSync(root)));
	if (names === null) {
		guarded(doing, root, () => refuseDangling(root));
		return [];
	}
	checkRoot(root);
	const holds = (id: string, file: string): boolean => ifExists(() => lstatSync(join(root, id, file))) !== null;
	// One with an address has its journal elsewhere.
	return names
		.filter(id => isFolderName(id) && (holds(id, journalFile) || holds(id, progressFile)) && !holds(id, storeFile))
		.sort();
}

/** Real folders and files for the journal's tests, gone when their test is over. */
import {mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {after} from 'node:test';

/** An empty folder of a cutover, under a state folder of its own. */
export function cutoverFolder(): string {
	const root = mkdtempSync(join(tmpdir(), 'cutover-journal-'));
	after(() => rmSync(root, {recursive: true, force: true}));
	const folder = join(root, 'billing-2031');
	mkdirSync(folder, {mode: 0o700});
	return folder;
}

/** A state folder that does not exist yet. */
export const freshRoot = (): string => join(dirname(cutoverFolder()), 'state', 'cutover-tui');

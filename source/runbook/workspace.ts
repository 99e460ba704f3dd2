/*
What stands in the workspace: where commands run, and what paths of the runbook are relative to.
*/
import {accessSync, closeSync, constants, openSync, readSync, statSync} from 'node:fs';
import {resolve} from 'node:path';
import type {Path} from '../cutover/model/runbook.ts';
import {shellName} from '../cutover/model/script.ts';

export type Workspace = {
	readonly has: (path: Path) => 'file' | 'folder' | null;
	/** Whether it is a script that is not executable; never, where there is nothing to look at. */
	readonly isIdle?: (path: Path) => boolean;
	/** Whether this environment variable is set where the runbook is read; absent where nobody begins it there. */
	readonly isSet?: (variable: string) => boolean;
};

function beginsAsScript(file: Path): boolean {
	const descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
	try {
		const bytes = Buffer.alloc(2);
		return bytes.toString('latin1', 0, readSync(descriptor, bytes)) === '#!';
	} finally {
		closeSync(descriptor);
	}
}

/** What cannot be read is reported by what runs it. */
function isIdle(file: Path): boolean {
	try {
		if (statSync(file, {throwIfNoEntry: false})?.isFile() !== true) return false;
		if (!shellName.test(file) && !beginsAsScript(file)) return false;
	} catch {
		return false;
	}
	try {
		accessSync(file, constants.X_OK);
		return false;
	} catch {
		return true;
	}
}

/** `set`: names of the environment variables that are set. */
export const workspaceAt = (folder: Path, set?: readonly string[]): Workspace => ({
	...(set === undefined ? {} : {isSet: variable => set.includes(variable)}),
	has(path) {
		const found = statSync(resolve(folder, path), {throwIfNoEntry: false});
		if (found === undefined) return null;
		return found.isDirectory() ? 'folder' : 'file';
	},
	isIdle: path => isIdle(resolve(folder, path)),
});

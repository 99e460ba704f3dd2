/*
What stands in the workspace: where commands run, and what paths of the runbook are relative to.
*/
import {statSync} from 'node:fs';
import {resolve} from 'node:path';
import type {Path} from '../cutover/runbook.ts';

export type Workspace = {readonly has: (path: Path) => 'file' | 'folder' | null};

export const workspaceAt = (folder: Path): Workspace => ({
	has(path) {
		const found = statSync(resolve(folder, path), {throwIfNoEntry: false});
		if (found === undefined) return null;
		return found.isDirectory() ? 'folder' : 'file';
	},
});

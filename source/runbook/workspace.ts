/* What is in the workspace: where commands run, and what paths of the runbook are relative to. */
import {accessSync, constants, statSync} from 'node:fs';
import {resolve} from 'node:path';
import {mustBeExecutable, runByThemselves} from '../cutover/model/run-by.ts';
import type {Path, Runbook} from '../cutover/model/runbook.ts';
import {commandLines, rollbackPaths, shellName} from '../cutover/model/script.ts';
import {beginningOf} from '../disk/file.ts';
import {pathOf, programsIn} from '../text/code.ts';
import type {Reading} from './reading.ts';

export type Workspace = {
	readonly has: (path: Path) => 'file' | 'folder' | null;
	/** Whether it is a script that is not executable; never, where there is nothing to look at. */
	readonly isIdle?: (path: Path) => boolean;
	/** Whether this environment variable is set where the runbook is read; absent where nobody begins it there. */
	readonly isSet?: (variable: string) => boolean;
};

/** What cannot be read is reported by what runs it. */
function isIdle(file: Path): boolean {
	try {
		if (statSync(file, {throwIfNoEntry: false})?.isFile() !== true) return false;
		if (!shellName.test(file) && beginningOf(file, 2).toString('latin1') !== '#!') return false;
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

export const workspaceAt = (folder: Path, set?: readonly string[]): Workspace => ({
	...(set === undefined ? {} : {isSet: variable => set.includes(variable)}),
	has(path) {
		const found = statSync(resolve(folder, path), {throwIfNoEntry: false});
		if (found === undefined) return null;
		return found.isDirectory() ? 'folder' : 'file';
	},
	isIdle: path => isIdle(resolve(folder, path)),
});

type Book = Pick<Runbook, 'gates' | 'stages' | 'rollback' | 'endpoints' | 'notify' | 'publish' | 'onCall'>;

function needed({gates, stages, rollback}: Book): readonly Path[] {
	const ways = rollbackPaths({rollback}).flatMap(({workflow, script}) => workflow ?? script ?? []);
	const playbooks = [...gates, ...stages].flatMap(({playbook}) => playbook ?? []);
	return [...gates.flatMap(({files}) => files), ...ways, ...playbooks];
}

/** What nobody could start unless it is executable. */
function started(book: Book): readonly Path[] {
	const looked = book.gates.filter(({kind}) => kind === 'files').flatMap(({files}) => files);
	const programs = commandLines(book)
		.flatMap(programsIn)
		.filter(word => word.includes('/'));
	return [...looked.filter(path => mustBeExecutable(path, book)), ...programs.map(pathOf), ...runByThemselves(book)];
}

const listed = (paths: readonly Path[]): string => [...new Set(paths)].join(', ');

/** What the runbook needs but the workspace lacks: no complaint, for it may still be written or made executable. */
export function noteLacking(book: Book, {has, isIdle}: Workspace, {note}: Reading): void {
	const missing = needed(book).filter(path => has(path) === null);
	const idle = started(book).filter(path => isIdle?.(path) === true);
	const said = [
		...(missing.length > 0 ? [`Not in the workspace now: ${listed(missing)}`] : []),
		...(idle.length > 0 ? [`There, but not executable (chmod +x): ${listed(idle)}`] : []),
	];
	if (said.length > 0) note(`${said.join('. ')}.`);
}

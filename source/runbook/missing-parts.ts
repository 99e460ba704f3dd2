/*
What the runbook needs but the workspace lacks: no complaint, for it may still be written or made executable.
*/

import {mustBeExecutable, runByThemselves} from '../cutover/model/run-by.ts';
import type {Path, Runbook} from '../cutover/model/runbook.ts';
import {commandLines, rollbackPaths} from '../cutover/model/script.ts';
import {pathOf, programsIn} from '../text/code.ts';
import type {Reading} from './reading.ts';
import type {Workspace} from './workspace.ts';

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

export function noteLacking(book: Book, {has, isIdle}: Workspace, {note}: Reading): void {
	const missing = needed(book).filter(path => has(path) === null);
	const idle = started(book).filter(path => isIdle?.(path) === true);
	const said = [
		...(missing.length > 0 ? [`Not in the workspace now: ${listed(missing)}`] : []),
		...(idle.length > 0 ? [`There, but not executable (chmod +x): ${listed(idle)}`] : []),
	];
	if (said.length > 0) note(`${said.join('. ')}.`);
}

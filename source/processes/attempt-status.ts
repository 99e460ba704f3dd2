/*
What became of an attempt, from its records and the process table alone. Result there: finished; owner missing: unstarted; same boot, pid and start time: running; else finished or lost.
*/
import type {Command} from '../cutover/model/command.ts';
import type {Path} from '../cutover/model/runbook.ts';
import {readRecord} from '../disk/atomic-file.ts';
import {markName} from './environment.ts';
import {type AttemptName, markOf, ownerFile, resultFile} from './folder.ts';
import {type Identity, isAlive} from './process.ts';
import type {Mark} from './tree.ts';

/** What is left to be journaled of an attempt that ended. */
type Result = {readonly commands: readonly Command[]};

export type AttemptStatus =
	| {readonly kind: 'finished'; readonly result: Result}
	| {readonly kind: 'unstarted'}
	| {readonly kind: 'running'; readonly owner: Identity}
	| {readonly kind: 'lost'; readonly owner: Identity};

/** The identity in a record of ours; null where there is none. */
export function identityIn(file: Path): Identity | null {
	const record = readRecord(file);
	const {pid, start, boot} = record ?? {};
	return typeof pid === 'number' && typeof start === 'number' && typeof boot === 'string' ? {pid, start, boot} : null;
}

function resultIn(file: Path): Result | null {
	const commands = readRecord(file)?.['commands'];
	return Array.isArray(commands) ? {commands} : null;
}

export function attemptStatus(folder: Path, ref: AttemptName): AttemptStatus {
	const before = resultIn(resultFile(folder, ref));
	if (before !== null) return {kind: 'finished', result: before};
	const owner = identityIn(ownerFile(folder, ref));
	if (owner === null) return {kind: 'unstarted'};
	if (isAlive(owner)) return {kind: 'running', owner};
	// It may have written its result and gone between the two looks.
	const result = resultIn(resultFile(folder, ref));
	return result === null ? {kind: 'lost', owner} : {kind: 'finished', result};
}

/** By which an attempt's processes are found. After a boot nothing of it is left, and its pid may be anybody's. */
export const markIn = (folder: Path, ref: AttemptName, owner: Identity | null): Mark => ({
	variable: `${markName}=${markOf(folder, ref)}`,
	leader: owner,
});

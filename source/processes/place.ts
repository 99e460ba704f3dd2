/*
The place of a process that there is once for a cutover: a record that says who has it. One that is gone is followed by whoever
claims the record first; one that lives and does not move any more is seen by the time of its record.
*/
import {linkSync, renameSync, rmSync, statSync} from 'node:fs';
import process from 'node:process';
import type {Path} from '../cutover/model/runbook.ts';
import type {Clock} from '../cutover/ports.ts';
import {claim} from '../disk/atomic-file.ts';
import {isMissing} from '../disk/fault.ts';
import {identityIn} from './attempt-status.ts';
import {type Identity, isAlive} from './process.ts';

export const isSame = (one: Identity | null, other: Identity): boolean =>
	one?.pid === other.pid && one.start === other.start && one.boot === other.boot;

/** Moves the record of a lost process away; puts it back where it is the record of one that took over meanwhile. */
function moveAway(file: Path, lost: Identity | null): void {
	const moved = `${file}.${process.pid}.lost`;
	try {
		renameSync(file, moved);
	} catch (error) {
		if (!isMissing(error)) throw error;
		return;
	}
	const found = identityIn(moved);
	if (found !== null && (lost === null || !isSame(lost, found)) && isAlive(found)) linkSync(moved, file);
	rmSync(moved);
}

/** Takes the place with this record; `before`: who had it and is gone. Null where somebody has it who is alive. */
export function takePlace(
	file: Path,
	record: Identity,
): {readonly isFirst: boolean; readonly before: Identity | null} | null {
	if (claim(file, record)) return {isFirst: true, before: null};
	const before = identityIn(file);
	if (before !== null && isAlive(before)) return null;
	moveAway(file, before);
	return claim(file, record) ? {isFirst: false, before} : null;
}

/** When the record was last touched, in ms; null where there is none. */
export const touchedAt = (file: Path): number | null => statSync(file, {throwIfNoEntry: false})?.mtimeMs ?? null;

/** Whether nobody touched it for so many ms, by this process's own steady time: other clocks are set, hurried, or slept through. */
export function untouchedFor(file: Path, {steady}: Pick<Clock, 'steady'>, silentMs: number): () => boolean {
	let observed: {readonly touched: number | null; readonly at: number} | null = null;
	return () => {
		const touched = touchedAt(file);
		if (observed === null || observed.touched !== touched) observed = {touched, at: steady()};
		return steady() - observed.at >= silentMs;
	};
}

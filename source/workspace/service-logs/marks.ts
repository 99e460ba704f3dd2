/*
Where each log of the service ended when T0 was begun, so that a verification reads what came since. The watcher takes the
places each second until then, and keeps the last ones: they lie at most that long before T0.
*/
import {existsSync, statSync} from 'node:fs';
import {join, resolve} from 'node:path';
import type {LogFile, Path, Runbook} from '../../cutover/model/runbook.ts';
import type {State} from '../../cutover/model/state.ts';
import {claim, readRecord} from '../../disk/atomic-file.ts';
import {ifPossible} from '../../disk/fault.ts';

/** `inode` null: it was not there. `at` in ms on the cutover's clock. */
export type LogMark = {readonly inode: string | null; readonly size: number; readonly at: number};

type LogMarks = Readonly<Record<Path, LogMark>>;

const fileIn = (folder: Path): Path => join(folder, 'log-marks.json');

/** Every log that a stage scans, each once. */
export const logsOf = (runbook: Runbook | null): readonly LogFile[] => {
	const all = (runbook?.stages ?? []).flatMap(({logs}) => logs ?? []);
	return all.filter(({file}, index) => all.findIndex(other => other.file === file) === index);
};

/** A place that this process may not look into has no log, as far as it can tell. */
function markOf(file: Path, at: number): LogMark {
	const found = ifPossible(() => statSync(file, {bigint: true, throwIfNoEntry: false}));
	return found ? {inode: String(found.ino), size: Number(found.size), at} : {inode: null, size: 0, at};
}

const taken = ({runbook, workspace}: State, at: number): LogMarks =>
	Object.fromEntries(logsOf(runbook).map(({file}) => [file, markOf(resolve(workspace, file), at)]));

/** Called at each look of the watcher; keeps the places once T0 is begun. */
export function marker(folder: Path): (state: State, at: number) => void {
	let newest: LogMarks | null = null;
	return (state, at) => {
		if (logsOf(state.runbook).length === 0 || existsSync(fileIn(folder))) return;
		const {t0Started} = state;
		if (t0Started === null || newest === null) newest = taken(state, at);
		if (t0Started !== null) claim(fileIn(folder), newest);
	};
}

const isMark = (value: unknown): value is LogMark =>
	typeof value === 'object' && value !== null && 'size' in value && 'at' in value && 'inode' in value;

/** Null where nobody kept the place of that log. */
export function markIn(folder: Path, file: Path): LogMark | null {
	const found = readRecord(fileIn(folder))?.[file];
	return isMark(found) ? found : null;
}

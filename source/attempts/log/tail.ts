/*
The end of an attempt's log, read from the end of its file: as much as the panel shows costs the same whether the log has
a hundred lines or a million. While a log is beyond its head, the scribe writes its newest part beside it.
*/

import {type FSWatcher, readSync, statSync, watch} from 'node:fs';
import type {AttemptRef} from '../../cutover/model/attempt-target.ts';
import type {Path} from '../../cutover/model/runbook.ts';
import type {Clock, Tail} from '../../cutover/ports.ts';
import {ifPossible} from '../../disk/fault.ts';
import {readRegular} from '../../disk/file.ts';
import {attemptFolder, logPath} from '../../processes/folder.ts';
import {LineIndex} from './line-index.ts';

const poll = 250;
/** Between two looks at a log that grows: nobody reads faster. */
const least = 200;
const perRow = 256;
const most = 1 << 20;
const longestLine = 4096;

const sizeOf = (file: Path): number => statSync(file, {throwIfNoEntry: false})?.size ?? 0;

function lastLinesIn(descriptor: number, size: number, rows: number): readonly string[] {
	for (let wanted = Math.max(rows * perRow, perRow); ; wanted *= 4) {
		const length = Math.min(size, wanted, most);
		const bytes = Buffer.alloc(length);
		const lines = bytes.toString('utf8', 0, readSync(descriptor, bytes, 0, length, size - length)).split('\n');
		if (lines.at(-1) === '') lines.pop();
		const cut = length < size ? lines.shift() : undefined;
		if (lines.length >= rows || length === size || length === most) {
			// A bar of progress is one line for hours: its newest part stands for it.
			const shown = lines.length === 0 && cut !== undefined ? [cut.slice(-longestLine)] : lines;
			return shown.slice(-rows).map(line => line.slice(0, longestLine));
		}
	}
}

/** The last bytes of a file as whole lines, at most `rows`; the first bytes of a long line are cut. None of what is no file or cannot be read. */
export const lastLines = (file: Path, rows: number): readonly string[] =>
	ifPossible(() => readRegular(file, (descriptor, {size}) => lastLinesIn(descriptor, Number(size), rows))) ?? [];

/** The files that hold a log, oldest first: one, or its head and the newest of its end. */
function partsOf(log: Path): readonly Path[] {
	const tails = [`${log}.tail0`, `${log}.tail1`]
		.map(file => ({file, changed: statSync(file, {throwIfNoEntry: false})?.mtimeMs ?? null}))
		.filter(({changed}) => changed !== null)
		.sort((a, b) => (a.changed ?? 0) - (b.changed ?? 0));
	return [log, ...tails.map(({file}) => file)];
}

function newest(log: Path, rows: number): readonly string[] {
	let lines: readonly string[] = [];
	for (const file of partsOf(log).toReversed()) {
		lines = [...lastLines(file, rows - lines.length), ...lines];
		if (lines.length >= rows) break;
	}
	return lines;
}

/** Null where the folder is not there yet: the next poll tries again. */
function listen(folder: Path, look: () => void): FSWatcher | null {
	try {
		const watcher = watch(folder, look);
		return watcher.on('error', () => watcher.close());
	} catch {
		return null;
	}
}

/** `logOf`: the attempt whose log holds this one's output; a gate's inside a stage is the stage's. */
export function tailOf(
	folder: Path,
	clock: Clock,
	logOf: (attempt: AttemptRef) => AttemptRef = attempt => attempt,
): Tail {
	const indexes = new Map<Path, LineIndex>();
	const fileOf = (attempt: AttemptRef): Path => `${folder}/${logPath(logOf(attempt))}`;
	return {
		watch(attempt, rows, changed) {
			const log = fileOf(attempt);
			let before = -1;
			let watcher: FSWatcher | null = null;
			let stopWaiting: (() => void) | null = null;
			let looked = Number.NEGATIVE_INFINITY;
			// While it grows nobody listens: to hear of each write is work by itself.
			const lookSoon = (): void => {
				watcher?.close();
				watcher = null;
				stopWaiting ??= clock.after(Math.max(0, looked + least - clock.steady()), look);
			};
			const look = (): void => {
				stopWaiting?.();
				stopWaiting = null;
				looked = clock.steady();
				watcher ??= listen(attemptFolder(folder, logOf(attempt)), lookSoon);
				const bytes = partsOf(log).reduce((sum, file) => sum + sizeOf(file), 0);
				if (bytes === before) return;
				before = bytes;
				changed(newest(log, rows), bytes);
			};
			const stopPolling = clock.every(poll, look);
			look();
			return () => {
				stopPolling();
				stopWaiting?.();
				watcher?.close();
			};
		},
		read(attempt, from, count) {
			const log = fileOf(attempt);
			const index = indexes.get(log) ?? new LineIndex(log);
			indexes.set(log, index);
			return index.read(from, count);
		},
	};
}

/*
Tells when one of a few files is saved. Editors write anew, rename over and delete, and some file systems report nothing: so the
folders are watched, the files themselves looked at, and looked at once a second in any case.
*/
import {type FSWatcher, statSync, watch} from 'node:fs';
import {dirname} from 'node:path';
import type {Clock} from '../cutover/ports.ts';

const settleMs = 80;
const everyMs = 1000;

const mark = (file: string): string => {
	const found = statSync(file, {bigint: true, throwIfNoEntry: false});
	return found === undefined ? 'none' : [found.dev, found.ino, found.size, found.mtimeNs, found.ctimeNs].join(' ');
};

const marks = (files: readonly string[]): string => files.map(mark).join('\n');

/** A folder that cannot be watched is looked at once a second all the same. */
function watchFolder(folder: string, changed: () => void): () => void {
	let watcher: FSWatcher;
	try {
		watcher = watch(folder, {persistent: false}, changed);
	} catch {
		return () => {};
	}
	watcher.on('error', () => watcher.close());
	return () => watcher.close();
}

/** Calls `saved` a moment after the last of several changes; returns how to stop. */
export function watchFiles(files: readonly string[], clock: Clock, saved: () => void): () => void {
	let known = marks(files);
	let waiting: (() => void) | null = null;
	const look = (): void => {
		waiting = null;
		const now = marks(files);
		if (now === known) return;
		known = now;
		saved();
	};
	const soon = (): void => {
		waiting?.();
		waiting = clock.after(settleMs, look);
	};
	const stops = [
		...[...new Set(files.map(file => dirname(file)))].map(folder => watchFolder(folder, soon)),
		clock.every(everyMs, look),
	];
	return () => {
		waiting?.();
		for (const stop of stops) stop();
	};
}

/*
Tells that a file may have changed: at once where the kernel says so, and by a look each second, because a watch can be
refused, lost with its folder, or silent on some file systems.
*/
import {type FSWatcher, watch} from 'node:fs';
import {basename, dirname} from 'node:path';
import {ifPossible} from './fault.ts';
import {traceOf} from './file.ts';

const pollMs = 1000;

type Timer = {every(ms: number, run: () => void): () => void};

const kernelWatch = (path: string, changed: () => void): FSWatcher | null =>
	ifPossible(() => {
		const name = basename(path);
		// The folder, not the file: its name may come to mean another file.
		const watcher = watch(dirname(path), (_, what) => {
			if (what === name || what === null) changed();
		});
		return watcher.on('error', () => watcher.close());
	});

/** Calls `changed` whenever the file may be another one than before; answers with how to stop. */
export function watchFile(path: string, clock: Timer, changed: () => void): () => void {
	let last = traceOf(path);
	const look = (): void => {
		const now = traceOf(path);
		if (now === last) return;
		last = now;
		changed();
	};
	const watcher = kernelWatch(path, look);
	const stop = clock.every(pollMs, look);
	return () => {
		watcher?.close();
		stop();
	};
}

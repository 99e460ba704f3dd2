/**
 * Files of earlier builds stay a day, because a program that was started from them loads its chunks when it needs them.
 */
import {globSync, mkdirSync, renameSync, rmSync, statSync} from 'node:fs';
import {dirname, join} from 'node:path';

const day = 24 * 60 * 60 * 1000;

function files(folder: string): string[] {
	return globSync('**/*', {cwd: folder}).filter(path => statSync(join(folder, path)).isFile());
}

const depth = (path: string) => path.split('/').length;

/** Moves every file of `from` into `to`, chunks before the entries that name them, and removes `from`. */
export function moveInto(to: string, from: string): void {
	const built = files(from).sort((one, other) => depth(other) - depth(one));
	for (const path of built) {
		mkdirSync(dirname(join(to, path)), {recursive: true});
		renameSync(join(from, path), join(to, path));
	}
	const present = new Set(built);
	const newest = Math.max(...built.map(path => statSync(join(to, path)).mtimeMs));
	for (const path of files(to)) {
		if (!present.has(path) && statSync(join(to, path)).mtimeMs < newest - day) rmSync(join(to, path));
	}
	rmSync(from, {recursive: true});
}

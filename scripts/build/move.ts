/** A build goes into place file by file, so that whoever starts the program meanwhile finds all of it. */
import {mkdirSync, readdirSync, renameSync, rmSync, statSync} from 'node:fs';
import {dirname, join} from 'node:path';

/** Hidden ones too: a sample's workspace has them. */
function files(folder: string): string[] {
	const all = readdirSync(folder, {recursive: true, encoding: 'utf8'});
	return all.filter(path => statSync(join(folder, path)).isFile());
}

const depth = (path: string) => path.split('/').length;

/**
 * Moves every file of `from` into `to`, chunks before the entries that name them, and removes `from`. Other files of
 * `to` go when they are older than the moved ones by more than `keep` milliseconds.
 */
export function moveInto(to: string, from: string, keep: number): void {
	const moved = files(from).sort((one, other) => depth(other) - depth(one));
	const age = new Map(moved.map(path => [path, statSync(join(from, path)).mtimeMs]));
	for (const path of moved) {
		mkdirSync(dirname(join(to, path)), {recursive: true});
		renameSync(join(from, path), join(to, path));
	}
	const oldest = Math.min(...age.values()) - keep;
	for (const path of files(to)) {
		if (!age.has(path) && statSync(join(to, path)).mtimeMs < oldest) rmSync(join(to, path));
	}
	rmSync(from, {recursive: true});
}

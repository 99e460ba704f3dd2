/*
The version of this program, from the package that it was installed with (the nearest package.json above this file), of the
Node that runs it, and how it was installed: what a report of a bug needs.
*/
import {existsSync, readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';

function packageFile(): string | null {
	for (let folder = dirname(fileURLToPath(import.meta.url)); folder !== dirname(folder); folder = dirname(folder)) {
		const file = join(folder, 'package.json');
		if (existsSync(file)) return file;
	}
	return null;
}

/** How it was installed: as one file, from the npm package, as a build in its repository, or as sources. */
function formOf(file: string | null): string {
	if (import.meta.url.endsWith('.ts')) return 'sources';
	if (process.getBuiltinModule('node:sea').isSea()) return 'single binary';
	return file?.includes('/node_modules/') ? 'npm package' : 'build';
}

/** `cutover-tui 0.1.0`. */
export function program(): string {
	const file = packageFile();
	return `cutover-tui ${file === null ? 'unknown' : String(JSON.parse(readFileSync(file, 'utf8')).version)}`;
}

/** `cutover-tui 0.1.0, Node 26.10.0, npm package`; `unknown` where the package is gone. */
export function version(): string {
	return `${program()}, Node ${process.versions.node}, ${formOf(packageFile())}`;
}

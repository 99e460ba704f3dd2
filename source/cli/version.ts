/*
The version of this program, from the package that it was installed with: the nearest package.json above this file.
*/
import {existsSync, readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

function packageFile(): string | null {
	for (let folder = dirname(fileURLToPath(import.meta.url)); folder !== dirname(folder); folder = dirname(folder)) {
		const file = join(folder, 'package.json');
		if (existsSync(file)) return file;
	}
	return null;
}

/** `0.1.0`, or `unknown` where the package is gone. */
export function version(): string {
	const file = packageFile();
	return file === null ? 'unknown' : String(JSON.parse(readFileSync(file, 'utf8')).version);
}

/** The pictures of docs/: made by a process of its own, whatever this one's colours and zone are. */
import {execFile} from 'node:child_process';
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';

export const picturesFolder = fileURLToPath(new URL('../docs/pictures', import.meta.url));

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** File in docs/pictures -> what it should hold. */
export async function drawPictures(): Promise<Readonly<Record<string, string>>> {
	const {NO_COLOR: _, ...env} = process.env;
	const {stdout} = await promisify(execFile)(
		process.execPath,
		['--import', here('../test/harness/loader.ts'), here('pictures/draw.ts')],
		{env: {...env, FORCE_COLOR: '1', TZ: 'Europe/Amsterdam', LANG: 'C.UTF-8'}, maxBuffer: 1 << 26},
	);
	return JSON.parse(stdout);
}

/** Names of pictures that are not of the present screens, or of no screen at all. */
export async function outdatedPictures(): Promise<readonly string[]> {
	const fresh = await drawPictures();
	const known = existsSync(picturesFolder) ? readdirSync(picturesFolder) : [];
	const differs = (name: string): boolean =>
		!known.includes(name) || readFileSync(`${picturesFolder}/${name}`, 'utf8') !== fresh[name];
	return [...new Set([...Object.keys(fresh), ...known])].filter(differs);
}

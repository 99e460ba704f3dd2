/** Files that another process writes to while they are read, and folders in which it cannot. */
import {mkdirSync, readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {ifExists} from '../../source/disk/fault.ts';

/** Text of a file; '' where there is none. */
export const textOf = (file: string): string => ifExists(() => readFileSync(file, 'utf8')) ?? '';

/** Whole lines of a file, blank ones left out: one that is being written is not there yet. */
export const linesOf = (file: string): readonly string[] =>
	textOf(file)
		.split('\n')
		.slice(0, -1)
		.filter(line => line !== '');

/** Paths and texts of all files below a folder. One that is renamed or removed meanwhile is under its other name, or gone. */
export const textsBelow = (folder: string): readonly (readonly [path: string, text: string])[] =>
	(ifExists(() => readdirSync(folder, {withFileTypes: true})) ?? []).flatMap(entry => {
		const path = join(folder, entry.name);
		if (entry.isDirectory()) return textsBelow(path);
		const text = entry.isFile() ? ifExists(() => readFileSync(path, 'utf8')) : null;
		return text === null ? [] : [[path, text] as const];
	});

/** Makes a folder below `root` whose path is so long that it has room for a short name, and none for that of a temporary file. */
export function folderWithoutRoom(root: string): string {
	const longest = 4075;
	let folder = root;
	while (folder.length < longest) folder += `/${'x'.repeat(Math.min(200, longest - folder.length - 1))}`;
	mkdirSync(folder, {recursive: true});
	return folder;
}

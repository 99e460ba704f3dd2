/**
 * Which releases there are, and which of them the router sends people to. Everything is read anew at each request:
 * what a script changes on disk counts from the next request on, as with a router that reloads its file.
 */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';

export const colours = ['blue', 'green'] as const;

export type Colour = (typeof colours)[number];

/** `why` in a sentence, where there is nothing to serve. */
export type Found<T> = {readonly found: T} | {readonly why: string};

export const isColour = (text: string): text is Colour => (colours as readonly string[]).includes(text);

function read(file: string): Found<string> {
	try {
		return {found: readFileSync(file, 'utf8')};
	} catch (error) {
		return {why: error instanceof Error ? error.message : String(error)};
	}
}

/** The colour that `runtime/router.conf` names in its line `live=COLOUR`. */
export function live(workspace: string): Found<Colour> {
	const file = read(join(workspace, 'runtime', 'router.conf'));
	if ('why' in file) return file;
	const named = /^live=(\S*)$/m.exec(file.found)?.[1] ?? '';
	return isColour(named) ? {found: named} : {why: `router.conf names no release: live=${named}`};
}

/** What a release has to say: its `timetable.json`. */
export function timetable(workspace: string, colour: Colour): Found<unknown> {
	const file = read(join(workspace, 'releases', colour, 'timetable.json'));
	if ('why' in file) return file;
	try {
		return {found: JSON.parse(file.found)};
	} catch {
		return {why: `The timetable of ${colour} is no JSON.`};
	}
}

/*
What an attempt reports while the journal cannot take it: `spool.ndjson` beside its log, one command a line, with the time at which
it happened. A line is on the disk before the step that it speaks of counts as ended. Each command has its fixed id, so that it is
recorded once, however often it is sent.
*/
import {constants, existsSync, fdatasyncSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {stamp} from '../text/time.ts';
import {ifExists} from './fault.ts';
import {syncFolder, withFile, writeAll} from './file.ts';

export type Kept<C extends {readonly id: string}> = {readonly at: string; readonly command: C};

const name = 'spool.ndjson';

export const spoolFile = (folder: string, attempt: string): string => join(folder, 'attempts', attempt, name);

/** `at` in ms. Throws what the system says. */
export function keepInSpool(file: string, command: {readonly id: string}, at: number): void {
	const isNew = !existsSync(file);
	withFile(file, constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT, fd => {
		// Whoever wrote before may have been cut short: an empty line harms nobody.
		writeAll(fd, Buffer.from(`${isNew ? '' : '\n'}${JSON.stringify({at: stamp(at), command})}\n`));
		fdatasyncSync(fd);
	});
	if (isNew) syncFolder(dirname(file));
}

function lineIn<C extends {readonly id: string}>(line: string): readonly Kept<C>[] {
	try {
		const value: Kept<C> = JSON.parse(line);
		return typeof value.command.id === 'string' ? [value] : [];
	} catch {
		// Cut short by a kill: the step that it speaks of never counted as ended.
		return [];
	}
}

/** Oldest first. */
export const readSpool = <C extends {readonly id: string}>(file: string): readonly Kept<C>[] =>
	(ifExists(() => readFileSync(file, 'utf8')) ?? '')
		.split('\n')
		.filter(line => line !== '')
		.flatMap(line => lineIn<C>(line));

export const endSpool = (file: string): void => rmSync(file, {force: true});

/** Attempts of a cutover's folder whose reports wait. */
export const spools = (folder: string): readonly string[] =>
	(ifExists(() => readdirSync(join(folder, 'attempts'))) ?? []).filter(attempt =>
		existsSync(spoolFile(folder, attempt)),
	);

/** How many reports wait in a cutover's folder. */
export const keptIn = (folder: string): number =>
	spools(folder).reduce((sum, attempt) => sum + readSpool(spoolFile(folder, attempt)).length, 0);

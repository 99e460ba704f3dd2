/*
What an attempt reports while the journal cannot take it: `spool.ndjson` beside its log, one command a line, with the time at which
it happened. A line is on the disk before the step that it speaks of counts as ended. Each command has its fixed id, so that it is
recorded once, however often it is sent.
*/
import {closeSync, constants, existsSync, fdatasyncSync, openSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {dirname, join} from 'node:path';
import type {Command} from '../cutover/model/command.ts';
import {ifExists} from '../disk/fault.ts';
import {syncFolder, writeAll} from '../disk/file.ts';
import {stamp} from '../text/time.ts';

export type Kept = {readonly at: string; readonly command: Command};

export const spoolFile = (folder: string, attempt: string): string => join(folder, 'attempts', attempt, 'spool.ndjson');

/** `at` in ms. Throws what the system says. */
export function keepInSpool(file: string, command: Command, at: number): void {
	const isNew = !existsSync(file);
	const fd = openSync(file, constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT, 0o600);
	try {
		writeAll(fd, Buffer.from(`${isNew ? '' : '\n'}${JSON.stringify({at: stamp(at), command})}\n`));
		fdatasyncSync(fd);
	} finally {
		closeSync(fd);
	}
	if (isNew) syncFolder(dirname(file));
}

function lineIn(line: string): readonly Kept[] {
	try {
		const value: Kept = JSON.parse(line);
		return typeof value.command?.id === 'string' ? [value] : [];
	} catch {
		// Cut short by a kill: the step that it speaks of never counted as ended.
		return [];
	}
}

/** Oldest first. */
export const readSpool = (file: string): readonly Kept[] =>
	(ifExists(() => readFileSync(file, 'utf8')) ?? '').split('\n').flatMap(lineIn);

export const endSpool = (file: string): void => rmSync(file, {force: true});

/** Attempts of a cutover's folder whose reports wait. */
export const spools = (folder: string): readonly string[] =>
	(ifExists(() => readdirSync(join(folder, 'attempts'))) ?? []).filter(name => existsSync(spoolFile(folder, name)));

/** How many reports wait in a cutover's folder. */
export const keptIn = (folder: string): number =>
	spools(folder).reduce((sum, attempt) => sum + readSpool(spoolFile(folder, attempt)).length, 0);

/*
Pipes without a name and without a process between: made as FIFOs in the attempt's folder, opened at both ends and
unlinked at once. (A child's own pipe is a socket pair, and a command that opens /dev/stderr then fails.)
*/
import {spawnSync} from 'node:child_process';
import {closeSync, constants, openSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import type {Path} from '../../cutover/model/runbook.ts';

/** Descriptors. `write` blocks while the pipe is full, `voice` answers EAGAIN instead. */
export type Pipe = {readonly read: number; readonly write: number; readonly voice: number};

const nonBlocking = constants.O_NONBLOCK;

function openBoth(file: Path): Pipe {
	// The reader first: without one, opening to write would wait.
	const read = openSync(file, constants.O_RDONLY | nonBlocking);
	const write = openSync(file, constants.O_WRONLY);
	const voice = openSync(file, constants.O_WRONLY | nonBlocking);
	rmSync(file);
	return {read, write, voice};
}

/** One pipe a name, made in `folder`; nothing of them stays there. Throws where they cannot be made. */
export function openPipes(folder: Path, names: readonly string[]): readonly Pipe[] {
	const files = names.map(name => join(folder, name));
	for (const file of files) rmSync(file, {force: true});
	const {status, stderr, error} = spawnSync('mkfifo', ['-m', '600', '--', ...files], {encoding: 'utf8'});
	if (status !== 0) throw new Error(`The pipe of the log cannot be made: ${error?.message ?? stderr.trim()}`);
	return files.map(openBoth);
}

export function closeWriters(pipe: Pipe): void {
	closeSync(pipe.write);
	closeSync(pipe.voice);
}

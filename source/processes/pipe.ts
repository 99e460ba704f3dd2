/*
Pipes without a process between: made as FIFOs in the attempt's folder, opened at both ends, and then unlinked. (A
child's own pipe is a socket pair, and a command that opens /dev/stderr then fails.)
*/
import {type ChildProcess, spawnSync} from 'node:child_process';
import {closeSync, constants, mkdtempSync, openSync, rmSync, writeFileSync} from 'node:fs';
import {Socket} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Path} from '../cutover/model/runbook.ts';
import {ifPossible} from '../disk/fault.ts';

/** Descriptors. `write` blocks while the pipe is full, `voice` answers EAGAIN instead. */
export type Pipe = {readonly read: number; readonly write: number; readonly voice: number};

/** Names of the FIFOs that wait for a command. */
export const commandFifo = /^command-\d+$/;

/** Never waits: without a writer it reads the end of the file. */
export const openReader = (fifo: Path): number => openSync(fifo, constants.O_RDONLY | constants.O_NONBLOCK);

/** Needs a reader that is open already: without one it would wait. Writing blocks while the pipe is full. */
export const openWriter = (fifo: Path): number => openSync(fifo, constants.O_WRONLY);

/** Makes one FIFO a name in `folder`, in place of what has the name. Throws where they cannot be made. */
export function makeFifos(folder: Path, names: readonly string[]): readonly Path[] {
	const files = names.map(name => join(folder, name));
	for (const file of files) rmSync(file, {force: true});
	const {status, stderr, error} = spawnSync('mkfifo', ['-m', '600', '--', ...files], {encoding: 'utf8'});
	if (status !== 0) throw new Error(`A pipe cannot be made: ${error?.message ?? stderr.trim()}`);
	return files;
}

/** One pipe a name; nothing of them stays in the folder. */
export const openPipes = <const N extends readonly string[]>(folder: Path, names: N) =>
	makeFifos(folder, names).map((file): Pipe => {
		const read = openReader(file);
		const write = openWriter(file);
		const voice = openSync(file, constants.O_WRONLY | constants.O_NONBLOCK);
		rmSync(file);
		return {read, write, voice};
	}) as {readonly [K in keyof N]: Pipe};

export function closeWriters(pipe: Pipe): void {
	closeSync(pipe.write);
	closeSync(pipe.voice);
}

/** A full disk, on which a command is to say so, has no room for a folder. */
const inMemory = '/dev/shm/cutover-';

export type Started = {readonly child: ChildProcess; readonly outputs: readonly [stdout: Socket, stderr: Socket]};

/**
 * Starts a command that keeps no log, with this input. Not with the sockets that Node would make: bash takes itself for a remote
 * shell then and runs ~/.bashrc first, and nobody can open /dev/stderr. The input is a file: whoever opens a FIFO once more when
 * its writer is done waits for another one. Throws where it cannot be started, or emits `error` as `spawn` does.
 */
export function startWith(input: string, start: (stdio: [number, number, number]) => ChildProcess): Started {
	const folder = ifPossible(() => mkdtempSync(inMemory)) ?? mkdtempSync(join(tmpdir(), 'cutover-'));
	try {
		const file = join(folder, 'stdin');
		writeFileSync(file, input, {mode: 0o600});
		const [out, err] = openPipes(folder, ['stdout', 'stderr']);
		const stdin = openSync(file, constants.O_RDONLY);
		const reader = ({read}: Pipe): Socket => new Socket({fd: read, readable: true, writable: false});
		const outputs: Started['outputs'] = [reader(out), reader(err)];
		try {
			return {child: start([stdin, out.write, err.write]), outputs};
		} catch (error) {
			for (const output of outputs) output.destroy();
			throw error;
		} finally {
			closeSync(stdin);
			closeWriters(out);
			closeWriters(err);
		}
	} finally {
		rmSync(folder, {recursive: true});
	}
}

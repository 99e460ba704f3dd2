/*
What a command writes, on its way into the log. This process reads it, so that it can also be given to whoever asked for
it; the scribe holds the same pipe, so that a command outlives this process without a broken pipe.
*/

import {type ChildProcess, type SpawnOptions, spawn} from 'node:child_process';
import {closeSync, constants, openSync, rmSync} from 'node:fs';
import {Socket} from 'node:net';
import type {Path} from '../cutover/model/runbook.ts';
import type {Clock} from '../cutover/ports.ts';
import {ifPossible} from '../disk/fault.ts';
import {pause} from '../net/limit.ts';
import {openReader, openWriter} from './pipe.ts';

/** Where outputs end: a log that says false when it wants a pause, and calls back when it has room again. */
export type OutputSink = {
	readonly clock: Clock;
	/** Descriptor of the log's own pipe, for what nobody reads. */
	readonly out: number;
	/** `unread`: nobody but the log reads it. */
	output(unread: boolean): CommandOutput;
	/** stdin of a command. */
	input(): CommandInput;
};

/** ms. A process that a command leaves in the background keeps its output open: the command is over all the same. */
const quiet = 250;
const longest = 1500;
const tick = 100;
const remembered = 4096;
const chunkSize = 1 << 16;

/** Writes a part of the output into the log; `done` when it is written and the bytes are free again. */
type Print = (chunk: Uint8Array, done: () => void) => void;

export type OutputPipe = {
	/** Descriptors of a pipe that is this output's own. */
	readonly read: number;
	readonly write: number;
	/** Nobody else reads it: one buffer serves all of it, however much comes. */
	readonly unread: boolean;
	readonly clock: Clock;
	readonly print: Print;
	closed(): void;
};

/** `descriptor` for the command, `stream` for who writes to it; `over` is called at the command's end. */
export type CommandInput = {readonly descriptor: number; readonly stream: Socket; over(): void};

/** How long a command may wait that opens /dev/stdin when all was written, in ms. */
const knockMs = 500;

/**
 * A pipe for a command's stdin, of a FIFO whose name it takes away. Not the socket that Node would make: with a socket as
 * its stdin bash takes itself for a remote shell and runs ~/.bashrc first. Whoever opens a FIFO once more, as /dev/stdin, when
 * its writer is done would wait for another one: such a one comes now and then, writes nothing and goes.
 */
export function commandInput(fifo: Path, clock: Pick<Clock, 'every'>): CommandInput {
	const spare = openReader(fifo);
	const stream = new Socket({fd: openWriter(fifo), readable: false, writable: true});
	// The command may end, or close its stdin, before it has read all: that is its own affair.
	stream.on('error', () => {});
	const descriptor = openSync(fifo, constants.O_RDONLY);
	rmSync(fifo);
	const knock = (): void => {
		// Where no descriptor is left the next one comes in time.
		ifPossible(() => closeSync(openSync(`/proc/self/fd/${spare}`, constants.O_WRONLY | constants.O_NONBLOCK)));
	};
	let isOver = false;
	let stop = (): void => {};
	stream.once('close', () => {
		if (!isOver) stop = clock.every(knockMs, knock);
	});
	return {
		descriptor,
		stream,
		over(): void {
			if (isOver) return;
			isOver = true;
			stop();
			closeSync(spare);
		},
	};
}

export class CommandOutput {
	/** For the command's stdout or stderr; closed here by `started`. */
	readonly descriptor: number;
	readonly stream: Socket;
	/** All of it was read, and nobody has it open any more. */
	readonly over: Promise<void>;
	#open = true;
	#newest = 0;
	#recent: Buffer = Buffer.alloc(0);
	#shown = 0;
	#isHidden: (chunk: Uint8Array) => boolean = () => false;

	constructor({read, write, unread, clock, print, closed}: OutputPipe) {
		this.descriptor = write;
		const take = (chunk: Uint8Array): void => {
			this.#newest = clock.steady();
			this.#remember(chunk);
			if (this.#isHidden(chunk)) return;
			this.stream.pause();
			print(chunk, () => this.stream.resume());
		};
		const buffer = Buffer.allocUnsafeSlow(unread ? chunkSize : 0);
		const callback = (length: number): boolean => {
			take(buffer.subarray(0, length));
			return true;
		};
		const options = {fd: read, readable: true, writable: false};
		this.stream = new Socket(unread ? {...options, onread: {buffer, callback}} : options);
		// A playbook may have set an encoding of the stream that it reads.
		if (!unread)
			this.stream.on('data', (chunk: Uint8Array | string) =>
				take(typeof chunk === 'string' ? Buffer.from(chunk, this.stream.readableEncoding ?? 'utf8') : chunk),
			);
		this.over = new Promise(done => {
			const over = (): void => {
				if (this.#open) closed();
				this.#open = false;
				done();
			};
			this.stream.on('end', over).on('close', over).on('error', over).resume();
		});
	}

	#remember(chunk: Uint8Array): void {
		const before = chunk.length < remembered ? this.#recent.subarray(chunk.length - remembered) : [];
		this.#recent = Buffer.concat([Buffer.from(before), chunk.subarray(-remembered)]);
	}

	/** The command has the descriptor, or never began. */
	started(): void {
		closeSync(this.descriptor);
	}

	/** Logs at most that many bytes of it while `when` holds; `hidden` is called once, at the first that are left out. */
	showOnly(most: number, when: () => boolean, hidden: () => void): void {
		let isSaid = false;
		this.#isHidden = chunk => {
			const before = this.#shown;
			this.#shown += chunk.length;
			if (before <= most || !when()) return false;
			if (!isSaid) hidden();
			isSaid = true;
			return true;
		};
	}

	/** The last 4 KiB. */
	get tail(): string {
		return this.#recent.toString('utf8');
	}

	/** Not `over`. */
	get isOpen(): boolean {
		return this.#open;
	}

	/** ms since something was read; 0 while something waits to be read. */
	idle(now: number): number {
		if (!this.#open) return Number.POSITIVE_INFINITY;
		return this.stream.isPaused() || this.stream.readableLength > 0 ? 0 : now - this.#newest;
	}

	stop(): void {
		this.stream.destroy();
	}
}

/** Resolves when all that the command itself wrote was read. */
async function allRead(outputs: readonly CommandOutput[], clock: Clock): Promise<void> {
	const exited = clock.steady();
	for (let now = exited; outputs.some(output => output.isOpen); now = clock.steady()) {
		const idle = Math.min(now - exited, ...outputs.map(output => output.idle(now)));
		if (idle >= quiet || (now - exited >= longest && idle > 0)) return;
		const soon = pause(clock, tick);
		await Promise.race([Promise.all(outputs.map(output => output.over)), soon]);
	}
}

type Stdio = Exclude<SpawnOptions['stdio'], undefined>;
type Entry = Extract<Stdio, readonly unknown[]>[number];

const entriesOf = (stdio: Stdio | undefined): readonly [Entry, Entry, Entry, ...Entry[]] => {
	if (!Array.isArray(stdio)) return [stdio ?? 'pipe', stdio ?? 'pipe', stdio ?? 'pipe'];
	const [input = 'pipe', out = 'pipe', err = 'pipe', ...more] = stdio;
	return [input, out, err, ...more];
};

const isPiped = (entry: Entry): boolean => entry === 'pipe' || entry === 'overlapped' || entry === null;

/**
 * As `spawn`, but what the command writes to `pipe` also goes into the log, and `close` comes when all of it was read or
 * only a process in the background could still write. `inherit` means the log alone. Answers with the outputs too.
 * `merged`: stdout and stderr are one output, in the order they came, that nobody but the log reads.
 */
export function spawnLogged(
	sink: OutputSink,
	command: string,
	args: readonly string[],
	options: SpawnOptions,
	merged = false,
): {readonly child: ChildProcess; readonly outputs: readonly CommandOutput[]} {
	const [input, ...rest] = entriesOf(options.stdio);
	const [out, err, ...more] = rest;
	const first = isPiped(out) ? sink.output(merged) : null;
	const second = isPiped(err) ? (merged ? first : sink.output(false)) : null;
	const outputs = [...new Set([first, second])].filter(output => output !== null);
	const fed = isPiped(input) ? sink.input() : null;
	const logged = (entry: Entry): Entry => (entry === 'inherit' ? sink.out : entry);
	const stdio = [
		fed?.descriptor ?? (input === 'inherit' ? 'ignore' : input),
		first?.descriptor ?? logged(out),
		second?.descriptor ?? logged(err),
		...more,
	];
	let child: ChildProcess;
	try {
		child = spawn(command, args, {...options, stdio});
	} catch (error) {
		for (const output of outputs) output.stop();
		fed?.stream.destroy();
		fed?.over();
		throw error;
	} finally {
		for (const output of outputs) output.started();
		if (fed !== null) closeSync(fed.descriptor);
	}
	for (const event of ['error', 'exit']) child.once(event, () => fed?.over());
	child.stdin = fed?.stream ?? null;
	child.stdout = first?.stream ?? null;
	child.stderr = second?.stream ?? null;
	const emit = child.emit.bind(child);
	Object.defineProperty(child, 'emit', {
		value: (event: string, ...given: unknown[]): boolean => {
			if (event !== 'close') return emit(event, ...given);
			void allRead(outputs, sink.clock).then(() => emit(event, ...given));
			return true;
		},
	});
	return {child, outputs};
}

/*
The runner's side of an attempt's log: the pipe that its commands write to, and the scribe that reads it. The runner
keeps the reading end open too, so that a scribe that dies is started again and no command sees a broken pipe.
*/

import {type ChildProcess, spawn} from 'node:child_process';
import {closeSync, openSync, rmSync} from 'node:fs';
import {Socket} from 'node:net';
import {join} from 'node:path';
import process from 'node:process';
import type {AttemptRef} from '../../cutover/model/attempt-target.ts';
import type {Log} from '../../cutover/model/event.ts';
import type {Path} from '../../cutover/model/runbook.ts';
import type {Clock} from '../../cutover/ports.ts';
import {digestOfOpen} from '../../disk/digest.ts';
import {ifPossible} from '../../disk/fault.ts';
import {type CommandInput, CommandOutput, commandInput, type OutputSink} from '../../processes/command-output.ts';
import {scribeName} from '../../processes/environment.ts';
import {type AttemptName, attemptFolder, logPath, markOf} from '../../processes/folder.ts';
import {makeFifos, openPipes, openReader, openWriter, type Pipe} from '../../processes/pipe.ts';
import {nodeFlags} from '../../processes/spawn.ts';
import type {Mark} from '../../processes/tree.ts';
import type {Limits} from './bounded-log-file.ts';

export type LogOptions = {
	readonly folder: Path;
	readonly ref: AttemptRef;
	readonly clock: Clock;
	/** The scribe's entry. */
	readonly scribe: Path;
	readonly environment: Readonly<Record<string, string>>;
	readonly secrets: readonly string[];
	readonly limits: Limits;
	/** By which the scribe finds what still runs. */
	readonly mark: Mark;
};

export const usualLimits: Limits = {head: 8 << 20, tail: 8 << 20};

const retry = 5;
const mostScribes = 20;
const patience = 10_000;
const stock = 8;

/** Digest, size and lines of a log as it stands; null where there is none. */
export function logOf(folder: Path, ref: AttemptName): Log | null {
	const path = logPath(ref);
	const descriptor = ifPossible(() => openSync(join(folder, path), 'r'));
	if (descriptor === null) return null;
	try {
		let lines = 0;
		const digest = digestOfOpen(descriptor, piece => {
			for (let at = piece.indexOf(0x0a); at >= 0; at = piece.indexOf(0x0a, at + 1)) lines++;
		});
		return {path, ...digest, lines};
	} finally {
		closeSync(descriptor);
	}
}

export class AttemptLog implements OutputSink {
	/** For commands whose output nobody reads. */
	readonly out: number;
	readonly clock: Clock;
	readonly #options: LogOptions;
	readonly #data: Pipe;
	readonly #orders: Pipe;
	readonly #reported: Pipe;
	readonly #voice: Socket;
	readonly #toScribe: Socket;
	readonly #ended = Promise.withResolvers<void>();
	#scribe: ChildProcess | null = null;
	#scribes = 0;
	#ending = false;
	#over = false;
	#closed = false;
	#atStart = true;
	/** FIFOs that wait for a command. */
	#fifos: Path[] = [];
	#made = 0;
	readonly #outputs = new Map<string, {readonly read: number; readonly output: CommandOutput}>();

	constructor(options: LogOptions) {
		this.#options = options;
		this.clock = options.clock;
		const [data, orders, reported] = openPipes(this.#folder, ['data', 'orders', 'reported']);
		[this.#data, this.#orders, this.#reported] = [data, orders, reported];
		this.out = data.write;
		// A full pipe never holds up this process: what does not fit is written a little later.
		const writer = ({voice}: Pipe): Socket => new Socket({fd: voice, readable: false, writable: true});
		this.#voice = writer(data);
		this.#toScribe = writer(orders);
		for (const socket of [this.#voice, this.#toScribe]) socket.on('error', () => this.#ended.resolve());
		this.#start();
		const hearing = new Socket({fd: reported.read, readable: true, writable: false});
		hearing.on('data', () => this.#close()).on('error', () => this.#ended.resolve());
		hearing.unref();
	}

	get #folder(): Path {
		return attemptFolder(this.#options.folder, this.#options.ref);
	}

	#close(): void {
		this.#closed = true;
		this.#ended.resolve();
	}

	#tell(message: object): void {
		this.#toScribe.write(`${JSON.stringify(message)}\n`);
	}

	#start(): void {
		const {folder, ref, limits, mark, scribe, environment, secrets} = this.#options;
		const held = [...this.#outputs];
		const orders = {folder, log: join(folder, logPath(ref)), ...limits, mark, held: held.map(([name]) => name)};
		this.#scribes++;
		this.#scribe = spawn(process.execPath, [...nodeFlags, scribe, JSON.stringify(orders)], {
			detached: true,
			cwd: folder,
			env: {...environment, [scribeName]: markOf(folder, ref)},
			stdio: [this.#data.read, 'ignore', 2, this.#orders.read, this.#reported.write, ...held.map(([, {read}]) => read)],
		});
		this.#scribe.on('error', () => this.#again()).on('exit', () => this.#again());
		this.#tell({secrets});
		if (this.#ending) this.#tell({end: true});
	}

	/** A scribe that is gone before the log is closed is followed by another. */
	#again(): void {
		if (this.#scribes < mostScribes) this.clock.after(retry, () => this.#start());
		else this.#drain();
	}

	/** No scribe lives here: the log is lost, but no command may wait for ever on a full pipe. */
	#drain(): void {
		new Socket({fd: this.#data.read, readable: true, writable: false})
			.on('error', () => {})
			.resume()
			.unref();
		this.#ended.resolve();
	}

	/** A line of the runner's own. */
	say(text: string): void {
		this.print(`${this.#atStart ? '' : '\n'}${text}\n`);
	}

	/** Bytes as they come, such as what a playbook prints. Never waits; `done` is called when they are written. */
	print(bytes: Uint8Array | string, done: () => void = () => {}): void {
		if (this.#over || bytes.length === 0) {
			done();
			return;
		}
		this.#atStart = bytes.at(-1) === '\n' || bytes.at(-1) === 0x0a;
		this.#voice.write(bytes, () => done());
	}

	#fifo(): Path {
		if (this.#fifos.length === 0) {
			const names = Array.from({length: stock}, (_, index) => `command-${this.#made + index}`);
			this.#fifos = [...makeFifos(this.#folder, names)];
			this.#made += stock;
		}
		const fifo = this.#fifos.pop();
		if (fifo === undefined) throw new Error('The pipe of a command cannot be made.');
		return fifo;
	}

	input(): CommandInput {
		return commandInput(this.#fifo(), this.clock);
	}

	/** A pipe for what one command writes. */
	output(unread: boolean): CommandOutput {
		const fifo = this.#fifo();
		const read = openReader(fifo);
		const output = new CommandOutput({
			read,
			write: openWriter(fifo),
			unread,
			clock: this.clock,
			print: (chunk, done) => this.print(chunk, done),
			closed: () => {
				this.#outputs.delete(fifo);
				if (!this.#over) this.#tell({drop: fifo});
			},
		});
		this.#outputs.set(fifo, {read, output});
		this.#tell({hold: fifo});
		return output;
	}

	/** Ends the log; answers with it when its last line is on the disk. */
	async end(): Promise<Log | null> {
		const {folder, ref} = this.#options;
		const enough = this.clock.after(patience, () => this.#ended.resolve());
		const said = new Promise<void>(done => this.#voice.write('', () => done()));
		await Promise.race([said, this.#ended.promise]);
		this.#over = true;
		this.#ending = true;
		// From here on the scribe reads what is still written.
		for (const {output} of this.#outputs.values()) output.stop();
		this.#tell({end: true});
		closeSync(this.#data.write);
		this.#voice.destroy();
		await this.#ended.promise;
		enough();
		for (const fifo of this.#fifos) rmSync(fifo, {force: true});
		this.#scribe?.removeAllListeners('exit').unref();
		// One that did not close it in all that time must not write to it any more.
		if (!this.#closed) this.#scribe?.kill('SIGKILL');
		return logOf(folder, ref);
	}
}

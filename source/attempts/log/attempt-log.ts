/*
The runner's side of an attempt's log: the pipe that its commands write to, and the scribe that reads it. The runner
keeps the reading end open too, so that a scribe that dies is started again and no command sees a broken pipe.
*/

import {type ChildProcess, spawn} from 'node:child_process';
import {closeSync, openSync, writeSync} from 'node:fs';
import {Socket} from 'node:net';
import {join} from 'node:path';
import process from 'node:process';
import type {AttemptRef} from '../../cutover/model/attempt-target.ts';
import type {Log} from '../../cutover/model/event.ts';
import type {Path} from '../../cutover/model/runbook.ts';
import type {Clock} from '../../cutover/ports.ts';
import {digestOfOpen} from '../../disk/digest.ts';
import {type AttemptName, attemptFolder, logPath, markOf} from '../folder.ts';
import {scribeName} from '../processes/environment.ts';
import {nodeFlags} from '../processes/spawn.ts';
import type {Mark} from '../processes/tree.ts';
import type {Limits} from './bounded-log-file.ts';
import {closeWriters, openPipes, type Pipe} from './pipe.ts';

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

/** Digest, size and lines of a log as it stands; null where there is none. */
export function logOf(folder: Path, ref: AttemptName): Log | null {
	const path = logPath(ref);
	let descriptor: number;
	try {
		descriptor = openSync(join(folder, path), 'r');
	} catch {
		return null;
	}
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

export class AttemptLog {
	/** For the stdout and stderr of commands. */
	readonly out: number;
	readonly #options: LogOptions;
	readonly #data: Pipe;
	readonly #orders: Pipe;
	readonly #told: Pipe;
	readonly #unsaid: Buffer[] = [];
	readonly #ended: Promise<void>;
	#end: () => void = () => {};
	#scribe: ChildProcess | null = null;
	#scribes = 0;
	#ending = false;
	#over = false;
	#closed = false;

	constructor(options: LogOptions) {
		this.#options = options;
		const [data, orders, reported] = openPipes(attemptFolder(options.folder, options.ref), [
			'data',
			'orders',
			'reported',
		]);
		if (!data || !orders || !reported) throw new Error('The pipe of the log cannot be made.');
		[this.#data, this.#orders, this.#told] = [data, orders, reported];
		this.out = data.write;
		this.#ended = new Promise(done => {
			this.#end = done;
		});
		this.#start();
		const hearing = new Socket({fd: reported.read, readable: true, writable: false});
		hearing.on('data', () => this.#close()).on('error', () => this.#end());
		hearing.unref();
	}

	#close(): void {
		this.#closed = true;
		this.#end();
	}

	#tell(message: object): void {
		writeSync(this.#orders.write, `${JSON.stringify(message)}\n`);
	}

	#start(): void {
		const {folder, ref, limits, mark, scribe, environment, secrets} = this.#options;
		const orders = JSON.stringify({folder, log: join(folder, logPath(ref)), ...limits, mark});
		this.#scribes++;
		this.#scribe = spawn(process.execPath, [...nodeFlags, scribe, orders], {
			detached: true,
			cwd: folder,
			env: {...environment, [scribeName]: markOf(folder, ref)},
			stdio: [this.#data.read, 'ignore', 2, this.#orders.read, this.#told.write],
		});
		this.#scribe.on('error', () => this.#again()).on('exit', () => this.#again());
		this.#tell({secrets});
		if (this.#ending) this.#tell({end: true});
	}

	/** A scribe that is gone before the log is closed is followed by another. */
	#again(): void {
		if (this.#scribes < mostScribes) this.#options.clock.after(retry, () => this.#start());
		else this.#drain();
	}

	/** No scribe lives here: the log is lost, but no command may wait for ever on a full pipe. */
	#drain(): void {
		new Socket({fd: this.#data.read, readable: true, writable: false})
			.on('error', () => {})
			.resume()
			.unref();
		this.#end();
	}

	/** A line of the runner's own. */
	say(text: string): void {
		this.print(`${text}\n`);
	}

	/** Bytes as they come, such as what a playbook prints. Never waits: with the pipe full they are said a little later. */
	print(bytes: Uint8Array | string): void {
		if (this.#over) return;
		this.#unsaid.push(Buffer.from(bytes));
		if (this.#unsaid.length === 1) this.#speak();
	}

	#speak(): void {
		for (let next = this.#unsaid[0]; next; next = this.#unsaid[0]) {
			try {
				const done = writeSync(this.#data.voice, next);
				if (done < next.length) this.#unsaid[0] = next.subarray(done);
				else this.#unsaid.shift();
			} catch (error) {
				if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
				this.#options.clock.after(retry, () => this.#speak());
				return;
			}
		}
	}

	async #said(): Promise<void> {
		while (this.#unsaid.length > 0) await new Promise<void>(done => this.#options.clock.after(retry, done));
	}

	/** Ends the log; answers with it when its last line is on the disk. */
	async end(): Promise<Log | null> {
		const {clock, folder, ref} = this.#options;
		await this.#said();
		this.#over = true;
		this.#ending = true;
		this.#tell({end: true});
		closeWriters(this.#data);
		const enough = clock.after(patience, () => this.#end());
		await this.#ended;
		enough();
		this.#scribe?.removeAllListeners('exit').unref();
		// One that did not close it in all that time must not write to it any more.
		if (!this.#closed) this.#scribe?.kill('SIGKILL');
		return logOf(folder, ref);
	}
}

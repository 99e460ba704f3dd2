/*
The process that owns an attempt's log. It reads what the attempt's commands write, redacts, stamps and keeps it; it
hears no signal and ends by the end of its pipes alone. When the runner dies it ends the log and says so. Where
something still holds the pipe after that it goes on reading and keeps nothing: a service that T0 started must not die
of a broken pipe because the log is closed.

Descriptors: 0 what is to be logged; 3 from the runner, a line of JSON each (`{secrets}` first, `{end}` last), its end
without `{end}` means that the runner is gone; 4 to the runner, a line when the log is closed; from 5 on the pipes of commands, `held` by name. The runner reads those (`{hold}`, until `{drop}`); the scribe
keeps them open and reads them once the runner has ended.
*/

import {closeSync, readdirSync, rmSync, writeSync} from 'node:fs';
import {Socket} from 'node:net';
import {dirname, join} from 'node:path';
import process from 'node:process';
import type {Path} from '../../cutover/model/runbook.ts';
import type {Clock} from '../../cutover/ports.ts';
import {ifPossible} from '../../disk/fault.ts';
import {commandFifo, openReader} from '../../processes/pipe.ts';
import {counted} from '../../text/counted.ts';
import {Redactor, redactor} from '../../text/redact.ts';
import {stamp} from '../../text/time.ts';
import {BoundedLogFile, type Limits} from './bounded-log-file.ts';
import {endMark, Lines} from './lines.ts';

/** `log`: absolute path. `held`: FIFOs of commands. `still`: what holds the pipe, by name. */
export type Orders = Limits & {
	readonly log: Path;
	readonly held: readonly Path[];
	readonly clock: Clock;
	still(): readonly string[];
};

const firstHeld = 5;

const quiet = 300;
const longest = 1500;
const tick = 50;
const deafTo = ['SIGHUP', 'SIGINT', 'SIGTERM', 'SIGQUIT', 'SIGPIPE', 'SIGXFSZ'] as const;

class Scribe {
	readonly #orders: Orders;
	readonly #paper: BoundedLogFile;
	readonly #lines = new Lines();
	#redactor: Redactor | null = null;
	#secrets: readonly string[] = [];
	readonly #waiting: string[] = [];
	#newest: number;
	#over: {readonly at: number; readonly why: string | null} | null = null;
	/** Pipes that are read and whose end has not come. */
	#wet = 0;
	readonly #held: Map<Path, number>;
	#closed = false;

	constructor(orders: Orders) {
		this.#orders = orders;
		this.#held = new Map(orders.held.map((fifo, index) => [fifo, firstHeld + index]));
		this.#paper = new BoundedLogFile(orders.log, orders);
		this.#newest = orders.clock.steady();
		if (this.#paper.resumed)
			this.#write('The log goes on here: its scribe was gone, and what it held may be missing.\n');
	}

	#write(text: string): void {
		const stamped = this.#lines.stamp(text, stamp(this.#orders.clock.now()));
		if (stamped !== '') this.#paper.write(Buffer.from(stamped, 'latin1'));
	}

	#take(chunk: string): void {
		this.#newest = this.#orders.clock.steady();
		if (this.#closed) return;
		if (this.#redactor === null) this.#waiting.push(chunk);
		else this.#write(this.#redactor.push(chunk));
	}

	/** Nothing is written before the secrets are known. */
	know(secrets: readonly string[]): void {
		this.#secrets = secrets;
		this.#redactor ??= new Redactor(secrets);
		for (const chunk of this.#waiting.splice(0)) this.#write(this.#redactor.push(chunk));
	}

	/** The runner said that all is done, or is gone without a word (`why`). */
	finish(why: string | null): void {
		if (this.#over !== null) return;
		this.#over = {at: this.#orders.clock.steady(), why};
		for (const descriptor of this.#held.values()) this.read(descriptor);
		if (why !== null) this.#tidy();
		this.#held.clear();
		this.#orders.clock.every(tick, () => this.#look());
		this.#look();
	}

	/** What a dead runner had made for its next commands: a FIFO would hold up whoever reads all files of a folder. */
	#tidy(): void {
		const folder = dirname(this.#orders.log);
		for (const name of readdirSync(folder)) if (commandFifo.test(name)) rmSync(join(folder, name), {force: true});
	}

	hold(fifo: Path): void {
		if (this.#held.has(fifo)) return;
		// Where another scribe had it the runner alone reads it.
		ifPossible(() => {
			this.#held.set(fifo, openReader(fifo));
			rmSync(fifo);
		});
	}

	drop(fifo: Path): void {
		const descriptor = this.#held.get(fifo);
		if (descriptor !== undefined) closeSync(descriptor);
		this.#held.delete(fifo);
	}

	/** Reads a pipe to its end. */
	read(descriptor: number): void {
		this.#wet++;
		const buffer = Buffer.allocUnsafe(1 << 16);
		const callback = (length: number): boolean => {
			this.#take(buffer.toString('latin1', 0, length));
			return true;
		};
		const socket = new Socket({fd: descriptor, readable: true, writable: false, onread: {buffer, callback}});
		socket
			.on('error', () => {})
			.on('close', () => {
				this.#wet--;
				this.#look();
			});
		socket.resume();
	}

	get #dry(): boolean {
		return this.#wet === 0;
	}

	#look(): void {
		if (this.#closed && this.#dry) process.exit(0);
		if (this.#closed || this.#over === null) return;
		const now = this.#orders.clock.steady();
		if (this.#dry || now - Math.max(this.#newest, this.#over.at) >= quiet || now - this.#over.at >= longest)
			this.#close(this.#over.why);
	}

	#close(why: string | null): void {
		this.#closed = true;
		// Without its secrets the log would show them: what was read then is not kept.
		if (this.#redactor === null) this.#waiting.length = 0;
		else this.#write(this.#redactor.end());
		const held = this.#dry ? [] : this.#orders.still();
		this.#paper.end(() => this.#last(why, held));
		// The runner may be gone.
		ifPossible(() => {
			writeSync(4, '\n');
			closeSync(4);
		});
		this.#look();
	}

	#last(why: string | null, held: readonly string[]): string {
		const {leftOut, lost} = this.#paper;
		const hits = this.#redactor?.hits ?? 0;
		const parts = [
			why,
			// This one is a line of it, too.
			`${counted(this.#lines.count + 1, 'line')}${this.#paper.resumed ? ' since it went on' : ''}`,
			hits > 0 ? `${counted(hits, 'secret')} redacted` : null,
			leftOut > 0 ? `${counted(leftOut, 'byte')} left out between head and tail` : null,
			lost > 0 ? `${counted(lost, 'byte')} lost: the disk took no more` : null,
			held.length > 0 ? `still running, no longer logged: ${redactor(this.#secrets)(held.join(', '))}` : null,
		];
		const start = this.#lines.atStart ? '' : '\n';
		return `${start}${stamp(this.#orders.clock.now())} ${endMark}${parts.filter(part => part !== null).join('; ')}\n`;
	}
}

function listen(scribe: Scribe): void {
	const runner = new Socket({fd: 3, readable: true, writable: false});
	let line = '';
	let reported = false;
	const hear = (text: string): void => {
		const message: {secrets?: readonly string[]; hold?: Path; drop?: Path; end?: true} = JSON.parse(text);
		if (message.secrets) scribe.know(message.secrets);
		if (message.hold !== undefined) scribe.hold(message.hold);
		if (message.drop !== undefined) scribe.drop(message.drop);
		if (message.end) {
			reported = true;
			scribe.finish(null);
		}
	};
	const gone = (): void => {
		if (!reported) scribe.finish('the runner is gone');
	};
	runner.setEncoding('utf8');
	runner.on('data', (text: string) => {
		const lines = (line + text).split('\n');
		line = lines.pop() ?? '';
		lines.forEach(hear);
	});
	runner.on('error', gone).on('end', gone).resume();
}

/** Does the work of the process until its pipes end. */
export function scribe(orders: Orders): void {
	for (const signal of deafTo) process.on(signal, () => {});
	const it = new Scribe(orders);
	it.read(0);
	listen(it);
}

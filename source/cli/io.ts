/*
What a verb may touch of its process: streams, environment, folder and signals, so that a test can be the process.
*/

import process from 'node:process';
import type {Readable, Writable} from 'node:stream';
import type {Environment} from '../net/proxy.ts';
import type {Taken} from '../screen/terminal/take-terminal.ts';
import {json, safe} from '../text/clean.ts';
import {coloured, type Line, takesColour, uncoloured} from './colour.ts';
import {UsageError} from './usage-error.ts';
import {wrapped} from './wrapped.ts';

export type Signal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

export type Io = {
	readonly stdin: Readable & {readonly isTTY?: boolean};
	readonly stdout: Writable & {readonly isTTY?: boolean; readonly columns?: number};
	readonly stderr: Writable & {readonly isTTY?: boolean; readonly columns?: number};
	readonly env: Environment;
	/** Folder that relative paths start from, absolute. */
	readonly cwd: string;
	/** Calls once a signal that ends the process arrives; returns how to stop listening. */
	onSignal(heard: (signal: Signal) => void): () => void;
	/** The terminal, where it was taken for the screen before anything was loaded. */
	readonly taken?: Taken | null;
	/** To be called once a screen has drawn its first frame. */
	readonly shown?: () => void;
};

const signals: readonly Signal[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** The process that runs. Node makes a stream when it is first asked for, which not every verb does. */
export const processIo = (taken: Taken | null = null, shown: () => void = () => {}): Io => ({
	taken,
	shown,
	get stdin() {
		return process.stdin;
	},
	get stdout() {
		return process.stdout;
	},
	get stderr() {
		return process.stderr;
	},
	// A copy: each look at the real one asks the system anew, and a screen looks each second.
	env: {...process.env},
	cwd: process.cwd(),
	onSignal(heard) {
		for (const signal of signals) process.on(signal, heard);
		return () => {
			for (const signal of signals) process.off(signal, heard);
		};
	},
});

const write = (stream: Io['stdout'], lines: readonly Line[], shownAs: (line: Line) => string): void =>
	void stream.write(
		wrapped(stream, lines)
			.map(line => `${shownAs(line)}\n`)
			.join(''),
	);

const plainly = (line: Line): string => safe(uncoloured(line));

/**
The answer: lines to stdout in one write, cleaned of what acts on a terminal, and broken between words where it ends; their states
in colour there. It is given back before.
*/
export const say = (io: Io, ...lines: readonly Line[]): void => {
	io.taken?.giveBack();
	write(io.stdout, lines, takesColour(io) ? coloured : plainly);
};

/** Everything that is not the answer: the same to stderr, without colours. */
export const tell = (io: Io, ...lines: readonly Line[]): void => {
	io.taken?.giveBack();
	write(io.stderr, lines, plainly);
};

/** One JSON document, as the answer of `--json`. */
export const sayJson = ({stdout}: Io, value: unknown): void => void stdout.write(`${json(value, 2)}\n`);

/** Both ends of a conversation are a terminal. */
export const onTerminal = (io: Io): boolean => io.stdin.isTTY === true && io.stdout.isTTY === true;

/** Throws UsageError where no screen can be opened. `instead`: the command that does here what it would have done. */
export function needTerminal(io: Io, instead: string): void {
	if (onTerminal(io)) return;
	throw new UsageError(`The screen needs a terminal on stdin and stdout. Use instead: cutover-tui ${instead}.`);
}

/*
What a verb may touch of its process: streams, environment, folder and signals, so that a test can be the process.
*/

import process from 'node:process';
import type {Readable, Writable} from 'node:stream';
import type {Environment} from '../net/proxy.ts';
import type {Taken} from '../screen/terminal/take-terminal.ts';
import {type SafeText, safe} from '../text/clean.ts';
import {coloured, type Line, type Stated, takesColour, uncoloured} from './colour.ts';
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

/** The answer: lines to stdout in one write, their states in colour on a terminal, which is given back before. */
export const say = (io: Io, ...lines: readonly Line[]): void => {
	io.taken?.giveBack();
	const shown = takesColour(io) ? coloured : (line: Line) => safe(uncoloured(line));
	io.stdout.write(lines.map(line => `${shown(line)}\n`).join(''));
};

/** Everything that is not the answer: one line to stderr. */
export const tell = (io: Io, line: SafeText | Stated): void => {
	io.taken?.giveBack();
	io.stderr.write(
		wrapped(io.stderr, [line])
			.map(each => `${safe(uncoloured(each))}\n`)
			.join(''),
	);
};

/** Both ends of a conversation are a terminal. */
export const onTerminal = (io: Io): boolean => io.stdin.isTTY === true && io.stdout.isTTY === true;

// Puts the painter between Ink and the terminal, both ways: frames go out through it, and what the terminal replies to it is taken
// from the input before anyone else reads a key.
import type {Clock} from '../../cutover/ports.ts';
import {Acknowledgement} from './flow-control.ts';
import {InkInput, InkOutput} from './ink-streams.ts';
import {keysIn, type Press} from './keys-in.ts';
import {Painter, type Rows} from './painter.ts';

const lastReplyWithin = 300;

/** The terminal's input and output; a tty's streams have all of this. */
export type TerminalInput = NodeJS.ReadableStream & {setRawMode?(on: boolean): unknown};
export type TerminalOutput = NodeJS.WritableStream & {readonly columns?: number; readonly rows?: number};

/** `ascii`: no other characters reach the terminal. `gone` is called once, when the terminal hangs up. */
export type PainterOptions = {
	readonly input: TerminalInput;
	readonly output: TerminalOutput;
	readonly clock: Pick<Clock, 'after' | 'steady'>;
	readonly ascii?: boolean;
	readonly gone?: () => void;
};

/** `stdout` and `stdin` are for Ink's `render`. */
export type OpenPainter = {
	readonly stdout: InkOutput;
	readonly stdin: InkInput;
	/** Hears every key press; returns how to stop. */
	keys(listener: (press: Press) => void): () => void;
	/** Which rows are painted last when the line is slow: those of the running log's tail. */
	paintLast(rows: Rows): void;
	/** Sends what moves no cursor past the cells: the bell, a title, text for the clipboard. */
	send(sequence: string): void;
	/** Paints everything anew, for a terminal that something else wrote to. */
	repaint(): void;
	/** Takes no keys and paints nothing until `resume`; resolves once the terminal is free for whoever comes next, false where it is not to be left. */
	pause(): Promise<boolean>;
	resume(): void;
	/** Paints no more from this moment on; resolves when the last reply has been taken from the input and raw mode is off. */
	close(): Promise<void>;
};

const size = ({columns, rows}: TerminalOutput) => [columns || 80, rows || 24] as const;

/** Takes the input (raw mode) and paints on the output until it is closed. Writes nothing before Ink does but one question. */
export function openPainter({input, output, clock, ascii = false, gone = () => {}}: PainterOptions): OpenPainter {
	let open = true;
	const listeners = new Set<(press: Press) => void>();
	const stdin = new InkInput();
	let paused = false;
	const send = (sequence: string) => open && !paused && output.write(sequence);

	const acknowledgement = new Acknowledgement({clock, send, ready: () => painter.flush()});
	const painter = new Painter(...size(output), {write: send, acknowledgement, ascii});
	const stdout = new InkOutput(painter);
	const feed = keysIn({
		after: clock.after,
		press: press => {
			if (paused) return;
			painter.hurry();
			for (const listener of listeners) listener(press);
		},
		reply: () => acknowledgement.replied(),
		pass: text => stdin.feed(text),
	});

	const hear = (chunk: string | Uint8Array) => feed(String(chunk));
	const drained = () => painter.drained();
	const resized = () => painter.resize(...size(output), () => stdout.emit('resize'));
	const hungUp = () => {
		if (!open) return;
		open = false;
		gone();
	};

	input.setRawMode?.(true);
	input.setEncoding('utf8');
	// A screen that was closed before this one paused it.
	input.on('data', hear).resume();
	input.on('end', hungUp).on('error', hungUp);
	output.on('error', hungUp).on('resize', resized).on('drain', drained);
	acknowledgement.probe();

	return {
		stdout,
		stdin,
		keys(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		paintLast: rows => {
			painter.last = rows;
		},
		send,
		repaint: () => painter.repaint(),
		async pause() {
			if (paused) return false;
			paused = true;
			await acknowledgement.settled(lastReplyWithin);
			acknowledgement.forget();
			if (open) input.setRawMode?.(false);
			return open;
		},
		resume() {
			paused = false;
			input.setRawMode?.(true);
			resized();
			painter.drained();
		},
		async close() {
			open = false;
			listeners.clear();
			output.off('resize', resized).off('drain', drained);
			await acknowledgement.settled(lastReplyWithin);
			acknowledgement.forget();
			input.off('data', hear).off('end', hungUp);
			input.setRawMode?.(false);
			input.pause();
		},
	};
}

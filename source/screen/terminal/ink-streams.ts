// The two ends that Ink holds instead of the terminal's own: what it writes goes to the painter, what it reads has passed the keys.
import {Readable, Writable} from 'node:stream';

/** How Ink writes to the painter. It gives only the rows that changed: whole frames would be read cell by cell, each second. */
export const inkOptions = {
	interactive: true,
	patchConsole: false,
	exitOnCtrlC: false,
	incrementalRendering: true,
} as const;

/** Whoever knows the terminal's size and takes what Ink writes, at once. */
export type InkTarget = {readonly columns: number; readonly rows: number; write(text: string): void};

/** Ink's stdout. Emits `resize`, as a terminal's does. */
export class InkOutput extends Writable {
	readonly isTTY = true;
	readonly #target: InkTarget;

	constructor(target: InkTarget) {
		super({decodeStrings: false});
		this.#target = target;
	}

	get columns(): number {
		return this.#target.columns;
	}

	get rows(): number {
		return this.#target.rows;
	}

	override _write(text: string | Uint8Array, _encoding: string, done: () => void): void {
		this.#target.write(String(text));
		done();
	}
}

/** Ink's stdin. Raw mode is the painter's matter, so setting it here does nothing. */
export class InkInput extends Readable {
	readonly isTTY = true;

	constructor() {
		super({objectMode: true});
	}

	/** Hands on what was typed, chunk by chunk, while anyone reads it. */
	feed(text: string): void {
		if (this.listenerCount('readable') + this.listenerCount('data') > 0) this.push(text);
	}

	setRawMode(_on: boolean): this {
		return this;
	}

	ref(): this {
		return this;
	}

	unref(): this {
		return this;
	}

	override _read(): void {}
}

/*
Where every so many lines of a growing file begin, so that any of its lines is found without reading it from the start.
Only whole lines count: what has no line end yet is not there.
*/
import {closeSync, fstatSync, openSync, readSync} from 'node:fs';
import type {Path} from '../../cutover/model/runbook.ts';

const every = 256;
const chunkSize = 1 << 16;
const longestLine = 4096;

export class LineIndex {
	readonly #file: Path;
	/** Offset of line 0, 256, 512, … */
	#offsets = [0];
	#lines = 0;
	/** Bytes looked through, up to the last line end. */
	#read = 0;

	constructor(file: Path) {
		this.#file = file;
	}

	#extend(descriptor: number): void {
		const {size} = fstatSync(descriptor);
		if (size < this.#read) {
			this.#offsets = [0];
			this.#lines = 0;
			this.#read = 0;
		}
		const chunk = Buffer.allocUnsafe(chunkSize);
		for (let at = this.#read; at < size; ) {
			const length = readSync(descriptor, chunk, 0, chunk.length, at);
			if (length === 0) return;
			for (let end = chunk.indexOf(0x0a); end >= 0 && end < length; end = chunk.indexOf(0x0a, end + 1)) {
				this.#lines++;
				this.#read = at + end + 1;
				if (this.#lines % every === 0) this.#offsets.push(this.#read);
			}
			at += length;
		}
	}

	#slice(descriptor: number, from: number, count: number): readonly string[] {
		const lines: string[] = [];
		let skip = from % every;
		let rest: Buffer = Buffer.alloc(0);
		const chunk = Buffer.allocUnsafe(chunkSize);
		for (let at = this.#offsets[Math.floor(from / every)] ?? this.#read; at < this.#read && lines.length < count; ) {
			const length = readSync(descriptor, chunk, 0, Math.min(chunk.length, this.#read - at), at);
			if (length === 0) break;
			at += length;
			rest = Buffer.concat([rest, chunk.subarray(0, length)]);
			let start = 0;
			for (let end = rest.indexOf(0x0a); end >= 0 && lines.length < count; end = rest.indexOf(0x0a, start)) {
				if (skip > 0) skip--;
				else lines.push(rest.toString('utf8', start, Math.min(end, start + longestLine)));
				start = end + 1;
			}
			rest = rest.subarray(start);
			// Of a line without an end in sight only its beginning is shown.
			if (rest.length > chunkSize) rest = rest.subarray(0, longestLine);
		}
		return lines;
	}

	/** Lines `from` (0-based) to `from + count`, each cut at 4 KiB, and how many there are in all. */
	read(from: number, count: number): {readonly lines: readonly string[]; readonly total: number} {
		let descriptor: number;
		try {
			descriptor = openSync(this.#file, 'r');
		} catch {
			return {lines: [], total: 0};
		}
		try {
			this.#extend(descriptor);
			return {
				lines: from >= this.#lines ? [] : this.#slice(descriptor, from, Math.min(count, this.#lines - from)),
				total: this.#lines,
			};
		} finally {
			closeSync(descriptor);
		}
	}
}

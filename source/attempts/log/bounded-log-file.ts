/*
The file that a log is written to: its head as it comes, then, beyond the limit, only the newest part, in two files
that take turns and join the log at its end. A full disk never stops the reading: what could not be written is counted
and said. It never takes the room that the journal needs for how the attempt ended; a block is kept in reserve for the last line.
*/
import {
	closeSync,
	existsSync,
	fstatSync,
	fsyncSync,
	openSync,
	readFileSync,
	readSync,
	rmSync,
	statfsSync,
	statSync,
	writeFileSync,
	writeSync,
} from 'node:fs';
import type {Path} from '../../cutover/model/runbook.ts';
import {ifPossible} from '../../disk/fault.ts';

/** Bytes: what the log keeps of its beginning and of its end. */
export type Limits = {readonly head: number; readonly tail: number};

const reserved = 4096;

const mostLeft = 1 << 20;

/** Bytes that a log may still take of a disk, so that a megabyte, or an eighth of a small one, is left for the journal. */
export function roomFor(log: Path): number {
	const {bavail, blocks, bsize} = ifPossible(() => statfsSync(log)) ?? {bavail: 0, blocks: 0, bsize: 0};
	return blocks === 0 ? Number.POSITIVE_INFINITY : bavail * bsize - Math.min(mostLeft, (blocks * bsize) / 8);
}

const sizeOf = (file: Path): number => statSync(file, {throwIfNoEntry: false})?.size ?? 0;
const changedAt = (file: Path): number => statSync(file, {throwIfNoEntry: false})?.mtimeMs ?? 0;

export class BoundedLogFile {
	/** Bytes that could not be written. */
	lost = 0;
	/** Bytes between head and tail. */
	leftOut = 0;
	/** Something was there already: another scribe had begun it. */
	readonly resumed: boolean;
	readonly #log: Path;
	readonly #limits: Limits;
	readonly #room: (log: Path) => number;
	readonly #file: number;
	#size: number;
	#tails: readonly [Path, Path];
	#tail: {descriptor: number; size: number} | null = null;
	/** Lost since the last byte that was written: said in its place, once there is room again. */
	#gap = 0;

	constructor(log: Path, limits: Limits, room: (log: Path) => number = roomFor) {
		this.#log = log;
		this.#room = room;
		this.#limits = limits;
		this.#file = openSync(log, 'a+', 0o600);
		this.#size = fstatSync(this.#file).size;
		this.resumed = this.#size > 0;
		const [one, other] = [`${log}.tail0`, `${log}.tail1`];
		this.#tails = changedAt(one) <= changedAt(other) ? [one, other] : [other, one];
		if (existsSync(one) || existsSync(other)) this.#turn();
		// On a full or broken disk what comes next shows it by its own count.
		ifPossible(() => writeFileSync(`${log}.reserve`, Buffer.alloc(reserved), {mode: 0o600}));
		if (this.resumed && this.#last() !== 0x0a) this.#put(this.#file, Buffer.from('\n'));
	}

	#last(): number | undefined {
		const byte = Buffer.alloc(1);
		readSync(this.#file, byte, 0, 1, this.#size - 1);
		return byte[0];
	}

	/** `last`: it may take what is left. */
	#put(descriptor: number, bytes: Buffer, last = false): void {
		const note = Buffer.from(this.#gap > 0 ? `\n… ${this.#gap} bytes could not be written here …\n` : '');
		const all = note.length > 0 ? Buffer.concat([note, bytes]) : bytes;
		let done = 0;
		try {
			if (!last && this.#room(this.#log) < all.length) throw new Error('The rest is for the journal.');
			while (done < all.length) done += writeSync(descriptor, all, done);
			this.#gap = 0;
		} catch {
			const missed = bytes.length - Math.max(0, done - note.length);
			this.lost += missed;
			this.#gap = done < note.length ? this.#gap + missed : missed;
		}
	}

	/** The other file begins anew and holds the newest from here on. */
	#turn(): void {
		if (this.#tail !== null) closeSync(this.#tail.descriptor);
		this.#tails = [this.#tails[1], this.#tails[0]];
		this.#tail = null;
		this.leftOut += sizeOf(this.#tails[1]);
		ifPossible(() => {
			this.#tail = {descriptor: openSync(this.#tails[1], 'w', 0o600), size: 0};
		});
	}

	#toTail(bytes: Buffer): void {
		const half = this.#limits.tail / 2;
		if (this.#tail === null || (this.#tail.size > 0 && this.#tail.size + bytes.length > half)) this.#turn();
		if (this.#tail === null) {
			this.lost += bytes.length;
			return;
		}
		this.#put(this.#tail.descriptor, bytes);
		this.#tail.size += bytes.length;
	}

	/** Whole lines go to the head while it has room; from the first one that has not, all go to the tail. */
	write(bytes: Buffer): void {
		if (this.#tail !== null) {
			this.#toTail(bytes);
			return;
		}
		const room = this.#limits.head - this.#size;
		const fits = bytes.length <= room ? bytes.length : room > 0 ? bytes.lastIndexOf(0x0a, room - 1) + 1 : 0;
		if (fits > 0) this.#put(this.#file, bytes.subarray(0, fits));
		this.#size += fits;
		if (fits < bytes.length) this.#toTail(bytes.subarray(fits));
	}

	/** Joins the tail, writes the last line and syncs. `last` is asked when all counts are known. */
	end(last: () => string): void {
		rmSync(`${this.#log}.reserve`, {force: true});
		if (this.#tail !== null) this.#join(this.#tail.descriptor);
		this.#put(this.#file, Buffer.from(last()), true);
		ifPossible(() => fsyncSync(this.#file));
		ifPossible(() => closeSync(this.#file));
	}

	#join(descriptor: number): void {
		closeSync(descriptor);
		const parts = this.#tails.filter(file => existsSync(file)).map(file => readFileSync(file));
		if (this.leftOut > 0) this.#put(this.#file, Buffer.from(`… ${this.leftOut} bytes left out here …\n`));
		const before = this.lost;
		for (const part of parts) this.#put(this.#file, part);
		// What did not fit stays where it is.
		if (this.lost === before) for (const file of this.#tails) ifPossible(() => rmSync(file, {force: true}));
	}
}

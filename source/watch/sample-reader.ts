/*
Reads the samples that were added since the last look. Samples are facts of the world and not of the cutover: a line that is
none is passed over, and a file that is not there yet has none.
*/
import {createHash} from 'node:crypto';
import {closeSync, fstatSync, openSync, readSync} from 'node:fs';
import type {Sample} from '../cutover/health/outage/sample.ts';
import type {Path} from '../cutover/model/runbook.ts';
import {ifExists} from '../disk/fault.ts';
import {parsed} from '../text/fields.ts';

/** So many bytes of the samples, and their digest. */
export type Mark = {readonly offset: number; readonly sha256: string};

export type SampleReader = {
	/** Hands over what is new at each call, one by one. `anew` comes before, where the file was replaced or cut: these are all of it. */
	read(take: (sample: Sample) => void, anew: () => void): void;
	/** What it has read. */
	mark(): Mark;
	/** Begins behind these bytes, where the file begins with the very same; false where it does not. */
	skip(mark: Mark): boolean;
};

const piece = 1 << 18;
const newline = 0x0a;
/** Enough of a line to tell it from any other: it has its time. */
const lineLength = 256;

const verdicts: readonly unknown[] = ['ok', 'fail', 'unknown'] satisfies readonly Sample['verdict'][];

function isSample(value: unknown): value is Sample {
	if (typeof value !== 'object' || value === null) return false;
	const {endpoint, at, up, boot, verdict}: {readonly [K in keyof Sample]?: unknown} = value;
	const hasTexts = typeof endpoint === 'string' && typeof boot === 'string';
	return hasTexts && typeof at === 'number' && typeof up === 'number' && verdicts.includes(verdict);
}

function sampleIn(line: string): Sample | null {
	const value = parsed(line);
	return isSample(value) ? value : null;
}

/** Whole lines from the offset to the `size`, in pieces, each with the offset behind it; the last line is left where it has no end yet. */
function* piecesFrom(descriptor: number, from: number, size: number) {
	let offset = from;
	let rest = Buffer.alloc(0);
	// Mostly one new line: room for a whole piece each time would keep the collector busy.
	for (const bytes = Buffer.allocUnsafe(Math.min(piece, size - from)); ; ) {
		const left = Math.min(bytes.length, size - offset - rest.length);
		const count = left > 0 ? readSync(descriptor, bytes, 0, left, offset + rest.length) : 0;
		if (count === 0) return;
		const read = bytes.subarray(0, count);
		const whole = rest.length === 0 ? read : Buffer.concat([rest, read]);
		const end = whole.lastIndexOf(newline) + 1;
		offset += end;
		yield {lines: whole.subarray(0, end), behind: offset};
		rest = Buffer.from(whole.subarray(end));
	}
}

export function sampleReader(file: Path): SampleReader {
	let inode = 0n;
	let offset = 0;
	let hash = createHash('sha256');
	/** The newest bytes that were read: where others are in their place, the file was cut and written on. */
	let newest = Buffer.alloc(0);
	const begin = (at: bigint): void => {
		[inode, offset, hash, newest] = [at, 0, createHash('sha256'), Buffer.alloc(0)];
	};
	const pass = (lines: Buffer): void => {
		hash.update(lines);
		if (lines.length > 0) newest = Buffer.from(lines.subarray(-lineLength));
	};
	const isSame = (descriptor: number): boolean => {
		const found = Buffer.alloc(newest.length);
		readSync(descriptor, found, 0, found.length, offset - found.length);
		return found.equals(newest);
	};
	/** Null where the file is not there. */
	const opened = <T>(work: (descriptor: number, ino: bigint, size: number) => T): T | null => {
		const descriptor = ifExists(() => openSync(file, 'r'));
		if (descriptor === null) return null;
		try {
			const {ino, size} = fstatSync(descriptor, {bigint: true});
			return work(descriptor, ino, Number(size));
		} finally {
			closeSync(descriptor);
		}
	};
	return {
		read(take, anew) {
			const isThere = opened((descriptor, ino, size) => {
				if (ino !== inode || size < offset || (size > offset && !isSame(descriptor))) {
					if (offset > 0) anew();
					begin(ino);
				}
				for (const {lines, behind} of size === offset ? [] : piecesFrom(descriptor, offset, size)) {
					offset = behind;
					pass(lines);
					for (const line of lines.toString('utf8').split('\n')) {
						const sample = sampleIn(line);
						if (sample !== null) take(sample);
					}
				}
				return true;
			});
			if (isThere) return;
			if (offset > 0) anew();
			begin(0n);
		},
		mark: () => ({offset, sha256: hash.copy().digest('hex')}),
		skip(mark) {
			const isKnown = opened((descriptor, ino, size) => {
				begin(ino);
				for (const {lines} of size < mark.offset ? [] : piecesFrom(descriptor, 0, mark.offset)) pass(lines);
				offset = mark.offset;
				return hash.copy().digest('hex') === mark.sha256;
			});
			if (!isKnown) begin(0n);
			return isKnown ?? false;
		},
	};
}

/** All of them, as they were recorded. */
export function samplesIn(file: Path): readonly Sample[] {
	const samples: Sample[] = [];
	sampleReader(file).read(
		sample => samples.push(sample),
		() => {},
	);
	return samples;
}

/*
Reads the samples that were added since the last look. Samples are facts of the world and not of the cutover: a line that is
none is passed over, and a file that is not there yet has none.
*/
import {closeSync, fstatSync, openSync, readSync} from 'node:fs';
import type {Sample} from '../cutover/health/outage/sample.ts';
import type {Path} from '../cutover/model/runbook.ts';
import {isMissing} from '../disk/fault.ts';

/** Hands over what is new at each call, one by one. `anew` comes before, where the file was replaced or cut: these are all of it. */
export type ReadOn = (take: (sample: Sample) => void, anew: () => void) => void;

const piece = 1 << 18;
const newline = 0x0a;

const isSample = (value: unknown): value is Sample =>
	typeof value === 'object' &&
	value !== null &&
	'endpoint' in value &&
	typeof value.endpoint === 'string' &&
	'at' in value &&
	typeof value.at === 'number' &&
	'up' in value &&
	typeof value.up === 'number' &&
	'boot' in value &&
	typeof value.boot === 'string' &&
	'verdict' in value &&
	(value.verdict === 'ok' || value.verdict === 'fail' || value.verdict === 'unknown');

function sampleIn(line: string): Sample | null {
	try {
		const value: unknown = JSON.parse(line);
		return isSample(value) ? value : null;
	} catch {
		return null;
	}
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
		yield {lines: whole.toString('utf8', 0, end).split('\n'), offset};
		rest = Buffer.from(whole.subarray(end));
	}
}

export function sampleReader(file: Path): ReadOn {
	let inode = 0n;
	let offset = 0;
	return (take, anew) => {
		let descriptor: number;
		try {
			descriptor = openSync(file, 'r');
		} catch (error) {
			if (!isMissing(error)) throw error;
			if (offset > 0) anew();
			[inode, offset] = [0n, 0];
			return;
		}
		try {
			const {ino, size} = fstatSync(descriptor, {bigint: true});
			if (ino !== inode || Number(size) < offset) {
				if (offset > 0) anew();
				[inode, offset] = [ino, 0];
			}
			if (Number(size) === offset) return;
			for (const {lines, offset: behind} of piecesFrom(descriptor, offset, Number(size))) {
				offset = behind;
				for (const line of lines) {
					const sample = sampleIn(line);
					if (sample !== null) take(sample);
				}
			}
		} finally {
			closeSync(descriptor);
		}
	};
}

/** All of them, as they were recorded. */
export function samplesIn(file: Path): readonly Sample[] {
	const samples: Sample[] = [];
	sampleReader(file)(
		sample => samples.push(sample),
		() => {},
	);
	return samples;
}

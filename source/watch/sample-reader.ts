/*
Reads the samples that were added since the last look. Samples are facts of the world and not of the cutover: a line that is
none is passed over, and a file that is not there yet has none.
*/
import {closeSync, fstatSync, openSync, readSync} from 'node:fs';
import type {Sample} from '../cutover/health/outage/sample.ts';
import type {Path} from '../cutover/model/runbook.ts';
import {isMissing} from '../disk/fault.ts';

/** `anew`: the file was replaced or cut, and these are all of it. */
export type Fresh = {readonly samples: readonly Sample[]; readonly anew: boolean};

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

function sampleIn(line: string): readonly Sample[] {
	try {
		const value: unknown = JSON.parse(line);
		return isSample(value) ? [value] : [];
	} catch {
		return [];
	}
}

type Place = {readonly inode: bigint; readonly offset: number};

/** Whole lines from the offset to the `size`; the last one is left where it has no end yet. */
function readOn(
	descriptor: number,
	from: number,
	size: number,
): {readonly samples: readonly Sample[]; readonly offset: number} {
	const samples: Sample[] = [];
	let offset = from;
	let rest = Buffer.alloc(0);
	// Mostly one new line: room for a whole piece each time would keep the collector busy.
	for (const bytes = Buffer.allocUnsafe(Math.min(piece, size - from)); ; ) {
		const left = Math.min(bytes.length, size - offset - rest.length);
		const count = left > 0 ? readSync(descriptor, bytes, 0, left, offset + rest.length) : 0;
		if (count === 0) return {samples, offset};
		const read = bytes.subarray(0, count);
		const whole = rest.length === 0 ? read : Buffer.concat([rest, read]);
		const end = whole.lastIndexOf(newline) + 1;
		for (const line of whole.toString('utf8', 0, end).split('\n')) samples.push(...sampleIn(line));
		offset += end;
		rest = Buffer.from(whole.subarray(end));
	}
}

/** Answers with what is new at each call. */
export function sampleReader(file: Path): () => Fresh {
	let place: Place = {inode: 0n, offset: 0};
	return () => {
		let descriptor: number;
		try {
			descriptor = openSync(file, 'r');
		} catch (error) {
			if (!isMissing(error)) throw error;
			const anew = place.offset > 0;
			place = {inode: 0n, offset: 0};
			return {samples: [], anew};
		}
		try {
			const {ino, size} = fstatSync(descriptor, {bigint: true});
			const anew = ino !== place.inode || Number(size) < place.offset;
			if (!anew && Number(size) === place.offset) return {samples: [], anew: false};
			const {samples, offset} = readOn(descriptor, anew ? 0 : place.offset, Number(size));
			place = {inode: ino, offset};
			return {samples, anew};
		} finally {
			closeSync(descriptor);
		}
	};
}

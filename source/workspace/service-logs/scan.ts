/*
Counts the lines of a service's log that match its pattern of errors since T0, through every rotation since. Lines are read
as they come, and no more of them is kept than a person looks at.
*/

import {createReadStream, statSync} from 'node:fs';
import {resolve} from 'node:path';
import {createInterface} from 'node:readline';
import {pipeline, type Readable} from 'node:stream';
import {createGunzip} from 'node:zlib';
import type {LogFile, Path} from '../../cutover/model/runbook.ts';
import {failureText} from '../../disk/fault.ts';
import type {LogMark} from './marks.ts';
import {type Piece, piecesSince} from './pieces.ts';

/** `since`: ms on the cutover's clock, null where nobody kept the place and all of the file was read. */
export type Scan = {
	readonly file: Path;
	readonly errors: number;
	readonly max: number;
	readonly lines: number;
	readonly since: number | null;
	/** The first lines that matched. */
	readonly shown: readonly string[];
	readonly pieces: readonly Path[];
	/** Why it could not be read; null where it could. */
	readonly fault: string | null;
};

const mostShown = 5;
const longest = 300;

function opened({file, from, packed}: Piece): Readable {
	if (!packed) return createReadStream(file, {start: from});
	let left = from;
	const unpacked = createGunzip();
	// Ends what is unpacked with the error of the file, which nobody else hears of.
	pipeline(createReadStream(file), unpacked, () => {});
	return unpacked.map((chunk: Buffer) => {
		const skipped = Math.min(left, chunk.length);
		left -= skipped;
		return chunk.subarray(skipped);
	}) as Readable;
}

async function* linesOf(piece: Piece): AsyncGenerator<string> {
	yield* createInterface({input: opened(piece), crlfDelay: Number.POSITIVE_INFINITY});
}

/** `startedAt`: real ms of T0. Never rejects. */
export async function scanLog(log: LogFile, workspace: Path, mark: LogMark | null, startedAt: number): Promise<Scan> {
	const {file, errors: pattern, max} = log;
	const at = resolve(workspace, file);
	const sought = new RegExp(pattern);
	const shown: string[] = [];
	let [errors, lines] = [0, 0];
	const answer = (pieces: readonly Piece[], fault: string | null): Scan => ({
		file,
		errors,
		max,
		lines,
		since: mark?.at ?? null,
		shown,
		pieces: pieces.map(piece => piece.file),
		fault,
	});
	if (!statSync(at, {throwIfNoEntry: false})?.isFile()) return answer([], `${file} is not there, or is no file`);
	const pieces = piecesSince(at, mark, startedAt);
	try {
		for (const piece of pieces) {
			for await (const line of linesOf(piece)) {
				lines += 1;
				if (!sought.test(line)) continue;
				errors += 1;
				if (shown.length < mostShown) shown.push(line.slice(0, longest));
			}
		}
		return answer(pieces, null);
	} catch (error) {
		return answer(pieces, failureText(error));
	}
}

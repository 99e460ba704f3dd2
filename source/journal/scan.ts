/*
Bytes of a journal -> entries, each checked against the one before it. What does not fit is either the rest of an append that
never ended, at the very end and nowhere else, or damage. A power cut leaves a line short or full of zeros, never of other
bytes: a whole last line that does not fit was changed by somebody, and is no more cut off than one in the middle.
*/
import {type Entry, StoreFault} from '../cutover/ports.ts';
import type {Head} from '../cutover/store.ts';
import {follows, headOf, origin, read} from './entry.ts';

/** A place in the file behind a whole append: offset in bytes, and the newest entry before it. */
export type Mark = {readonly offset: number; readonly head: Head};

export const start: Mark = {offset: 0, head: origin};

/**
 * `entries`: of whole appends. `end`: behind the last one; `before`: behind the one before it, or where reading began.
 * `rest`: bytes behind `end`, of an append that is being written or never ended. `damaged`: number of the entry that does not fit.
 */
export type Scan = {
	readonly entries: readonly Entry[];
	readonly before: Mark;
	readonly end: Mark;
	readonly rest: number;
	readonly damaged: number | null;
};

const lineFeed = 0x0a;

function* linesIn(bytes: Buffer, from: number): Generator<Buffer> {
	for (let at = from, feed = bytes.indexOf(lineFeed, at); feed >= 0; feed = bytes.indexOf(lineFeed, at)) {
		yield bytes.subarray(at, feed);
		at = feed + 1;
	}
}

/** Whether these bytes may all be of one append behind `head` that never ended: holes, and whole lines of that same append. */
const neverEnded = (bytes: Buffer, from: number, head: Head): boolean =>
	linesIn(bytes, from).every(line => line.includes(0) || read(line.toString())?.batch?.first === head.seq + 1);

/** A whole line whose line feed became something else: no write ends like that. */
const lastChanged = (bytes: Buffer, at: number, head: Head): boolean => {
	const rest = bytes.subarray(at);
	if (rest.length === 0 || rest.at(-1) === 0) return false;
	const entry = read(rest.toString('utf8', 0, rest.length - 1));
	return entry !== null && follows(entry, head);
};

/** `bytes`: of the file from `from.offset` to its end. */
export function scan(bytes: Buffer, from: Mark): Scan {
	const entries: Entry[] = [];
	let [before, end, last] = [from, from, from.head];
	let pending: Entry[] = [];
	let at = 0;
	const ending = (damaged: boolean): Scan => ({
		entries,
		before,
		end,
		rest: from.offset + bytes.length - end.offset,
		damaged: damaged ? last.seq + 1 : null,
	});

	for (let feed = bytes.indexOf(lineFeed); feed >= 0; feed = bytes.indexOf(lineFeed, at)) {
		const entry = read(bytes.toString('utf8', at, feed));
		if (entry === null || !follows(entry, last)) return ending(!neverEnded(bytes, end.offset - from.offset, end.head));
		at = feed + 1;
		last = headOf(entry);
		pending.push(entry);
		if (entry.batch !== undefined && entry.batch.last !== entry.seq) continue;
		for (const one of pending) entries.push(one);
		pending = [];
		before = end;
		end = {offset: from.offset + at, head: last};
	}
	return ending(lastChanged(bytes, at, last));
}

export const brokenFault = (seq: number, path: string): StoreFault =>
	new StoreFault(
		'broken',
		`Entry ${seq} of the journal is damaged: it does not fit the chain (line ${seq} of ${path}). Nothing is cut off and nothing can be recorded.`,
		'Bring journal.ndjson back from a copy; never edit it by hand.',
	);

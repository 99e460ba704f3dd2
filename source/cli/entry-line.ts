/* Entries of the journal as lines. */

import type {Entry, StoreFault} from '../cutover/ports.ts';
import {sentence, statedIn} from '../cutover/snapshot/sentence.ts';
import {instant, wall} from '../text/time.ts';
import type {Line} from './colour.ts';

/** Its sentence, between what is before and after it. */
export function entryLine(before: string, entry: Entry, after = ''): Line {
	const found = statedIn(entry);
	return found === null
		? `${before}${sentence(entry)}${after}`
		: {before: `${before}${found.before}`, word: found.word, after: `${found.after}${after}`};
}

const most = 50;

/** Entries that the database lost, a line each, for whoever reads no screen; the file that the fault names holds all. */
export function lostLines({lost}: StoreFault): readonly string[] {
	const lines = lost
		.slice(0, most)
		.map(entry => `LOST ${String(entry.seq).padStart(4)}  ${wall(instant(entry.at))}  ${sentence(entry)}`);
	return lost.length > most ? [...lines, `LOST ${lost.length - most} more`] : lines;
}

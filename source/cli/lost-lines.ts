/* What the database lost of a journal, for whoever reads no screen. */
import type {StoreFault} from '../cutover/ports.ts';
import {sentence} from '../cutover/snapshot/sentence.ts';
import {instant, wall} from '../text/time.ts';

const most = 50;

/** The lost entries of a fault, a line each; the file that the fault names holds all. */
export function lostLines({lost}: StoreFault): readonly string[] {
	const lines = lost
		.slice(0, most)
		.map(entry => `LOST ${String(entry.seq).padStart(4)}  ${wall(instant(entry.at))}  ${sentence(entry)}`);
	return lost.length > most ? [...lines, `LOST ${lost.length - most} more`] : lines;
}

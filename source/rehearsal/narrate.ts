/*
The journal read aloud while it grows: each entry as one line, at its place on the T clock.
*/

import {entryLine} from '../cli/entry-line.ts';
import type {Line} from '../cli/io.ts';
import type {State} from '../cutover/model/state.ts';
import type {Entry, Journal} from '../cutover/ports.ts';
import {clock, instant} from '../text/time.ts';

/** `T-00:41:20`, `T+00:10:00`; from the planned T0 until the real one. */
export function tClock({t0, t0Started}: Pick<State, 't0' | 't0Started'>, at: number): string {
	const zero = t0Started !== null && at >= t0Started ? t0Started : t0;
	return `T${at < zero ? '-' : '+'}${clock(at - zero)}`;
}

/** Says every entry after `from` once, those that stand there already too. Returns how to stop; that says what is left. */
export function narrate(journal: Journal, say: (line: Line) => void, from = 0): () => void {
	let seq = from;
	const tell = (entry: Entry): void => {
		seq = entry.seq;
		say(entryLine(`${tClock(journal.state(), instant(entry.at))}  `, entry));
	};
	const look = (): void => {
		for (const entry of journal.entries()) if (entry.seq > seq) tell(entry);
	};
	look();
	const stop = journal.watch(look);
	return () => {
		stop();
		look();
	};
}

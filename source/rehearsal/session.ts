/*
The place from which a rehearsal is played or looked at. A screen that is killed leaves nothing but what is on disk:
the cutover is opened anew from there, and read on aloud where it was.
*/

import type {Line} from '../cli/colour.ts';
import {type Opened, openCutover} from '../cli/compose.ts';
import {entryLine} from '../cli/entry-line.ts';
import {type Io, say} from '../cli/io.ts';
import type {State} from '../cutover/model/state.ts';
import type {Entry, Journal} from '../cutover/ports.ts';
import {clock, instant} from '../text/time.ts';

/** `T-00:41:20`, `T+00:10:00`; from the planned T0 until the real one. */
export function tClock({t0, t0Started}: Pick<State, 't0' | 't0Started'>, at: number): string {
	const zero = t0Started !== null && at >= t0Started ? t0Started : t0;
	return `T${at < zero ? '-' : '+'}${clock(at - zero)}`;
}

/**
Reads the journal aloud while it grows: each entry after `from` once, at its place on the T clock, those that are there already
too. Returns how to stop; that says what is left.
*/
function narrate(journal: Journal, say: (line: Line) => void, from: number): () => void {
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

export type Session = {
	/** As it is now: it may be opened anew. */
	opened(): Opened;
	/** Kills the screen there, or, where there is none, whoever plays. */
	kill(): void;
	/** Called at each kill; returns how to listen no more. */
	onKill(die: () => void): () => void;
	/** After a kill, throws away all that is held in memory, and opens the cutover again; answers whether it did. */
	renew(): Promise<boolean>;
	leave(): void;
};

/** `aloud`: each entry is said once, whoever holds the journal. */
export function sessionAt(io: Io, first: Opened, aloud: boolean): Session {
	const dying = new Set<() => void>();
	let opened = first;
	let killed = false;
	const read = (from: number) => (aloud ? narrate(opened.journal, line => say(io, line), from) : () => {});
	let stop = read(0);
	return {
		opened: () => opened,
		kill() {
			killed = true;
			for (const die of dying) die();
		},
		onKill(die) {
			dying.add(die);
			return () => void dying.delete(die);
		},
		async renew() {
			if (!killed) return false;
			killed = false;
			const {catalog, id, journal} = opened;
			stop();
			const {seq} = journal.state();
			await opened.close();
			opened = await openCutover(io, catalog, id);
			stop = read(seq);
			return true;
		},
		leave: () => stop(),
	};
}

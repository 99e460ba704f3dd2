/*
The place from which a rehearsal is played or looked at. A screen that is killed leaves nothing but what stands on disk:
the cutover is opened anew from there, and read on aloud where it was.
*/

import {type Opened, openCutover} from '../cli/compose.ts';
import {type Io, say} from '../cli/io.ts';
import {narrate} from './narrate.ts';

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

/*
The place from which a rehearsal is played or looked at. A screen that is killed leaves nothing but what stands on disk:
the cutover is opened anew from there, and read on aloud where it was.
*/
import {type Io, say} from '../io.ts';
import {type Opened, openCutover} from '../world.ts';
import {narrate} from './narrate.ts';

export type Seat = {
	opened(): Opened;
	/** Throws away all that is held in memory, and opens it again. */
	anew(): Promise<void>;
	leave(): void;
};

/** `aloud`: each entry is said once, whoever holds the journal. */
export function seatAt(io: Io, first: Opened, aloud: boolean): Seat {
	let opened = first;
	const read = (from: number) => (aloud ? narrate(opened.journal, line => say(io, line), from) : () => {});
	let stop = read(0);
	return {
		opened: () => opened,
		async anew() {
			const {folder, journal} = opened;
			stop();
			const {seq} = journal.state();
			opened.close();
			opened = await openCutover(io, folder);
			stop = read(seq);
		},
		leave: () => stop(),
	};
}

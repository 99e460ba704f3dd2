/* The page of an open cutover: where its content comes from, and how long it is shown. */

import {isOver} from '../cutover/model/state.ts';
import {boardOf} from '../page/board.ts';
import {outsideReader} from '../page/outside.ts';
import type {Source} from '../serve/live.ts';
import type {Opened} from './compose.ts';
import type {Io} from './io.ts';
import {codeOf, untilEnd} from './until-end.ts';

type Read = Pick<Opened, 'journal' | 'clock' | 'watcher'>;

const lookEveryMs = 1000;

/** What readers are shown, and when it changes. */
export function pageSource({journal, clock, watcher}: Read): Source {
	const outside = outsideReader();
	return {
		board(before) {
			const fault = journal.fault();
			const here = {folder: '', restricted: fault !== null, watcher: watcher(), away: fault?.away?.since ?? null};
			return boardOf(outside(journal.entries()), clock.now(), journal.observed(), here, before);
		},
		watch(changed) {
			const stops = [journal.watch(changed), clock.every(lookEveryMs, () => void journal.look().catch(changed))];
			return () => {
				for (const stop of stops) stop();
			};
		},
	};
}

/** Resolves with the exit code once the cutover is over, or a signal arrived. */
export const untilOver = (io: Io, {journal}: Pick<Read, 'journal'>): Promise<number> =>
	untilEnd(io, codeOf, end => {
		const look = (): void => {
			if (isOver(journal.state().status)) end(0);
		};
		const stop = journal.watch(look);
		look();
		return [stop];
	});

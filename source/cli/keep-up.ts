/*
Whoever looks at a cutover also keeps its work going where its watcher is gone: a screen that is open
starts another one, records the end of an attempt whose runner was lost, and checks whether the rollback is ready.
*/
import {isQuiet} from '../watch/watcher.ts';
import type {Opened} from './compose.ts';

const everyMs = 1000;
/** As the watcher itself looks less often while nothing runs and nothing is due. */
const quietBeats = 5;

/** Reconciles each second from now on; answers how to stop. What fails is tried again: a store's fault is on the screen. */
export const keepUp = ({
	clock,
	journal,
	reconcile,
	lookAtPath,
	lookAtEarlier,
}: Pick<Opened, 'clock' | 'journal' | 'reconcile' | 'lookAtPath' | 'lookAtEarlier'>): (() => void) => {
	let beat = 0;
	return clock.every(everyMs, () => {
		if (beat++ % quietBeats === 0 || !isQuiet(journal.state(), clock.now())) reconcile().catch(() => {});
		void lookAtPath();
		void lookAtEarlier();
	});
};

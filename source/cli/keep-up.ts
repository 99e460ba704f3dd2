/*
Whoever looks at a cutover also sees to it that what is owed goes on, should its watcher be gone: a screen that is open
starts another one, records the end of an attempt whose runner was lost, and checks whether the rollback is ready.
*/
import type {Opened} from './compose.ts';

const everyMs = 1000;

/** Reconciles each second from now on; answers how to stop. What fails is tried again: a store's fault stands on the screen. */
export const keepUp = ({
	clock,
	reconcile,
	lookAtPath,
	lookAtEarlier,
}: Pick<Opened, 'clock' | 'reconcile' | 'lookAtPath' | 'lookAtEarlier'>): (() => void) =>
	clock.every(everyMs, () => {
		reconcile().catch(() => {});
		void lookAtPath();
		void lookAtEarlier();
	});

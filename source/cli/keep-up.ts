/*
Whoever looks at a cutover also sees to it that what is owed goes on, should its watcher be gone: a screen that is open
starts another one, and tells the end of an attempt whose runner was lost.
*/
import type {Opened} from './world.ts';

const everyMs = 1000;

/** Reconciles each second from now on; answers how to stop. What fails is tried again: a store's fault stands on the screen. */
export const keepUp = ({clock, reconcile}: Pick<Opened, 'clock' | 'reconcile'>): (() => void) =>
	clock.every(everyMs, () => void reconcile().catch(() => {}));

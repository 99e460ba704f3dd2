/*
A wait that ends early where something is asked for meanwhile.
*/
import type {Clock} from '../../cutover/ports.ts';

/** A signal that is given already does not end it. */
export const pause = (clock: Clock, ms: number, signals: readonly (AbortSignal | undefined)[]): Promise<void> =>
	new Promise(resolve => {
		const done = (): void => {
			stop();
			for (const signal of signals) signal?.removeEventListener('abort', done);
			resolve();
		};
		const stop = clock.after(ms, done);
		for (const signal of signals) signal?.addEventListener('abort', done);
	});

/* Watching that ends by itself, by an error, or by a signal. */
import {constants} from 'node:os';
import type {Io, Signal} from './io.ts';

/** The exit code of a process that this signal ended. */
export const codeOf = (signal: Signal): number => 128 + constants.signals[signal];

/**
 * Resolves with what `end` is called with, or with what a signal makes of it; rejects with what `fail` is called with. `start` begins to
 * listen, and answers with how to stop each; all of that is stopped then.
 */
export function untilEnd<T>(
	{onSignal}: Pick<Io, 'onSignal'>,
	signalled: (signal: Signal) => T,
	start: (end: (value: T) => void, fail: (error: unknown) => void, isOver: () => boolean) => readonly (() => void)[],
): Promise<T> {
	return new Promise((resolve, reject) => {
		const stops: (() => void)[] = [];
		let isOver = false;
		const over = (finish: () => void): void => {
			isOver = true;
			for (const stop of stops.splice(0)) stop();
			finish();
		};
		const end = (value: T): void => over(() => resolve(value));
		stops.push(onSignal(signal => end(signalled(signal))));
		stops.push(
			...start(
				end,
				error => over(() => reject(error)),
				() => isOver,
			),
		);
		// It may have ended at once.
		if (isOver) over(() => {});
	});
}

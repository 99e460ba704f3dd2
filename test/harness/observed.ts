/** Waiting for a state of the world, never for a time. */
import {performance} from 'node:perf_hooks';
import {setTimeout as pause} from 'node:timers/promises';

/** Between two looks, in ms: twice as long as a look takes, because one that starts a process would keep a core busy. */
const [least, most] = [20, 500];

/** Long, because a loaded machine is no failure: a state that never comes is the only thing that costs it. */
export const patience = 90_000;

/** What `look` finds once it finds something; after `within` ms an error with what it found instead, as `stands` says it. */
export async function observed<T>(
	what: string,
	look: () => T | null | undefined | false | Promise<T | null | undefined | false>,
	stands: () => unknown = () => '',
	within = patience,
): Promise<T> {
	const until = performance.now() + within;
	for (;;) {
		const from = performance.now();
		const found = await look();
		if (found !== null && found !== undefined && found !== false) return found;
		if (performance.now() > until) throw new Error(`Not seen within ${within / 1000} s: ${what}\n${stands()}`);
		await pause(Math.min(most, Math.max(least, 2 * (performance.now() - from))));
	}
}

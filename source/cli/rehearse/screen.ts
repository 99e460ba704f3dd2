/*
A rehearsal on the screen. Leaving the screen stops nothing, here as on the night; what the rehearsal brought along ends
with the verb, so the verb stays and offers the screen again.
*/
import {dirname} from 'node:path';
import {safe} from '../../text/clean.ts';
import {forScreen} from '../acts.ts';
import {line} from '../ask.ts';
import {Call} from '../call.ts';
import {tell} from '../io.ts';
import {show} from '../show.ts';
import type {Opened} from '../world.ts';

/** Null where the operator wants no more. Rejects with what ended the rehearsal from outside. */
async function again({io}: Call, signal: AbortSignal): Promise<string | null> {
	const {promise, reject} = Promise.withResolvers<never>();
	const abort = (): void => reject(signal.reason);
	signal.addEventListener('abort', abort);
	try {
		signal.throwIfAborted();
		return await Promise.race([
			promise,
			line(io, safe('The rehearsal goes on. Enter opens its screen again, Ctrl-C ends it: ')),
		]);
	} finally {
		signal.removeEventListener('abort', abort);
		// A question that nobody answers any more would keep the process waiting for a line.
		io.stdin.pause();
	}
}

/** Exit code of the screen. */
export async function onScreen(call: Call, opened: Opened, signal: AbortSignal): Promise<number> {
	const own = new Call(call.io, [], {cutover: opened.id, state: dirname(opened.folder)});
	for (;;) {
		const code = await show(own, async () => ({cutover: forScreen(call.io, opened), clock: opened.clock}));
		signal.throwIfAborted();
		if (code !== 0 || opened.journal.state().closed !== null) return code;
		if ((await again(call, signal)) === null) {
			tell(call.io, safe('The rehearsal ends.'));
			return 0;
		}
		// Who asked for a line has paused the terminal, and a listener alone does not wake it again.
		call.io.stdin.resume();
	}
}

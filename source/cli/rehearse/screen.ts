/*
A rehearsal on the screen. Leaving the screen stops nothing, here as on the night; what the rehearsal brought along ends
with the verb, so the verb stays and offers the screen again.
*/
import {dirname} from 'node:path';
import {safe} from '../../text/clean.ts';
import {forScreen} from '../acts.ts';
import {line} from '../ask.ts';
import {Call} from '../call.ts';
import {type Io, tell} from '../io.ts';
import {keepUp} from '../keep-up.ts';
import {show} from '../show.ts';
import type {Seat} from './seat.ts';

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

/** The signals of the process, and one more that ends only the screen: as if its link were lost. */
const mortal = (io: Io, seat: Seat): Io => ({
	...io,
	onSignal(heard) {
		const stops = [seat.onKill(() => heard('SIGHUP')), io.onSignal(heard)];
		return () => {
			for (const stop of stops) stop();
		};
	},
});

/** Exit code of the screen. */
export async function onScreen(io: Io, seat: Seat, signal: AbortSignal): Promise<number> {
	const own = mortal(io, seat);
	for (;;) {
		const opened = seat.opened();
		const call = new Call(own, [], {cutover: opened.id, state: dirname(opened.folder)});
		const stop = keepUp(opened);
		const code = await show(call, async () => ({cutover: forScreen(own, opened), clock: opened.clock})).finally(stop);
		signal.throwIfAborted();
		if (!(await seat.renew())) {
			if (code !== 0 || opened.journal.state().closed !== null) return code;
			if ((await again(call, signal)) === null) {
				tell(io, safe('The rehearsal ends.'));
				return 0;
			}
		}
		// Who had the terminal has paused it, and a listener alone does not wake it again.
		io.stdin.resume();
	}
}

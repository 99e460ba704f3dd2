/*
A rehearsal on the screen. Leaving the screen stops nothing, here as on the night; what the rehearsal brought along ends
with the verb, so the verb stays and offers the screen again.
*/
import type {EventEmitter} from 'node:events';
import {dirname} from 'node:path';
import {safe} from '../../text/clean.ts';
import {forScreen} from '../acts.ts';
import {line} from '../ask.ts';
import {Call} from '../call.ts';
import {type Io, tell} from '../io.ts';
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
function withDeath(io: Io, screen: EventEmitter): Io {
	return {
		...io,
		onSignal(heard) {
			const die = (): void => heard('SIGHUP');
			screen.on('killed', die);
			const deaf = io.onSignal(heard);
			return () => {
				screen.off('killed', die);
				deaf();
			};
		},
	};
}

/** Exit code of the screen. */
export async function onScreen(io: Io, seat: Seat, screen: EventEmitter, signal: AbortSignal): Promise<number> {
	const mortal = withDeath(io, screen);
	let killed = false;
	screen.on('killed', () => {
		killed = true;
	});
	for (;;) {
		const opened = seat.opened();
		const own = new Call(mortal, [], {cutover: opened.id, state: dirname(opened.folder)});
		const code = await show(own, async () => ({cutover: forScreen(mortal, opened), clock: opened.clock}));
		signal.throwIfAborted();
		if (killed) {
			killed = false;
			await seat.anew();
			continue;
		}
		if (code !== 0 || opened.journal.state().closed !== null) return code;
		if ((await again(own, signal)) === null) {
			tell(io, safe('The rehearsal ends.'));
			return 0;
		}
		// Who asked for a line has paused the terminal, and a listener alone does not wake it again.
		io.stdin.resume();
	}
}

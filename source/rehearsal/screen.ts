/*
A rehearsal on the screen. Leaving the screen stops nothing, here as in a cutover; what the rehearsal brought along ends
with the command, so the command stays and offers the screen again.
*/
import {dirname} from 'node:path';
import {forScreen} from '../cli/acts.ts';
import {Args} from '../cli/args.ts';
import {line} from '../cli/ask.ts';
import {type Io, tell} from '../cli/io.ts';
import {keepUp} from '../cli/keep-up.ts';
import {codeOfLeft, show} from '../cli/show.ts';
import type {Session} from './session.ts';

/** Null where the operator wants no more. Rejects with what ended the rehearsal from outside. */
async function again({io}: Args, signal: AbortSignal): Promise<string | null> {
	const {promise, reject} = Promise.withResolvers<never>();
	const abort = (): void => {
		// The question has no end of its line.
		io.stderr.write('\n');
		reject(signal.reason);
	};
	signal.addEventListener('abort', abort);
	try {
		signal.throwIfAborted();
		return await Promise.race([
			promise,
			line(io, 'The rehearsal goes on. Enter opens its screen again, Ctrl-C ends it: '),
		]);
	} finally {
		signal.removeEventListener('abort', abort);
		// A question that nobody answers any more would keep the process waiting for a line.
		io.stdin.pause();
	}
}

/** The signals of the process, and one more that ends only the screen: as if its link were lost. */
const mortal = (io: Io, session: Session): Io => ({
	...io,
	onSignal(heard) {
		const stops = [session.onKill(() => heard('SIGHUP')), io.onSignal(heard)];
		return () => {
			for (const stop of stops) stop();
		};
	},
});

/** Exit code of the screen. */
export async function onScreen(io: Io, session: Session, signal: AbortSignal): Promise<number> {
	const own = mortal(io, session);
	for (;;) {
		const opened = session.opened();
		const call = new Args(own, [], {cutover: opened.id, state: dirname(opened.folder)});
		const stop = keepUp(opened);
		const left = await show(call, async () => ({cutover: forScreen(own, opened), clock: opened.clock})).finally(stop);
		const code = codeOfLeft(left);
		signal.throwIfAborted();
		if (!(await session.renew())) {
			if (code !== 0 || opened.journal.state().closed !== null) return code;
			if ((await again(call, signal)) === null) {
				tell(io, 'The rehearsal ends.');
				return 0;
			}
		}
	}
}

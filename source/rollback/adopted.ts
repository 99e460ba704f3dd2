/* A run that a person named is looked at before it is watched as the one that was sent. */

import type {Dispatch} from '../cutover/model/state.ts';
import {pause} from '../net/limit.ts';
import type {Ending} from '../processes/work.ts';
import {lookAtNamed, type Named} from './github/named.ts';
import type {Remotely} from './remotely.ts';

const longestMs = 60_000;
const everyMs = 5000;

async function observed({access, path, cancel}: Remotely, since: Dispatch, run: number): Promise<Named> {
	const {clock} = access;
	for (const until = clock.steady() + longestMs; ; await pause(clock, everyMs, [access.signal, cancel])) {
		const {after: greatest, date, login} = since;
		const found = await lookAtNamed(access, path.workflow, {greatest, date, login}, run);
		const isLast = cancel.aborted || access.signal?.aborted || clock.steady() + everyMs >= until;
		if (found.kind !== 'unseen' || !found.mayPass || isLast) return found;
	}
}

/** Null where it may be the one; else how the path ends: nobody knows, and a person may name another. */
export async function refuseNamed(remotely: Remotely, since: Dispatch): Promise<Ending | null> {
	const {run, adopted, reported} = since;
	if (run === null || adopted === null || reported !== null) return null;
	const found = await observed(remotely, since, run);
	if (found.kind === 'fits') return null;
	const why = found.kind === 'misfit' ? `is not the one that was sent: ${found.why}` : `was not seen: ${found.why}`;
	return {outcome: 'unknown', exit: null, reason: `run ${run}, as it was named, ${why}`};
}

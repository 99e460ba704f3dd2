/*
Follows what a command started to its end, and turns that into an exit code.
*/
import {type AttemptRef, attemptKey} from '../cutover/model/attempt-target.ts';
import type {Entry} from '../cutover/ports.ts';
import {ends} from '../cutover/snapshot/sentence.ts';
import {asSentence} from '../text/sentence.ts';
import type {Acting} from './act.ts';
import {detached, watch} from './follow.ts';
import {tell} from './io.ts';

/** The attempt with a process of its own that these entries begin. */
export function startedIn(entries: readonly Entry[]): AttemptRef | null {
	for (const entry of entries)
		if (entry.type === 'started' && entry.data.within === null)
			return {target: entry.data.target, attempt: entry.data.attempt};
	return null;
}

/** Streams an attempt: 0 passed, 1 not, 128+n where a signal ended the watching. `seq`: the newest entry already printed. */
export async function followed({call, opened}: Acting, attempt: AttemptRef, seq: number): Promise<number> {
	const key = attemptKey(attempt);
	const result = await watch(call.io, opened, {attempt, seq, done: state => state.attempts[key]?.ended ?? null});
	if ('signal' in result) return detached(call.io, key, result.signal);
	const {outcome, reason, still, log} = result.value;
	if (outcome === 'pass') return 0;
	const where = log === null ? '' : ` Its log: ${opened.folder}/attempts/${key}/log`;
	tell(call.io, `${key} ${asSentence(`${ends[outcome]}${reason === null ? '' : `: ${reason}`}`)}${where}`);
	if (still.length > 0) tell(call.io, `Still running of it: ${still.join(', ')}`);
	return 1;
}

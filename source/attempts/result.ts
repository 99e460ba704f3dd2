/*
The commands that record an attempt's end. Their ids are fixed, so that sending them again adds nothing.
*/

import {attemptKey} from '../cutover/model/attempt-target.ts';
import type {Command} from '../cutover/model/command.ts';
import type {Log} from '../cutover/model/event.ts';
import type {Attempt} from '../cutover/model/state.ts';
import type {Ending} from '../processes/work.ts';
import type {Judged} from './judge.ts';

/** `judged`: for a gate's own attempt what its verdict speaks of, null where the check did not end by itself. */
export function commandsOf(
	attempt: Attempt,
	{outcome, exit, reason}: Ending,
	judged: Judged | null,
	log: Log | null,
	still: readonly string[],
): readonly Command[] {
	const key = attemptKey(attempt);
	const {target, attempt: number} = attempt;
	const verdict = outcome === 'pass' || outcome === 'fail' ? outcome : 'unknown';
	const on = judged ?? {head: null, files: {}};
	const judge = (gate: string): Command => ({
		id: `${key}/judge`,
		type: 'judge',
		data: {gate, attempt: number, verdict, reason, head: on.head, files: on.files, log},
	});
	return [
		...('gate' in target ? [judge(target.gate)] : []),
		{id: `${key}/end`, type: 'end', data: {target, attempt: number, outcome, exit, reason, log, still}},
	];
}

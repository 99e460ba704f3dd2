/*
What really runs unattended, and cannot be undone, takes its word. The sample takes none: it cuts over
nothing but its own service.
*/

import type {Args} from '../cli/args.ts';
import {typed} from '../cli/ask.ts';
import {onTerminal, say, tell} from '../cli/io.ts';
import {whatWasRead, willRunLines} from '../cli/what-was-read.ts';
import type {Runbook} from '../cutover/model/runbook.ts';
import {rollbackPaths} from '../cutover/model/script.ts';
import type {Fault} from './fault.ts';
import type {Prepared} from './stage.ts';

type Word = {readonly word: string; readonly what: string; readonly runs: readonly string[]};

/** What T0 runs; and with a fault, after which it is rolled back, what the rollback runs. A workflow is replaced. */
function wordsFor({stages, rollback}: Runbook, faults: readonly Fault[]): readonly Word[] {
	const acts = stages.flatMap(({kind, playbook}) => (kind === 'act' && playbook !== null ? [playbook] : []));
	const paths = faults.length === 0 ? [] : rollbackPaths({rollback});
	const scripts = paths.flatMap(({script, commands = []}) => [...(script === undefined ? [] : [script]), ...commands]);
	return [
		{word: 'T0', what: 'T0', runs: acts},
		{word: 'ROLLBACK', what: 'The rollback', runs: scripts},
	].filter(({runs}) => runs.length > 0);
}

/** False where the operator did not type what it takes, or could not. */
export async function mayRun(call: Args, {read, runbook}: Prepared, faults: readonly Fault[]): Promise<boolean> {
	const {io} = call;
	const words = call.word(0) === null ? [] : wordsFor(runbook, faults);
	if (words.length === 0) return true;
	say(io, ...whatWasRead(read), ...willRunLines(read));
	const runs = words.map(each => `${each.what} really runs ${each.runs.join(', ')}`).join('. ');
	tell(io, `${runs}, in a copy of the workspace but against whatever it cuts over. It sees CUTOVER_REHEARSAL=1.`);
	const missing = words.filter(({word}) => !call.list('confirm').includes(word));
	if (onTerminal(io)) {
		for (const {word} of missing) if (!(await typed(io, word))) return false;
		return true;
	}
	if (missing.length === 0) return true;
	const options = missing.map(({word}) => `--confirm ${word}`).join(' ');
	tell(io, `Without a terminal this needs ${options}. Nothing was done.`);
	return false;
}

/*
What runs for real while nobody watches, and cannot be undone, takes its word. The sample takes none: it cuts over
nothing but its own service.
*/
import {safe} from '../../text/clean.ts';
import {typed} from '../ask.ts';
import type {Call} from '../call.ts';
import {onTerminal, say, tell} from '../io.ts';
import {understood, willRunLines} from '../understood.ts';
import type {Prepared} from './stage.ts';

/** False where the operator did not type it, or could not. */
export async function mayRun(call: Call, {read, runbook}: Prepared): Promise<boolean> {
	const {io} = call;
	const acts = runbook.stages.filter(({kind, playbook}) => kind === 'act' && playbook !== null);
	if (call.word(0) === null || acts.length === 0) return true;
	for (const line of [...understood(read), ...willRunLines(read)]) say(io, line);
	tell(
		io,
		safe(
			`T0 really runs ${acts.map(({playbook}) => playbook).join(', ')}, in a copy of the workspace but against whatever it cuts over. It is told that this is a rehearsal (CUTOVER_REHEARSAL=1).`,
		),
	);
	if (call.list('confirm').includes('T0')) return true;
	if (onTerminal(io)) return typed(io, 'T0');
	tell(io, safe('Without a terminal this needs --confirm T0. Nothing was done.'));
	return false;
}

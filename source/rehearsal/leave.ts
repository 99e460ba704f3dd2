/*
A rehearsal that is ended before its end: what runs is stopped as a person would stop it, so that the journal says so,
and then nothing of it is left.
*/

import {randomUUID} from 'node:crypto';
import type {Order} from '../cli/act.ts';
import type {Opened} from '../cli/compose.ts';
import {rowIn} from '../cutover/model/attempt-target.ts';
import {type Attempt, openAttempts, type State} from '../cutover/model/state.ts';
import {pause} from '../net/limit.ts';
import {endAll} from './cleanup.ts';
import type {Players} from './players.ts';

const patienceMs = 10_000;
const glanceMs = 50;

function stopOrder({target}: Attempt, reason: string): Order {
	const confirm = ['CANCEL'];
	const row = rowIn(target);
	return row === null
		? {type: 'cancelRollback', data: {reason}, confirm}
		: {type: 'stop', data: {target: row, reason}, confirm};
}

function ownerOf({runbook}: State, {target}: Attempt): string | null {
	const row = [...(runbook?.gates ?? []), ...(runbook?.stages ?? [])].find(({id}) => id === rowIn(target));
	const closing = runbook?.stages.findLast(({kind}) => kind === 'closing');
	return row?.owners[0] ?? closing?.owners[0] ?? null;
}

async function stopAttempts({journal, clock, reconcile}: Opened, players: Players, reason: string): Promise<void> {
	for (const attempt of openAttempts(journal.state())) {
		await journal.decide({...stopOrder(attempt, reason), id: randomUUID()}, players(ownerOf(journal.state(), attempt)));
	}
	for (
		const until = clock.steady() + patienceMs;
		openAttempts(journal.state()).length > 0 && clock.steady() < until;
	) {
		await reconcile();
		await pause(clock, glanceMs);
	}
}

/** Leaves nothing running. `reason`: why it ends now; not said of one that is closed. */
export async function leave(opened: Opened, players: Players, reason: string): Promise<void> {
	const {journal, folder, clock} = opened;
	const closed = journal.state().closed !== null;
	try {
		if (!closed && journal.fault() === null) {
			await stopAttempts(opened, players, reason);
			await journal.decide(
				{type: 'note', data: {text: `The rehearsal ended: ${reason}.`, on: null}, id: randomUUID()},
				players(null),
			);
		}
	} finally {
		await opened.close();
		await endAll(folder, clock, closed);
	}
}

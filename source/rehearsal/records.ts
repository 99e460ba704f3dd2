/*
The end of the night: sign-offs by their roles, what only people know, and the seal.
*/

import type {SignOff} from '../cutover/model/runbook.ts';
import {evidenceFields} from '../cutover/snapshot/evidence-fields.ts';
import {act, type Play, send} from './play.ts';

const reason = 'a rehearsal';

async function sign(play: Play, {id, role}: SignOff): Promise<void> {
	const by = play.players(role);
	const answer = await send(play, {type: 'sign', data: {signOff: id}}, by);
	if (answer.refused) await act(play, {type: 'setNotRecorded', data: {what: id, reason: answer.why}}, by);
}

/** Signs, fills and closes. Throws Stopped where a rule refuses the seal. */
export async function finishRecords(play: Play): Promise<void> {
	const {journal} = play.opened;
	const {runbook} = journal.state();
	for (const item of runbook?.signOffs ?? []) await sign(play, item);
	for (const {field, value} of evidenceFields(journal.state())) {
		if (value === null) await act(play, {type: 'setNotRecorded', data: {what: field, reason}}, play.players(null));
	}
	const closer = runbook?.stages.findLast(({kind}) => kind === 'closing')?.owners[0] ?? null;
	await act(play, {type: 'close', data: {reason}, confirm: ['CLOSE']}, play.players(closer));
}

/*
A rehearsal that plays itself: every role from the first stage to the evidence block, also where a fault comes between.
*/

import {evidenceOf} from '../cli/evidence.ts';
import {type Io, say, tell} from '../cli/io.ts';
import {stagesInOrder} from '../cutover/due/schedule.ts';
import type {Stage} from '../cutover/model/runbook.ts';
import {safe, safeLines} from '../text/clean.ts';
import {answer, goBack, liftHold} from './after.ts';
import {deviation, type Expected, expectedText} from './expect.ts';
import {playStage} from './parts.ts';
import {Alarm, type Play, Stopped} from './play.ts';
import {finishRecords} from './records.ts';

const mostHolds = 3;

const isOpen = ({opened}: Play, {id}: Stage): boolean => {
	const outcome = opened.journal.state().stages[id]?.outcome;
	return outcome !== 'done' && outcome !== 'skipped';
};

async function playStages(play: Play): Promise<void> {
	for (const stage of stagesInOrder(play.opened.journal.state())) {
		if (isOpen(play, stage)) await playStage(play, stage);
	}
}

/** True when nothing of the timeline is left. Rethrows what no fault explains. */
async function recover(play: Play, error: unknown, holds: number): Promise<boolean> {
	if (error instanceof Alarm) return answer(play, error);
	if (!(error instanceof Stopped) || !play.faults.began()) throw error;
	const {t0Started, rollback} = play.opened.journal.state();
	if (rollback !== null || (t0Started === null && holds >= mostHolds)) throw error;
	if (t0Started !== null) {
		await goBack(play, error.message.split('\n')[0] ?? 'it failed');
		return true;
	}
	await liftHold(play);
	return false;
}

async function playTimeline(play: Play): Promise<void> {
	for (let holds = 0; ; holds++) {
		try {
			return await playStages(play);
		} catch (error) {
			if (await recover(play, error, holds)) return;
		}
	}
}

/** Exit code: 0 from the first stage to the seal and as expected, else 1; rethrows what ended it from outside. */
export async function playItself(io: Io, play: Play, expected: Expected | null): Promise<number> {
	try {
		await playTimeline(play);
		await finishRecords(play);
	} catch (error) {
		if (!(error instanceof Stopped)) throw error;
		for (const line of safeLines(error.message)) tell(io, line);
		tell(io, safe('The rehearsal stopped there.'));
		return 1;
	}
	say(io, '');
	for (const line of safeLines(evidenceOf(play.opened, 'text'))) say(io, line);
	const otherwise = deviation(expected, play.opened.journal.state());
	if (otherwise !== null) tell(io, safe(otherwise));
	else if (expected !== null && play.faults.began()) tell(io, safe(`It ended as expected: ${expectedText(expected)}.`));
	return otherwise === null ? 0 : 1;
}

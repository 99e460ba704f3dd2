/*
A rehearsal that plays itself: every role from the first stage to the evidence block, also where a fault comes between.
*/

import {readingActs} from '../cli/acts.ts';
import {type Io, tell} from '../cli/io.ts';
import {safeLines} from '../text/clean.ts';
import {answer, goBack, outlast} from './after.ts';
import {deviation, type Expected, expectedText} from './expect.ts';
import {Alarm, type Play, Stopped} from './play.ts';
import {playNext} from './steps.ts';

const mostHolds = 3;

/** What a fault or a firing brought is answered, and what waits then goes on. Rethrows what no fault explains. */
async function recover(play: Play, error: unknown, holds: number): Promise<void> {
	if (error instanceof Alarm) return answer(play, error);
	if (!(error instanceof Stopped) || !play.faults.began()) throw error;
	const {t0Started, rollback} = play.opened.journal.state();
	if (rollback !== null || (t0Started === null && holds >= mostHolds)) throw error;
	return t0Started === null ? outlast(play) : goBack(play, error.message.split('\n')[0] ?? 'it failed');
}

async function playAll(play: Play): Promise<void> {
	for (let holds = 0; ; holds++) {
		try {
			return await playNext(play);
		} catch (error) {
			await recover(play, error, holds);
		}
	}
}

/** Exit code: 0 from the first stage to the seal and as expected, else 1; rethrows what ended it from outside. */
export async function playItself(io: Io, play: Play, expected: Expected | null): Promise<number> {
	try {
		await playAll(play);
	} catch (error) {
		if (!(error instanceof Stopped)) throw error;
		tell(io, ...safeLines(error.message), 'The rehearsal stopped there.');
		return 1;
	}
	io.stdout.write(`\n${readingActs(io, play.opened).evidence()}`);
	const otherwise = deviation(expected, play.opened.journal.state());
	if (otherwise !== null) tell(io, otherwise);
	else if (expected !== null && play.faults.began()) tell(io, `It ended as expected: ${expectedText(expected)}.`);
	return otherwise === null ? 0 : 1;
}

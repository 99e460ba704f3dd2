/*
A rehearsal that plays itself: every role from the first stage to the evidence block.
*/
import {stagesInOrder} from '../../cutover/schedule.ts';
import {safe, safeLines} from '../../text/clean.ts';
import {evidenceOf} from '../evidence.ts';
import {type Io, say, tell} from '../io.ts';
import {finishPapers} from './papers.ts';
import {playStage} from './parts.ts';
import {type Play, Stopped} from './play.ts';

async function playAll(play: Play): Promise<void> {
	for (const stage of stagesInOrder(play.opened.journal.state())) await playStage(play, stage);
	await finishPapers(play);
}

/** Exit code: 0 from the first stage to the seal, 1 where it came to a stop; rethrows what ended it from outside. */
export async function playItself(io: Io, play: Play): Promise<number> {
	try {
		await playAll(play);
	} catch (error) {
		if (!(error instanceof Stopped)) throw error;
		for (const line of safeLines(error.message)) tell(io, line);
		tell(io, safe('The rehearsal stopped there.'));
		return 1;
	}
	say(io, '');
	for (const line of safeLines(evidenceOf(play.opened, 'text'))) say(io, line);
	return 0;
}

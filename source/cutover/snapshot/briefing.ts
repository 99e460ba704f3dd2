/*
What somebody who comes back has to know first (`status --since`, and the screen of who was away): how long, what happened
meanwhile, what waits for them and what for others, and which of their words they still have to confirm.
*/
import {sameName} from '../../text/same-name.ts';
import {instant} from '../../text/time.ts';
import type {Person} from '../model/person.ts';
import type {Entry} from '../ports.ts';
import type {Waiting} from './next-step.ts';
import {sentence} from './sentence.ts';
import type {Snapshot} from './snapshot.ts';

/** An entry as a sentence; `at` in ms. */
export type BriefingEntry = {readonly seq: number; readonly at: number; readonly text: string};

/** Times in ms. `happened`: the entries after `from`, oldest first; runners' steps are left out. */
export type Briefing = {
	readonly from: number;
	readonly to: number;
	/** The newest act of theirs. */
	readonly lastAct: BriefingEntry | null;
	readonly waitsForYou: readonly Waiting[];
	readonly waitsForOthers: readonly Waiting[];
	readonly toConfirm: Snapshot['unconfirmed'];
	readonly happened: readonly BriefingEntry[];
};

const reported = (entry: Entry): BriefingEntry => ({seq: entry.seq, at: instant(entry.at), text: sentence(entry)});

const isStep = ({type}: Entry): boolean => type === 'stepBegun' || type === 'stepEnded';

const theirs = (entry: Entry, {name}: Person): boolean =>
	entry.by.strength !== 'process' && sameName(entry.by.relay?.by ?? entry.by.name, name);

/** `from`: since when they were away, in ms. `snapshot` is theirs, and of now. */
export const brief = (snapshot: Snapshot, entries: readonly Entry[], from: number, you: Person): Briefing => {
	const lastAct = entries.findLast(entry => theirs(entry, you));
	return {
		from,
		to: snapshot.now,
		lastAct: lastAct ? reported(lastAct) : null,
		waitsForYou: snapshot.waits.filter(({mine}) => mine),
		waitsForOthers: snapshot.waits.filter(({mine, roles}) => !mine && roles.length > 0),
		toConfirm: snapshot.unconfirmed.filter(({speaker}) => sameName(speaker, you.name)),
		happened: entries.filter(entry => instant(entry.at) > from && !isStep(entry)).map(reported),
	};
};

/*
What somebody who comes back has to know first (`status --since`, and the screen of who was away): how long, what happened
meanwhile, what waits for them and what for others, and which of their words they still have to confirm.
*/
import {instant} from '../text/time.ts';
import type {Person} from './person.ts';
import type {Entry} from './ports.ts';
import {sentence} from './sentence.ts';
import type {Standing, Waiting} from './standing.ts';

/** An entry as it is told; `at` in ms. */
export type Told = {readonly seq: number; readonly at: number; readonly text: string};

/** Times in ms. `happened`: the entries after `from`, oldest first; runners' steps are left out. */
export type Briefing = {
	readonly from: number;
	readonly to: number;
	/** The newest act of theirs. */
	readonly lastAct: Told | null;
	readonly waitsForYou: readonly Waiting[];
	readonly waitsForOthers: readonly Waiting[];
	readonly toConfirm: Standing['unconfirmed'];
	readonly happened: readonly Told[];
};

const told = (entry: Entry): Told => ({seq: entry.seq, at: instant(entry.at), text: sentence(entry)});

const isStep = ({type}: Entry): boolean => type === 'stepBegun' || type === 'stepEnded';

const theirs = (entry: Entry, {name}: Person): boolean =>
	entry.by.strength !== 'process' && (entry.by.relay?.by ?? entry.by.name) === name;

/** `from`: since when they were away, in ms. `standing` is theirs, and of now. */
export const brief = (standing: Standing, entries: readonly Entry[], from: number, you: Person): Briefing => {
	const lastAct = entries.findLast(entry => theirs(entry, you));
	return {
		from,
		to: standing.now,
		lastAct: lastAct ? told(lastAct) : null,
		waitsForYou: standing.waits.filter(({mine}) => mine),
		waitsForOthers: standing.waits.filter(({mine, roles}) => !mine && roles.length > 0),
		toConfirm: standing.unconfirmed.filter(({speaker}) => speaker.toLowerCase() === you.name.toLowerCase()),
		happened: entries.filter(entry => instant(entry.at) > from && !isStep(entry)).map(told),
	};
};

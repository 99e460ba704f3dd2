/*
What somebody who comes back has to know first (`status --since`, and the screen of who was away): how long, what happened
meanwhile, what waits for them and what for others, and which of their words they still have to confirm.
*/

import {instant} from '../text/time.ts';
import type {Seen} from './command.ts';
import type {Person} from './person.ts';
import type {Entry} from './ports.ts';
import {sentence} from './sentence.ts';
import {stand} from './stand.ts';
import type {Standing, Waiting} from './standing.ts';
import type {State} from './state.ts';

/** Times in ms. `happened`: the entries after `from`, oldest first; runners' steps are left out. */
export type Briefing = {
	readonly from: number;
	readonly to: number;
	readonly standing: Standing;
	/** The newest act of theirs, by its number. */
	readonly lastAct: {readonly seq: number; readonly at: number; readonly text: string} | null;
	readonly waitsForYou: readonly Waiting[];
	readonly waitsForOthers: readonly Waiting[];
	readonly toConfirm: Standing['unconfirmed'];
	readonly happened: readonly {readonly seq: number; readonly at: number; readonly text: string}[];
};

const told = (entry: Entry) => ({seq: entry.seq, at: instant(entry.at), text: sentence(entry)});

const isStep = ({type}: Entry): boolean => type === 'stepBegun' || type === 'stepEnded';

const theirs = (entry: Entry, {name}: Person): boolean =>
	entry.by.strength !== 'process' && (entry.by.relay?.by ?? entry.by.name) === name;

/** `from`: since when they were away, in ms. */
export const brief = (
	state: State,
	entries: readonly Entry[],
	from: number,
	at: number,
	seen: Seen,
	you: Person,
): Briefing => {
	const standing = stand(state, at, seen, you);
	const lastAct = entries.findLast(entry => theirs(entry, you));
	return {
		from,
		to: at,
		standing,
		lastAct: lastAct ? told(lastAct) : null,
		waitsForYou: standing.waits.filter(({mine}) => mine),
		waitsForOthers: standing.waits.filter(({mine, roles}) => !mine && roles.length > 0),
		toConfirm: standing.unconfirmed.filter(({speaker}) => speaker.toLowerCase() === you.name.toLowerCase()),
		happened: entries.filter(entry => instant(entry.at) > from && !isStep(entry)).map(told),
	};
};

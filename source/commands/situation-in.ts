/* The situation of a person in front of a journal; apart from its type, so that the catalogue loads no rules. */
import type {Person} from '../cutover/model/person.ts';
import type {Journal} from '../cutover/ports.ts';
import {snapshotOf} from '../cutover/snapshot/snapshot-of.ts';
import type {Situation} from './situation.ts';

/** As it is for this person now; `now` in ms. */
export const situationIn = (journal: Journal, now: number, person: Person): Situation => {
	const state = journal.state();
	return {
		state,
		snapshot: snapshotOf(state, now, journal.observed(), person),
		person,
		chosen: null,
		would: (draft, as, speaker) =>
			journal.would(
				{...draft, id: 'would', ...(speaker === undefined ? {} : {relayed: {speaker, channel: '…', words: '…'}})},
				{...person, role: as ?? person.role},
			),
	};
};

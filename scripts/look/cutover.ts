/** A scenario's cutover behind the ports of a screen: the real journal and rules, in memory; no file and no process. */

import {evidenceOf} from '../../source/cli/evidence.ts';
import type {State} from '../../source/cutover/model/state.ts';
import type {Acts, Clock, Cutover, Journal, Tail} from '../../source/cutover/ports.ts';
import {storyOf} from '../../source/cutover/snapshot/story.ts';
import {asText} from '../../source/evidence/formats/text.ts';
import {format} from '../../source/journal/entry.ts';
import {openJournal} from '../../source/journal/journal.ts';
import {calm, given} from '../../test/given.ts';
import {emptyShelf, memoryStore} from '../../test/harness/memory-store.ts';
import {documents} from '../../test/scenarios/documents.ts';
import {sees} from '../../test/scenarios/health.ts';
import {runsIn} from '../../test/scenarios/run-files.ts';
import type {Scenario} from '../../test/scenarios/scenarios.ts';
import {pretend} from './pretend.ts';

const nothingHere = 'Nothing is written while one only looks.';

/** Lines that the scenario has, and another one each second. */
const tailOf = (said: readonly string[], clock: Clock): Tail => {
	const lines = [...said];
	return {
		watch(_, rows, changed) {
			const tell = () => changed(lines.slice(-rows), lines.length * 40);
			tell();
			return clock.every(1000, () => {
				lines.push(`line ${lines.length + 1}, made up`);
				tell();
			});
		},
		read: (_, from, count) => ({lines: lines.slice(from, from + count), total: lines.length}),
	};
};

const actsOf = (journal: Journal, clock: Clock): Acts => ({
	reconcile: async () => pretend(journal, clock),
	invite: async () => ({refused: true, why: nothingHere}),
	attach: async () => ({refused: true, why: nothingHere}),
	toSign: async () => ({refused: true, why: nothingHere}),
	sign: async () => ({refused: true, why: nothingHere}),
	cancelSigning: () => {},
	evidence: () => evidenceOf({journal, clock}, asText),
	update: () => storyOf(journal.state(), clock.now(), journal.observed()).join('\n'),
	formats: [{value: 'text', label: 'text'}],
	export: async () => nothingHere,
	copy: () => {},
	changes: () => null,
	approve: async () => ({refused: false, entries: []}),
	what: path => [`# ${path} would be here`],
	willRun: () => runsIn(journal.state()),
	document: path => documents[path] ?? {refused: true, why: nothingHere},
});

/** The cutover as it is in the scenario. */
export const cutoverOf = async (
	{acts, now, view, observed = calm, stories}: Scenario,
	clock: Clock,
): Promise<Cutover> => {
	const shelf = emptyShelf();
	shelf.lines.push(...given(acts, now).entries.map(format));
	const look = (state: State) => (stories === undefined ? observed : sees(state, clock.now(), stories, observed));
	const journal = await openJournal({store: memoryStore(shelf), clock, look});
	const cutover = {journal, tail: tailOf(view?.tail?.lines ?? [], clock), acts: actsOf(journal, clock)};
	await cutover.acts.reconcile();
	return cutover;
};

/*
The rows of each list in the order in which they are shown, in one place: the arrows move over exactly what a panel draws.
*/
import type {Entry} from '../../cutover/ports.ts';
import type {GateSnapshot} from '../../cutover/snapshot/gates.ts';
import {sentence} from '../../cutover/snapshot/sentence.ts';
import type {Snapshot} from '../../cutover/snapshot/snapshot.ts';
import type {Pane, View} from './view.ts';

/** Without an order of its own a verdict keeps the runbook's. */
const urgency = {fail: 0, unknown: 1, stale: 2, running: 3, pending: 4, pass: 5} satisfies Record<
	GateSnapshot['verdict'],
	number
>;

/** What failed first, then what blocks, then what waits; passing ones last. */
export const gatesInOrder = (gates: readonly GateSnapshot[]): readonly GateSnapshot[] =>
	[...gates].sort((a, b) => urgency[a.verdict] - urgency[b.verdict]);

/** Newest last; only those whose line holds the filter. */
export const entriesShown = (entries: readonly Entry[], filter: string): readonly Entry[] => {
	if (filter === '') return entries;
	const sought = filter.toLowerCase();
	return entries.filter(entry => `${entry.type} ${entry.by.name} ${sentence(entry)}`.toLowerCase().includes(sought));
};

/** What a screen shows; `entries` for the journal's rows. */
export type Source = {readonly snapshot: Snapshot; readonly view: View; readonly entries?: readonly Entry[]};

const none = (): readonly string[] => [];

const ids = {
	gates: ({snapshot}) => gatesInOrder(snapshot.gates).map(gate => gate.id),
	stages: ({snapshot}) => snapshot.stages.map(stage => stage.id),
	triggers: ({snapshot}) => snapshot.triggers.map(trigger => trigger.id),
	signOffs: ({snapshot}) => snapshot.signOffs.map(signOff => signOff.id),
	votes: ({snapshot}) => snapshot.poll?.votes.map(vote => vote.role) ?? [],
	fields: ({snapshot}) => snapshot.fields.map(({field}) => field),
	entries: ({entries = [], view}) => entriesShown(entries, view.filter).map(entry => String(entry.seq)),
	output: none,
	lines: none,
	text: none,
} satisfies {[P in Pane]: (source: Source) => readonly string[]};

/** Ids of a list's rows as shown; empty for a text. */
export const rowsOf = (pane: Pane, source: Source): readonly string[] => ids[pane](source);

/** Index of the marked row; where none was chosen yet the first one, in the journal the newest. */
export const chosenAt = (pane: Pane, view: View, rows: readonly string[]): number => {
	const at = rows.indexOf(view.chosen[pane] ?? '');
	return at >= 0 ? at : pane === 'entries' ? rows.length - 1 : 0;
};

/** Id of the row with the mark, where this pane is the one in use; null where it is another one, or empty. */
export const chosenIn = (pane: Pane, source: Source): string | null => {
	if (source.view.pane !== pane) return null;
	const rows = rowsOf(pane, source);
	return rows[chosenAt(pane, source.view, rows)] ?? null;
};

/** First row of a list's window, so that the chosen one (by index) is within `rows` rows of `count`. */
export const windowFrom = (count: number, chosen: number, rows: number): number => {
	if (count <= rows) return 0;
	return Math.max(0, Math.min(count - rows, chosen - Math.floor(rows / 2)));
};

const farAway = 1_000_000;

/** How far a key moves the mark of a list, in rows. */
export const rowSteps: Readonly<Record<string, number>> = {
	up: -1,
	down: 1,
	'page-up': -10,
	'page-down': 10,
	home: -farAway,
	end: farAway,
};

/** Where Tab has nothing else to go to. */
export const listSteps: Readonly<Record<string, number>> = {...rowSteps, 'shift-tab': -1, tab: 1};

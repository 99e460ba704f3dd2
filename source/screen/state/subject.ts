/* What a screen speaks of: the marked row, and whose output it shows. */
import {type AttemptRef, rowIn} from '../../cutover/model/attempt-target.ts';
import type {State} from '../../cutover/model/state.ts';
import type {Entry} from '../../cutover/ports.ts';
import type {Snapshot} from '../../cutover/snapshot/snapshot.ts';
import {chosenAt, rowsOf} from './rows.ts';
import {type Pane, sizeClass, type View} from './view.ts';

type Shown = {readonly snapshot: Snapshot; readonly view: View};

/** The newest attempt of a gate or stage, or the one asked for. A gate that a stage's attempt judges has its output there. */
export const attemptShownOf = ({attempts}: State, id: string, number: number | null): AttemptRef | null => {
	const found = Object.values(attempts).findLast(
		({target, attempt}) => rowIn(target) === id && (number === null || attempt === number),
	);
	if (found === undefined) return null;
	const {target, attempt} = found.within ?? found;
	return {target, attempt};
};

/** The marked row of the pane in use; null where it has none. `entries` for the journal's. */
export const selectedRow = ({
	view,
	snapshot,
	entries = [],
}: Shown & {readonly entries?: readonly Entry[]}): {readonly pane: Pane; readonly id: string} | null => {
	const rows = rowsOf(view.pane, {snapshot, entries, filter: view.filter});
	const id = rows[chosenAt(view.pane, view, rows)];
	return id === undefined ? null : {pane: view.pane, id};
};

/** The gate or stage that the board shows beside its lists. */
export const boardTarget = (now: Shown): string | null => {
	if (now.view.screen !== 'board' || sizeClass(now.view.size) !== 'wide') return null;
	const selected = selectedRow(now);
	return selected?.pane === 'gates' || selected?.pane === 'stages' ? selected.id : null;
};

/** Null where nothing has run that this screen would show. */
export const outputShown = (now: Shown & {readonly state: State}): AttemptRef | null => {
	const {view, state} = now;
	if (view.screen === 'run') return view.target === null ? null : attemptShownOf(state, view.target, view.attempt);
	if (view.screen === 'rollback') return state.rollback?.tried.at(-1) ?? null;
	const target = boardTarget(now);
	return target === null ? null : attemptShownOf(state, target, null);
};

/* What a screen speaks of: the marked row, and whose output it shows. */

import {type AttemptRef, attemptKey, rowIn} from '../../cutover/model/attempt-target.ts';
import type {State} from '../../cutover/model/state.ts';
import {chosenIn, type Source} from './rows.ts';
import {type Pane, sizeClass, type TailView} from './view.ts';

/** The newest attempt of a gate or stage, or the one asked for. A gate that a stage's attempt judges has its output there. */
export const attemptShownOf = ({attempts}: State, id: string, number: number | null): AttemptRef | null => {
	const found = Object.values(attempts).findLast(
		({target, attempt}) => rowIn(target) === id && (number === null || attempt === number),
	);
	if (found === undefined) return null;
	const {target, attempt} = found.within ?? found;
	return {target, attempt};
};

/** The marked row of the pane in use; null where it has none. */
export const selectedRow = (now: Source): {readonly pane: Pane; readonly id: string} | null => {
	const {pane} = now.view;
	const id = chosenIn(pane, now);
	return id === null ? null : {pane, id};
};

/** The gate or stage that the board shows beside its lists. */
export const boardTarget = (now: Source): string | null => {
	if (now.view.screen !== 'board' || sizeClass(now.view.size) !== 'wide') return null;
	const selected = selectedRow(now);
	return selected?.pane === 'gates' || selected?.pane === 'stages' ? selected.id : null;
};

/** Null where nothing has run that this screen would show. */
export const outputShown = (now: Source & {readonly state: State}): AttemptRef | null => {
	const {view, state} = now;
	if (view.screen === 'run') return view.target === null ? null : attemptShownOf(state, view.target, view.attempt);
	if (view.screen === 'rollback') return state.rollback?.tried.at(-1) ?? null;
	const target = boardTarget(now);
	return target === null ? null : attemptShownOf(state, target, null);
};

/** What was read of the output shown; null while the view holds what was read of another one. */
export const tailShown = (now: Source & {readonly state: State}): TailView | null => {
	const {tail} = now.view;
	const shown = outputShown(now);
	return tail !== null && shown !== null && attemptKey(tail) === attemptKey(shown) ? tail : null;
};

/*
Until a person moves it, the mark stands on the row that YOU or NEXT speaks of, so that the key shown beside it does exactly
that: on the board in whichever pane, elsewhere where the pane lists it. Whoever moved it keeps it until the next act.
*/

import type {Next, NextTarget} from '../../cutover/snapshot/next-step.ts';
import type {Snapshot} from '../../cutover/snapshot/snapshot.ts';
import type {Pane, View} from './view.ts';

type Row = {readonly pane: Pane; readonly id: string};

const panes: Readonly<Record<NextTarget['kind'], Pane | null>> = {
	gate: 'gates',
	stage: 'stages',
	trigger: 'triggers',
	signOff: 'signOffs',
	path: null,
	field: null,
	link: null,
};

/** The row that one of them speaks of; null where it speaks of none. */
export const rowOf = (item: Next | null): Row | null => {
	const pane = item?.target ? panes[item.target.kind] : null;
	return pane && item?.target ? {pane, id: item.target.id} : null;
};

/** What the person who looks has to do, else what comes next; null where neither speaks of a row. */
export const rowForNext = (snapshot: Snapshot): Row | null => rowOf(snapshot.you) ?? rowOf(snapshot.next);

export const autoSelect = (view: View, snapshot: Snapshot): View => {
	if (view.moved.includes(view.screen) || view.dialog !== null || view.waiting) return view;
	const row = rowForNext(snapshot);
	if (row === null || (view.screen !== 'board' && view.pane !== row.pane)) return view;
	if (view.pane === row.pane && view.chosen[row.pane] === row.id) return view;
	return {...view, pane: row.pane, chosen: {...view.chosen, [row.pane]: row.id}};
};

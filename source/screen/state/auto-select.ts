/*
Until a person moves it, the mark is on the row that YOU or NEXT speaks of, so that the key shown beside it, as `.`, does exactly
that: on the board in whichever pane, elsewhere where the pane lists it. Whoever moved it keeps it until the next act.
*/

import type {Next, NextTarget} from '../../cutover/snapshot/next-step.ts';
import type {ScreenContext} from '../acts/act.ts';
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

/** What is theirs goes first; where nobody is bound to a role, whoever sits here may do what comes next. */
export const inOrder = ({snapshot: {you, next}, state, view}: ScreenContext): readonly (Next | null)[] =>
	state.people === null && view.person.role === null ? [next, you] : [you, next];

/** Of the first of them that speaks of a row; null where neither does. */
export const rowForNext = (at: ScreenContext): Row | null => {
	const [first = null, second = null] = inOrder(at);
	return rowOf(first) ?? rowOf(second);
};

export const autoSelect = (at: ScreenContext): View => {
	const {view} = at;
	if (view.moved.includes(view.screen) || view.dialog !== null || view.waiting) return view;
	const row = rowForNext(at);
	if (row === null || (view.screen !== 'board' && view.pane !== row.pane)) return view;
	if (view.pane === row.pane && view.chosen[row.pane] === row.id) return view;
	return {...view, pane: row.pane, chosen: {...view.chosen, [row.pane]: row.id}};
};

/*
Until a person moves it, the mark stands on the row that YOU or NEXT speaks of, so that the key shown beside it does exactly
that: on the board in whichever pane, elsewhere where the pane lists it. Whoever moved it keeps it until the next act.
*/
import type {Next, Snapshot} from '../../cutover/snapshot/snapshot.ts';
import type {Pane, View} from './view.ts';

type Row = {readonly pane: Pane; readonly id: string};

const escaped = (id: string): string => id.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

const speaksOf = (text: string, id: string): boolean => new RegExp(`(^|[^\\w+-])${escaped(id)}($|[^\\w+-])`).test(text);

/** Rows by the keys that act on them: what a duty speaks of is one of them, by its id. */
const rows: Readonly<Record<string, (snapshot: Snapshot) => readonly Row[]>> = {
	r: ({gates, stages}) => [
		...stages.map(({id}) => ({pane: 'stages' as const, id})),
		...gates.map(({id}) => ({pane: 'gates' as const, id})),
	],
	a: ({gates}) => gates.map(({id}) => ({pane: 'gates' as const, id})),
	s: ({signOffs}) => signOffs.map(({id}) => ({pane: 'signOffs' as const, id})),
};

const triggerOf = ({triggers}: Snapshot, text: string): Row | null => {
	const found = triggers.find(({id}) => text.includes(`trigger ${id}`));
	return found ? {pane: 'triggers', id: found.id} : null;
};

/** The row that one of them speaks of; null where it speaks of none. */
export const rowOf = (snapshot: Snapshot, item: Next | null): Row | null => {
	const {key = null, text = ''} = item ?? {};
	if (key === 't') return triggerOf(snapshot, text);
	const acted = key === 'enter' ? 'r' : key;
	return (acted === null ? undefined : rows[acted]?.(snapshot).find(({id}) => speaksOf(text, id))) ?? null;
};

/** What the person who looks has to do, else what comes next; null where neither speaks of a row. */
export const rowForNext = (snapshot: Snapshot): Row | null =>
	rowOf(snapshot, snapshot.you) ?? rowOf(snapshot, snapshot.next);

export const autoSelect = (view: View, snapshot: Snapshot): View => {
	if (view.moved.includes(view.screen) || view.dialog !== null || view.waiting) return view;
	const row = rowForNext(snapshot);
	if (row === null || (view.screen !== 'board' && view.pane !== row.pane)) return view;
	if (view.pane === row.pane && view.chosen[row.pane] === row.id) return view;
	return {...view, pane: row.pane, chosen: {...view.chosen, [row.pane]: row.id}};
};

/** Looking around: rows, panes, screens, the filter. None of it leaves anything in the journal. */
import type {Document} from '../../cutover/model/document.ts';
import type {ScreenContext} from '../acts/act.ts';
import {moveDocument} from './document.ts';
import {chosenAt, rowsOf} from './rows.ts';
import {stay, type Transition} from './transition.ts';
import {type Pane, panes, type ScreenName, undrawn, type View} from './view.ts';

/** From now on the mark of this screen is theirs. */
const movedHere = ({screen, moved}: View): Pick<View, 'moved'> => ({
	moved: [...moved.filter(name => name !== screen), screen],
});

const clamp = (value: number, most: number): number => Math.max(0, Math.min(most, value));

const moveRow = (at: ScreenContext, by: number): View => {
	const {view} = at;
	const rows = rowsOf(view.pane, at);
	const row = rows[clamp(chosenAt(view.pane, view, rows) + by, rows.length - 1)];
	return row === undefined ? view : {...view, chosen: {...view.chosen, [view.pane]: row}};
};

/** Where an output scrolls to, so that a line of it is in the middle; above the others where those above it may take many rows. */
export const centred = ({view, outputLines}: ScreenContext, line: number): number => {
	const {rows} = view.reach;
	return view.wrap ? line : clamp(line - Math.floor(rows / 2), Math.max(0, outputLines() - rows));
};

/** Up leaves the end and stays where one reads; down to the end follows it again. */
const moveOutput = ({view, outputLines}: ScreenContext, by: number): View => {
	const end = Math.max(0, outputLines() - view.reach.rows);
	// Where lines take several rows, fewer of them fit: each may be in the first one.
	const last = view.wrap ? Math.max(0, outputLines() - 1) : end;
	const from = clamp((view.follow ? end : view.scroll) + by, last);
	return {...view, scroll: from, follow: from >= last && by > 0};
};

/** From what is shown: what was scrolled to may lie past the end, as where the terminal grew. */
const moveText = ({view}: ScreenContext, by: number): View => {
	const {last} = view.reach;
	return {...view, scroll: clamp(Math.min(view.scroll, last) + by, last)};
};

const movers: Readonly<Partial<Record<Pane, (at: ScreenContext, by: number) => View>>> = {
	output: moveOutput,
	lines: ({view}, by) => moveDocument(view, by),
	text: moveText,
};

/** By rows or lines, as the pane has them. */
export const move = (at: ScreenContext, by: number): Transition =>
	stay({...(movers[at.view.pane] ?? moveRow)(at, by), ...movedHere(at.view), message: null});

export const page = (at: ScreenContext, by: number): Transition => move(at, by * Math.max(1, at.view.size.rows - 12));

/** Where all of its text is shown, health is the list of its triggers alone. */
const isUsed = (at: ScreenContext, pane: Pane): boolean => {
	if (pane === 'text') return at.view.screen !== 'health' || at.view.reach.last > 0;
	return pane in movers || rowsOf(pane, at).length > 0;
};

/** Of a text that was not drawn yet. */
const fromItsTop = (): Pick<View, 'scroll' | 'reach'> => ({scroll: 0, reach: undrawn()});

/** The next pane that has anything in it. */
export const nextPane = (at: ScreenContext, by: number): Transition => {
	const {view} = at;
	const all: readonly Pane[] = panes[view.screen];
	const used = all.filter(pane => isUsed(at, pane));
	const pane = used[(used.indexOf(view.pane) + by + used.length) % used.length] ?? view.pane;
	return stay({...view, pane, ...movedHere(view), ...fromItsTop(), message: null});
};

/** What a screen shows when it is come to: the pane that it was left in, its beginning, its end where it flows. */
const come = (view: View, screen: ScreenName): View => ({
	...view,
	screen,
	pane: view.panesLeft[screen] ?? panes[screen][0],
	panesLeft: {...view.panesLeft, [view.screen]: view.pane},
	...fromItsTop(),
	follow: true,
	filter: '',
	filtering: false,
	message: null,
});

/** Another screen over this one. */
export const goTo = (view: View, screen: ScreenName, change: Partial<View> = {}): Transition =>
	stay({
		...come(view, screen),
		before: view.screen === screen ? view.before : [...view.before.filter(name => name !== screen), view.screen],
		...change,
	});

/** What a gate or stage ran, or what it will run. */
export const look = (view: View, target: string): Transition =>
	goTo(view, 'run', {target, attempt: null, search: null});

/** Over the screen, or over the document that cites it. */
export const opensDocument = (view: View, document: Document, line: number): View => {
	const under = view.screen === 'document' ? view.documents : [];
	const last = Math.max(0, document.lines.length - 1);
	const open = {document, line: Math.min(line, last), part: 0};
	const {view: shown} = goTo(view, 'document', {documents: [...under, open]});
	return {...shown, dialog: null, waiting: false, search: null};
};

/** First the filter goes, then the screen; the last one stays. */
export const back = (view: View): Transition => {
	if (view.filter !== '' || view.search !== null) return stay({...view, filter: '', search: null, message: null});
	if (view.screen === 'document' && view.documents.length > 1)
		return stay({...view, documents: view.documents.slice(0, -1), message: null});
	const under = view.before.at(-1);
	if (under === undefined) return stay({...view, message: null});
	return stay({...come(view, under), before: view.before.slice(0, -1)});
};

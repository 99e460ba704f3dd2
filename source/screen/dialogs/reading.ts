/** What can be read, to choose from; and what a line that is read names. */
import type {ScreenContext} from '../acts/act.ts';
import {say, type Transition, withDialog} from '../state/transition.ts';
import {openAct} from './opening.ts';

/** Opens what the line under the cursor names. */
export const followCite = (at: ScreenContext): Transition => {
	const {view} = at;
	const open = view.documents.at(-1);
	const cites = open?.document.cites[open.line] ?? [];
	const [only, ...others] = cites;
	if (only === undefined) return say(view, 'refused', 'This line names no file.');
	if (others.length === 0) return openAct(at, 'read', only);
	const rows = cites.map(path => ({act: 'read' as const, on: path, label: path, refusal: null}));
	return withDialog({...view, message: null}, {kind: 'menu', title: 'Read', rows, at: 0, typed: null});
};

/** Typing after `/`: lists show the rows that hold it, an output jumps to the newest line that does, a document to the next. */
import type {ScreenContext} from '../acts/act.ts';
import {typedInto} from '../dialogs/typing.ts';
import type {Press} from '../terminal/keys-in.ts';
import {stay, type Transition} from './transition.ts';
import type {View} from './view.ts';

const shown = (view: View, filter: string): View => ({...view, filter, message: {kind: 'ask', text: `/${filter}`}});

export const startFilter = (view: View): Transition => stay({...shown(view, view.filter), filtering: true});

const endFilter = ({view, outputLines}: ScreenContext): Transition => {
	const ended = {...view, filtering: false, message: null};
	if (view.filter === '') return stay(ended);
	if (view.pane === 'lines')
		return {view: ended, effects: [{kind: 'find', text: view.filter, from: view.documents.at(-1)?.line ?? 0, by: 1}]};
	if (view.pane !== 'output') return stay(ended);
	const from = (view.follow ? outputLines() : view.scroll) - 1;
	return {view: ended, effects: [{kind: 'find', text: view.filter, from, by: -1}]};
};

export const pressFilter = (at: ScreenContext, press: Press): Transition => {
	if ('key' in press && press.key === 'esc') return stay({...at.view, filter: '', filtering: false, message: null});
	if ('key' in press && press.key === 'enter') return endFilter(at);
	const typed = typedInto(at.view.filter, press);
	return stay(typed === null ? at.view : shown(at.view, typed));
};

/** What a keypress makes of a screen: the next view, and what the world is asked to do. */
import type {Effect} from '../acts/effect.ts';
import type {Dialog} from '../dialogs/dialog.ts';
import type {Message, View} from './view.ts';

export type Transition = {readonly view: View; readonly effects: readonly Effect[]};

export const stay = (view: View): Transition => ({view, effects: []});

export const withDialog = (view: View, dialog: Dialog): Transition => stay({...view, dialog});

export const say = (view: View, kind: Message['kind'], text: string): Transition =>
	stay({...view, message: {kind, text}});

/** Esc: the dialog and everything typed in it are gone. */
export const cancelled = (view: View): Transition =>
	stay({...view, dialog: null, message: {kind: 'done', text: 'Nothing was recorded.'}});

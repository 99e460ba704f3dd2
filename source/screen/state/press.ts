/** One keypress: the same view, cutover and key give the same next view. Nothing is sent from here. */
import type {ScreenContext} from '../acts/act.ts';
import type {Dialog} from '../dialogs/dialog.ts';
import {pressForm} from '../dialogs/form.ts';
import {pressMenu} from '../dialogs/menu.ts';
import {pressWords} from '../dialogs/words.ts';
import {bindingOf, elsewhere} from '../keys/keys.ts';
import type {Press} from '../terminal/keys-in.ts';
import {pressFilter} from './filter.ts';
import {rowsOf} from './rows.ts';
import {say, stay, type Transition} from './transition.ts';
import {sizeClass, type View} from './view.ts';

const pressDialog = (at: ScreenContext, dialog: Dialog, press: Press): Transition => {
	if (dialog.kind === 'menu') return pressMenu(at, dialog, press);
	return dialog.kind === 'form' ? pressForm(at, dialog, press) : pressWords(at, dialog, press);
};

/** A row that nobody moved to keeps the mark once something is done with it, wherever its list puts it. */
const pinned = (at: ScreenContext): ScreenContext => {
	const {view} = at;
	if (view.pane === 'entries' || view.chosen[view.pane] !== undefined) return at;
	const row = rowsOf(view.pane, at)[0];
	return row === undefined ? at : {...at, view: {...view, chosen: {...view.chosen, [view.pane]: row}}};
};

const pressScreen = (at: ScreenContext, press: Press): Transition => {
	if ('paste' in press) return say(at.view, 'refused', 'Pasted text is not taken here.');
	const binding = bindingOf(at.view.screen, press.key, at.replay !== null);
	const useless = binding?.useless?.(at) ?? null;
	if (useless !== null) return say(at.view, 'refused', useless);
	if (binding) return binding.press(pinned(at), press.key);
	const where = elsewhere(at.view.screen, press.key);
	return where === null ? stay({...at.view, message: null}) : say(at.view, 'refused', where);
};

/** What is recorded is waited for; a key or an agent that does not answer is not. */
const pressWaiting = (view: View, pressed: Press): Transition => {
	const isSigning = view.dialog?.kind === 'form' && view.dialog.act === 'signature';
	return isSigning && 'key' in pressed && pressed.key === 'esc'
		? {view, effects: [{kind: 'cancelSigning'}]}
		: stay(view);
};

/** Nobody answers, in a window of one line, what they do not see. */
const isUnseen = ({size}: View, pressed: Press): boolean =>
	sizeClass(size) === 'line' && !('key' in pressed && pressed.key === 'esc');

const pressAny = (at: ScreenContext, pressed: Press): Transition => {
	const {view} = at;
	if ('key' in pressed && pressed.key === 'ctrl-c') return {view, effects: [{kind: 'leave'}]};
	if ('key' in pressed && pressed.key === 'ctrl-z') return {view, effects: [{kind: 'suspend'}]};
	if (view.waiting) return pressWaiting(view, pressed);
	if (view.dialog) return isUnseen(view, pressed) ? stay(view) : pressDialog(at, view.dialog, pressed);
	return view.filtering ? pressFilter(at, pressed) : pressScreen(at, pressed);
};

const cutShort = 'The end of the paste did not come within a second. Look at what was taken of it.';

/** A paste without its end is taken as far as it came, and that is said. */
export const press = (at: ScreenContext, pressed: Press): Transition => {
	const {view, effects} = pressAny(at, pressed);
	const isCut = 'paste' in pressed && pressed.isCut === true;
	return isCut ? {view: {...view, message: {kind: 'refused', text: cutShort}}, effects} : {view, effects};
};

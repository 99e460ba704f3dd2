/** The typed words: letters one by one, then an Enter of its own for each word. Nothing else confirms. */
import type {Effect, ScreenContext} from '../acts/act.ts';
import type {Transition} from '../state/transition.ts';
import {forget, withDialog} from '../state/transition.ts';
import type {Press} from '../terminal/keys-in.ts';
import type {WordsDialog} from './dialog.ts';
import {confirms, typedInto} from './typing.ts';

/** The word that is asked for now. */
export const wordAsked = ({words, given}: WordsDialog): string => words[given.length] ?? '';

const sent = (effect: Effect, confirm: readonly string[]): Effect =>
	'confirm' in effect ? {...effect, confirm} : effect;

const take = (at: ScreenContext, dialog: WordsDialog): Transition => {
	const given = [...dialog.given, wordAsked(dialog)];
	const next = {...dialog, given, typed: '', letterAt: null, again: false, problem: null};
	if (given.length < dialog.words.length) return withDialog(at.view, next);
	return {view: {...at.view, dialog: next, waiting: true}, effects: [sent(dialog.effect, given)]};
};

const enter = (at: ScreenContext, dialog: WordsDialog, press: Press): Transition => {
	const word = wordAsked(dialog);
	if (dialog.typed !== word)
		return withDialog(at.view, {
			...dialog,
			again: false,
			problem: dialog.pasted
				? `Nothing was done: a paste does not count. Type ${word} letter by letter, or Esc.`
				: `Nothing was done. Type ${word} to confirm, or Esc.`,
		});
	if (!confirms(press, dialog, at.steady)) return withDialog(at.view, {...dialog, again: true, problem: null});
	return take(at, dialog);
};

export const pressWords = (at: ScreenContext, dialog: WordsDialog, press: Press): Transition => {
	if ('paste' in press)
		return withDialog(at.view, {...dialog, pasted: true, problem: 'A paste confirms nothing: type the word.'});
	if (press.key === 'esc') return forget(at.view);
	if (press.key === 'enter') return enter(at, dialog, press);
	const typed = typedInto(dialog.typed, press);
	return typed === null
		? withDialog(at.view, dialog)
		: withDialog(at.view, {...dialog, typed, pasted: false, letterAt: at.steady, again: false, problem: null});
};

/*
A dialog stays open while others act. What it would do is then shown anew, and what the rules say against it by now, before
anybody sends it.
*/
import {forbids} from '../../commands/situation.ts';
import type {ScreenContext} from '../acts/act.ts';
import {acts} from '../acts/acts.ts';
import type {Effect} from '../acts/effect.ts';
import type {View} from '../state/view.ts';
import type {FormDialog, WordsDialog} from './dialog.ts';
import {withAbout} from './form.ts';
import {refusalOf, refusalText} from './opening.ts';

/** Why the rules refuse it whatever words are typed; null where they would take it. */
const refusalOfSent = (at: ScreenContext, effect: Effect): string | null => {
	const step = effect.kind === 'send' ? effect.steps[0] : undefined;
	if (step === undefined || effect.kind !== 'send') return null;
	const refusal = at.would(step.draft, step.as ?? effect.as, effect.relayed?.speaker);
	return forbids(refusal) ? refusalText(refusal) : null;
};

/** Takes the refusal of before away where it holds no more; what else was said stays. */
const judged = <D extends FormDialog | WordsDialog>(dialog: D, refusal: string | null): D => ({
	...dialog,
	problem: refusal ?? (dialog.problem === dialog.overtaken ? null : dialog.problem),
	overtaken: refusal,
});

export const overtaken = (at: ScreenContext): View => {
	const {view} = at;
	const {dialog, waiting} = view;
	if (dialog === null || dialog.kind === 'menu' || waiting) return view;
	if (dialog.kind === 'words') return {...view, dialog: judged(dialog, refusalOfSent(at, dialog.effect))};
	const form = judged(dialog, refusalOf(at, dialog.act, dialog.on));
	return {...view, dialog: acts[form.act].course ? withAbout(at, form) : form};
};

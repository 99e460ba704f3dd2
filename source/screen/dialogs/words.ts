/** The typed words: letters one by one, then an Enter of its own for each word. Nothing else confirms. */
import type {Refusal} from '../../cutover/model/refusal.ts';
import {parseWhen, wallOn} from '../../text/time.ts';
import type {ScreenContext} from '../acts/act.ts';
import type {About, Effect} from '../acts/effect.ts';
import {cancelled, type Transition, withDialog} from '../state/transition.ts';
import type {Press} from '../terminal/keys-in.ts';
import type {FormDialog, Row, WordsDialog} from './dialog.ts';
import {scrolled} from './scrolling.ts';
import {confirms, typedInto} from './typing.ts';

/** The word that is asked for now. */
export const wordAsked = ({words, given}: WordsDialog): string => words[given.length] ?? '';

/** The words that the rules would ask for; null where they would not, or refuse it for another reason. */
export const wordsNeeded = (at: ScreenContext, effect: Effect): Refusal | null => {
	if (effect.kind !== 'send') return null;
	const [step] = effect.steps;
	if (step === undefined) return null;
	const refusal = at.would(step.draft, step.as ?? effect.as, effect.relayed?.speaker);
	return refusal !== null && refusal.needs.words.length > 0 ? refusal : null;
};

/** A time that was typed as `+65m` or `22:00` as what it means. */
const spelled = ({label, value, options, isTime}: Row, now: number): string => {
	const when = isTime && value !== null ? parseWhen(value.trim(), now) : null;
	if (when !== null) return `${label}: ${wallOn(when, now)} (${value})`;
	return `${label}: ${options.find(option => option.value === value)?.label ?? value ?? ''}`;
};

/** What is said in a form, as it is sent at `now`, in ms: it is above the words. */
export const saidIn = (rows: readonly Row[], now: number): string =>
	rows
		.filter(({value}) => value !== null && value !== '')
		.map(row => spelled(row, now))
		.join('   ');

/** Asks for the words of a refusal. `form`: what was asked before, where Tab goes back to. */
export const wordsOf = (
	{why, needs: {words}}: Refusal,
	effect: Effect,
	form: FormDialog | null,
	{title, lines}: About = form ?? {title: 'Confirm', lines: []},
): WordsDialog => ({
	kind: 'words',
	title,
	lines: [why, ...(form?.said ? [form.said] : []), ...lines],
	scroll: 0,
	words,
	given: [],
	typed: '',
	pasted: false,
	letterAt: null,
	again: false,
	problem: null,
	effect,
	form,
});

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
				? `Nothing was recorded: a paste does not count. Type ${word} letter by letter, or Esc.`
				: `Nothing was recorded. Type ${word} to confirm, or Esc.`,
		});
	if (!confirms(press, dialog, at.steady)) return withDialog(at.view, {...dialog, again: true, problem: null});
	return take(at, dialog);
};

/** What Tab goes back to: the form, before the first word was given. */
export const formBehind = ({form, given}: WordsDialog): FormDialog | null => (given.length === 0 ? form : null);

const changes = (dialog: WordsDialog, press: Press): FormDialog | null =>
	'key' in press && (press.key === 'tab' || press.key === 'shift-tab') ? formBehind(dialog) : null;

export const pressWords = (at: ScreenContext, dialog: WordsDialog, press: Press): Transition => {
	if ('paste' in press)
		return withDialog(at.view, {...dialog, pasted: true, problem: 'A paste confirms nothing: type the word.'});
	if (press.key === 'esc') return cancelled(at.view);
	const form = changes(dialog, press);
	if (form !== null) return withDialog(at.view, form);
	if (press.key === 'enter') return enter(at, dialog, press);
	const further = scrolled(dialog, press, at.view.size);
	if (further !== null) return withDialog(at.view, further);
	const typed = typedInto(dialog.typed, press);
	return typed === null
		? withDialog(at.view, dialog)
		: withDialog(at.view, {
				...dialog,
				typed,
				pasted: false,
				letterAt: at.steady,
				again: false,
				problem: dialog.overtaken ?? null,
			});
};

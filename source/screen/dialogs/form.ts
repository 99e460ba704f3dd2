/*
A form: rows one under the other. Enter goes to what is missing, and once nothing is missing records it; Tab and the arrows
go to every row. What was typed stays until it was taken or cancelled.
*/
import type {Values} from '../../commands/field.ts';
import {anything} from '../../commands/situation.ts';
import {isProblem} from '../../commands/spec.ts';
import {previewLines} from '../../cutover/snapshot/preview.ts';
import {counted} from '../../text/counted.ts';
import type {ScreenContext} from '../acts/act.ts';
import {acts} from '../acts/acts.ts';
import type {Effect} from '../acts/effect.ts';
import {cancelled, say, type Transition, withDialog} from '../state/transition.ts';
import type {Press} from '../terminal/keys-in.ts';
import type {FormDialog, Row} from './dialog.ts';
import {atEnd} from './edit.ts';
import {formRows, isMissing, nextMissing, nextOpen, signs, sure, valuesIn} from './rows.ts';
import {scrolled} from './scrolling.ts';
import {confirms, letterOf, lineAfter} from './typing.ts';
import {saidIn, wordsNeeded, wordsOf} from './words.ts';

/** The effect with what it needs on its way: what was shown, and what goes on after it. */
const onward = (effect: Effect, {title, lines, rows, after}: FormDialog): Effect => {
	if (effect.kind === 'person' || effect.kind === 'sign') return {...effect, after};
	const isSigned = rows.some(({name, value}) => name === signs && value === 'yes');
	return effect.kind === 'send' ? {...effect, about: {title, lines}, ...(isSigned ? {signs: true} : {})} : effect;
};

/** The cursor in row `at`, behind what is typed there. */
export const inRow = (form: FormDialog, at: number): FormDialog => ({
	...form,
	at,
	cursor: atEnd(form.rows[at]?.value ?? '').cursor,
	again: false,
	problem: null,
});

/** How a row is answered that was left empty. */
const sentence = ({label, kind, options}: Row): string => {
	if (options.some(({value}) => value === 'yes'))
		return label.endsWith('?') ? `${label} Press y or n.` : `${label}: press y or n.`;
	return `${label}: ${kind === 'choice' ? 'choose one with ← →' : 'type it'}.`;
};

/** What a form whose rows are all answered leads to: words where the rules ask for them. */
export const effectOf = (at: ScreenContext, form: FormDialog): Effect | {readonly problem: string} => {
	const effect = acts[form.act].effect(valuesIn(form.values, form.rows), form.on, at);
	return isProblem(effect) ? effect : onward(effect, form);
};

const isBlank = (values: Values, name: string): boolean => (values[name] ?? '').trim() === '';

/**
 * What it would do if it were recorded as it stands now; a reason that is asked for may still be missing. Nothing where the rules
 * refuse it so far.
 */
const previewed = (at: ScreenContext, {act, on, values, rows}: FormDialog): readonly string[] => {
	if (!acts[act].course) return [];
	const said = valuesIn(values, rows);
	const isOpen = rows.some(({name}) => name === 'reason') && isBlank(said, 'reason');
	const effect = acts[act].effect(isOpen ? {...said, reason: anything} : said, on, at);
	if (isProblem(effect) || effect.kind !== 'send') return [];
	const [step] = effect.steps;
	const found = step ? at.preview(step.draft, step.as ?? effect.as, effect.relayed?.speaker) : null;
	return found === null || 'refused' in found ? [] : previewLines(found);
};

/** What a form is about, and what it would do with what was said so far. */
export const withAbout = (at: ScreenContext, form: FormDialog): FormDialog => ({
	...form,
	lines: [...acts[form.act].lines(at, form.on), ...previewed(at, form)],
});

export const submit = (at: ScreenContext, form: FormDialog): Transition => {
	const missing = nextMissing(form.rows);
	const row = missing === null ? undefined : form.rows[missing];
	if (missing !== null && row) return withDialog(at.view, {...inRow(form, missing), problem: sentence(row)});
	if (form.rows.some(({name, value}) => name === sure && value === 'no'))
		return say({...at.view, dialog: null}, 'done', 'Nothing was started.');
	const effect = effectOf(at, form);
	if ('problem' in effect) return withDialog(at.view, {...form, problem: effect.problem});
	const asked = form.rows.find(({name}) => name === 'role')?.value ?? null;
	const view = asked === null || form.act === 'person' ? at.view : {...at.view, askedRole: asked};
	const words = wordsNeeded(at, effect);
	const sent = {...form, problem: null, said: saidIn(form.rows, at.snapshot.now)};
	if (words !== null) return withDialog(view, wordsOf(words, effect, sent));
	return {view: {...view, dialog: sent, waiting: true}, effects: [effect]};
};

const move = (form: FormDialog, by: number): FormDialog =>
	inRow(form, (form.at + by + form.rows.length) % Math.max(1, form.rows.length));

const enter = (at: ScreenContext, form: FormDialog, press: Press): Transition => {
	const missing = nextMissing(form.rows, form.at + 1) ?? nextMissing(form.rows);
	const here = form.rows[form.at];
	if (missing !== null && missing !== form.at && !(here && isMissing(here)))
		return withDialog(at.view, inRow(form, missing));
	if (missing === null && !confirms(press, form, at.steady)) return withDialog(at.view, {...form, again: true});
	return submit(at, form);
};

/** With another value in the row of the cursor; rows that follow from it appear or go. */
const withValue = (at: ScreenContext, form: FormDialog, value: string | null, cursor: number): FormDialog => {
	const row = form.rows[form.at];
	if (row === undefined) return form;
	const values = {...valuesIn(form.values, form.rows), ...(value === null ? {} : {[row.name]: value})};
	const rows = formRows(at, form.act, form.on, values);
	const place = rows.findIndex(({name}) => name === row.name);
	const next = {
		...form,
		values,
		rows,
		at: Math.max(0, place),
		cursor,
		letterAt: at.steady,
		again: false,
		problem: form.overtaken ?? null,
	};
	return acts[form.act].course ? withAbout(at, next) : next;
};

/** The option `by` places further; the first one where none was taken yet. */
const turn = ({options, value}: Row, by: number): string | null => {
	const now = options.findIndex(option => option.value === value);
	const next = now < 0 ? (by > 0 ? 0 : options.length - 1) : (now + by + options.length) % options.length;
	return options[next]?.value ?? null;
};

const beginsWith = ({options}: Row, letter: string) =>
	options.filter(({label}) => label.toLowerCase().startsWith(letter.toLowerCase()));

/** A letter takes the next option that begins with it; where it can only mean one, the cursor goes on to what is missing. */
const byLetter = (at: ScreenContext, form: FormDialog, row: Row, press: Press): Transition => {
	const letter = letterOf(press);
	const found = letter === null ? [] : beginsWith(row, letter);
	if (found.length === 0) return withDialog(at.view, form);
	const now = found.findIndex(({value}) => value === row.value);
	const taken = withValue(at, form, found[(now + 1) % found.length]?.value ?? null, 0);
	if (row.name === sure && 'key' in press && press.alone && nextMissing(taken.rows) === null) return submit(at, taken);
	const next = found.length === 1 ? nextOpen(taken.rows, taken.at + 1) : null;
	return withDialog(at.view, next === null ? taken : {...inRow(taken, next), letterAt: at.steady});
};

/** `r r` is `r y`: the key that opens a check a second time. */
const opener: Readonly<Record<string, string>> = {run: 'r', resume: 'r', sign: 's', signAll: 'S'};

const turns: Readonly<Record<string, number>> = {left: -1, right: 1, space: 1, ' ': 1};

const pressChoice = (at: ScreenContext, form: FormDialog, row: Row, press: Press): Transition => {
	const by = 'key' in press ? turns[press.key] : undefined;
	if (by !== undefined) return withDialog(at.view, withValue(at, form, turn(row, by), 0));
	const isOpener = row.name === sure && 'key' in press && press.key === opener[form.act];
	return byLetter(at, form, row, isOpener ? {...press, key: 'y'} : press);
};

/** → at the end of a text takes the next of what is offered that begins with it. */
const offered = ({options, value}: Row): string | null => {
	const typed = (value ?? '').toLowerCase();
	const now = options.findIndex(option => option.value === value);
	const found =
		now >= 0 ? options[(now + 1) % options.length] : options.find(({label}) => label.toLowerCase().startsWith(typed));
	return found?.value ?? null;
};

const pressText = (at: ScreenContext, form: FormDialog, row: Row, press: Press): Transition => {
	const line = {text: row.value ?? '', cursor: form.cursor};
	if ('key' in press && press.key === 'right' && row.options.length > 0 && form.cursor >= atEnd(line.text).cursor) {
		const text = offered(row) ?? line.text;
		return withDialog(at.view, withValue(at, form, text, atEnd(text).cursor));
	}
	const after = lineAfter(line, press, row.longest);
	if (after === null) return withDialog(at.view, form);
	const {text, cursor, left = 0} = after;
	const problem = left === 0 ? null : `Too long by ${counted(left, 'character')}: the end was left out.`;
	return withDialog(at.view, {...withValue(at, form, text, cursor), problem});
};

const steps: Readonly<Record<string, number>> = {tab: 1, down: 1, 'shift-tab': -1, up: -1};

export const pressForm = (at: ScreenContext, form: FormDialog, press: Press): Transition => {
	if ('key' in press) {
		if (press.key === 'esc') return cancelled(at.view);
		if (press.key === 'enter') return enter(at, form, press);
		if (press.key === 'ctrl-y' && form.act === 'signature' && at.view.toSign !== null)
			return {view: at.view, effects: [{kind: 'copy', what: {text: at.view.toSign.elsewhere}}]};
		const step = steps[press.key];
		if (step !== undefined) return withDialog(at.view, move(form, step));
	}
	const further = scrolled(form, press, at.view.size);
	if (further !== null) return withDialog(at.view, further);
	const row = form.rows[form.at];
	if (row === undefined) return withDialog(at.view, form);
	return row.kind === 'choice' ? pressChoice(at, form, row, press) : pressText(at, form, row, press);
};

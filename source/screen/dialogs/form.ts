/** A form: fields one under the other, the last Enter sends it. What was typed stays until it was taken or forgotten. */
import type {Effect, ScreenContext, Values} from '../acts/act.ts';
import {acts} from '../acts/acts.ts';
import {forget, say, type Transition, withDialog} from '../state/transition.ts';
import type {Press} from '../terminal/keys-in.ts';
import type {Field, FormDialog} from './dialog.ts';
import {fieldsAsked, nextToAsk, withField} from './fields.ts';
import {confirms, letterOf, typedInto} from './typing.ts';

const valuesOf = (fields: readonly Field[]): Values =>
	Object.fromEntries(fieldsAsked(fields).flatMap(({name, value}) => (value === null ? [] : [[name, value]])));

const isMissing = ({required, value}: Field): boolean =>
	required && (value === null || (value.trim() === '' && required));

const emptyIsAnAnswer = (field: Field): boolean => field.kind === 'choice' && field.value !== null;

const firstMissing = (fields: readonly Field[]): number =>
	fieldsAsked(fields).findIndex(field => isMissing(field) && !emptyIsAnAnswer(field));

/** The effect with what it needs on its way: what was shown, and what goes on after it. */
const onward = (effect: Effect, {title, lines, after}: FormDialog): Effect => {
	if (effect.kind === 'person') return {...effect, after};
	return effect.kind === 'send' ? {...effect, about: {title, lines}} : effect;
};

const submit = (at: ScreenContext, form: FormDialog): Transition => {
	const missing = firstMissing(form.fields);
	const field = fieldsAsked(form.fields)[missing];
	if (field)
		return withDialog(at.view, {
			...form,
			at: missing,
			problem: `${field.label}: ${field.kind === 'choice' ? 'choose one with ← →' : 'type it'}.`,
		});
	const values = valuesOf(form.fields);
	if (values['sure'] === 'no') return say({...at.view, dialog: null}, 'done', 'Nothing was started.');
	const effect = acts[form.act].effect(values, form.on, at);
	if ('problem' in effect) return withDialog(at.view, {...form, problem: effect.problem});
	return {view: {...at.view, dialog: {...form, problem: null}, waiting: true}, effects: [onward(effect, form)]};
};

const move = (form: FormDialog, by: number): FormDialog => {
	const {length} = fieldsAsked(form.fields);
	return {...form, at: (form.at + by + length) % length, again: false, problem: null};
};

const enter = (at: ScreenContext, form: FormDialog, press: Press): Transition => {
	const next = nextToAsk(form.fields, form.at);
	if (next !== null) return withDialog(at.view, {...form, at: next, again: false, problem: null});
	if (!confirms(press, form, at.steady)) return withDialog(at.view, {...form, again: true});
	return submit(at, form);
};

/** The option `by` places further; the first one where none was taken yet. */
const turn = (field: Field & {kind: 'choice'}, by: number): Field => {
	const {options, value} = field;
	const now = options.findIndex(option => option.value === value);
	const next = now < 0 ? (by > 0 ? 0 : options.length - 1) : (now + by + options.length) % options.length;
	return {...field, value: options[next]?.value ?? null};
};

/** A letter takes the next option that begins with it. */
const byLetter = (field: Field & {kind: 'choice'}, letter: string): Field => {
	const {options, value} = field;
	const now = options.findIndex(option => option.value === value);
	const order = options.map((_, index) => options[(now + 1 + index) % options.length]);
	const found = order.find(option => option?.label.toLowerCase().startsWith(letter.toLowerCase()));
	return found ? {...field, value: found.value} : field;
};

const turns: Readonly<Record<string, number>> = {left: -1, right: 1, ' ': 1};

const changed = (field: Field, press: Press): Field => {
	if (field.kind === 'choice') {
		const letter = letterOf(press);
		const by = 'key' in press ? turns[press.key] : undefined;
		return by === undefined ? (letter === null ? field : byLetter(field, letter)) : turn(field, by);
	}
	const value = typedInto(field.value, press);
	return value === null ? field : {...field, value};
};

const steps: Readonly<Record<string, number>> = {tab: 1, down: 1, 'shift-tab': -1, up: -1};

export const pressForm = (at: ScreenContext, form: FormDialog, press: Press): Transition => {
	if ('key' in press) {
		if (press.key === 'esc') return forget(at.view);
		if (press.key === 'enter') return enter(at, form, press);
		const step = steps[press.key];
		if (step !== undefined) return withDialog(at.view, move(form, step));
	}
	const field = fieldsAsked(form.fields)[form.at];
	const fields = field ? withField(form.fields, changed(field, press)) : form.fields;
	return withDialog(at.view, {...form, fields, letterAt: at.steady, again: false, problem: null});
};

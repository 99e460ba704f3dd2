/*
How an act comes to be asked about: at once where nothing is to be said, by a form, or by a menu where it is not yet
clear of what it speaks. An act that the rules refuse now is not opened: the refusal is the answer.
*/
import type {Values} from '../../commands/field.ts';
import {forbids, isForOthers, ruling, rulingForOthers} from '../../commands/situation.ts';
import type {Refusal} from '../../cutover/model/refusal.ts';
import type {ScreenContext} from '../acts/act.ts';
import {actNames, acts} from '../acts/acts.ts';
import type {ActName, Effect} from '../acts/effect.ts';
import {situationOf} from '../acts/selection.ts';
import {say, type Transition, withDialog} from '../state/transition.ts';
import type {FormDialog, MenuDialog} from './dialog.ts';
import {effectOf, inRow, submit, withAbout} from './form.ts';
import {firstRow, formRows, isMissing, knownValues} from './rows.ts';
import {wordsNeeded} from './words.ts';

/** A refusal on a screen: its sentence, and the key that helps. */
export const refusalText = ({code, why, fix}: Refusal): string =>
	`${why} ${fix}${code === 'not-bound' ? ' Press u to say who you are.' : ''}`;

/** Why there is nothing that it could speak of; null where there is, or where it speaks of nothing. */
const nothingFor = (at: ScreenContext, name: ActName): string | null =>
	acts[name].targets(at).length === 0 ? acts[name].nothing : null;

/** Why the rules would refuse it whatever is typed; null where they would not. */
export const refusalOf = (at: ScreenContext, name: ActName, on: string): string | null => {
	const nothing = nothingFor(at, name);
	if (nothing !== null) return nothing;
	const draft = acts[name].probe(at, on);
	if (draft === null) return acts[name].unless(at);
	const situation = situationOf(at);
	const mine = ruling(situation, draft);
	const refusal = acts[name].relayable && isForOthers(mine) ? rulingForOthers(situation, draft) : mine;
	return forbids(refusal) ? refusalText(refusal) : null;
};

const titleOf = (at: ScreenContext, name: ActName, on: string): string =>
	on === '' ? acts[name].title : acts[name].titleOn(at, on) || `${acts[name].title}: ${on}`;

/** `values`: what is known beside what the fields know. */
export const formOf = (
	at: ScreenContext,
	name: ActName,
	on: string,
	after: Effect | null = null,
	values: Values = {},
): FormDialog => {
	const known = {...knownValues(at, name, on), ...values};
	const rows = formRows(at, name, on, known);
	const form: FormDialog = {
		kind: 'form',
		act: name,
		on,
		title: titleOf(at, name, on),
		lines: acts[name].lines(at, on),
		scroll: 0,
		values: known,
		rows,
		at: 0,
		cursor: 0,
		problem: null,
		letterAt: null,
		again: false,
		after,
	};
	const formed = inRow(form, firstRow(rows));
	return acts[name].course ? withAbout(at, formed) : formed;
};

/** What can be known without asking is not asked: words where the rules want them, the deed itself where it takes nothing. */
const ask = (at: ScreenContext, name: ActName, on: string): Transition => {
	const refusal = refusalOf(at, name, on);
	if (refusal !== null) return say({...at.view, dialog: null}, 'refused', refusal);
	const form = formOf(at, name, on);
	const clear = {...at, view: {...at.view, message: null}};
	if (form.rows.some(isMissing)) return withDialog(clear.view, form);
	const effect = effectOf(at, form);
	if ('problem' in effect) return withDialog(clear.view, {...form, problem: effect.problem});
	const isAsked = form.rows.some(({aside}) => !aside);
	if (wordsNeeded(at, effect) !== null) return submit(clear, form);
	return isAsked || effect.kind === 'send' ? withDialog(clear.view, form) : submit(clear, form);
};

type Row = MenuDialog['rows'][number];

const rowOf = (at: ScreenContext, act: ActName, on: string | null, label: string): Row => ({
	act,
	on,
	label,
	refusal: refusalOf(at, act, on ?? ''),
});

const menu = (at: ScreenContext, title: string, rows: readonly Row[], typed: string | null = null): Transition =>
	withDialog({...at.view, message: null}, {kind: 'menu', title, rows, at: 0, typed});

/** Asks about an act; `on` where it is known of what it speaks. */
export const openAct = (at: ScreenContext, name: ActName, on: string | null = null): Transition => {
	const act = acts[name];
	const known = on ?? act.on(at);
	if (known !== null) return ask(at, name, known);
	const targets = act.targets(at);
	if (targets.length === 0) return ask(at, name, '');
	const rows = targets.map(({value, label}) => rowOf(at, name, value, label));
	const [first] = rows;
	if (rows.every(({refusal}) => refusal !== null)) return say(at.view, 'refused', first?.refusal ?? '');
	return menu(at, act.title, rows);
};

/** It needs its subject, and the selected row is not one. */
const asksWhat = (at: ScreenContext, name: ActName): boolean =>
	acts[name].on(at) === null && acts[name].targets(at).length > 0;

/** Those worth offering here. */
export const fitting = <Name extends ActName>(at: ScreenContext, names: readonly Name[]): readonly Name[] =>
	names.filter(name => nothingFor(at, name) === null && acts[name].fits(at, acts[name].on(at) ?? ''));

/** Those worth offering here; all of them where none is. */
const worthwhile = (at: ScreenContext, names: readonly ActName[]): readonly ActName[] => {
	const found = fitting(at, names);
	return found.length > 0 ? found : names;
};

/** Why none of the acts may be done now, in the words of the first; null where one may. */
export const refusalOfAll = (at: ScreenContext, names: readonly ActName[]): string | null => {
	let first: string | null = null;
	for (const name of worthwhile(at, names)) {
		const on = acts[name].on(at);
		const targets = on === null ? acts[name].targets(at).map(({value}) => value) : [on];
		for (const target of targets.length === 0 ? [''] : targets) {
			const refusal = refusalOf(at, name, target);
			if (refusal === null) return null;
			first ??= refusal;
		}
	}
	return first;
};

/** An act on what it speaks of now, or on each thing that it could speak of; only those that the rules let be. */
const freeRows = (at: ScreenContext, name: ActName): readonly Row[] => {
	const on = acts[name].on(at);
	const targets = on === null ? acts[name].targets(at).map(({value}) => value) : [on];
	return (targets.length === 0 ? [''] : targets)
		.filter(target => refusalOf(at, name, target) === null)
		.map(target => ({act: name, on: target, label: titleOf(at, name, target), refusal: null}));
};

/** One of several acts: the only one that the rules let be, or a menu of those; the first one's refusal where there is none. */
export const openOneOf = (at: ScreenContext, title: string, names: readonly [ActName, ...ActName[]]): Transition => {
	const found = worthwhile(at, names);
	const about = found.filter(name => !asksWhat(at, name));
	const meant = about.length > 0 ? about : found;
	const free = meant.flatMap(name => freeRows(at, name));
	const [only, ...others] = free;
	if (only === undefined) return openAct(at, meant[0] ?? names[0]);
	return others.length === 0 ? ask(at, only.act, only.on ?? '') : menu(at, title, free);
};

/** Every act by name, those that the rules refuse with the reason. */
export const openPalette = (at: ScreenContext): Transition => {
	const rows = actNames
		.filter(name => name !== 'begin' && name !== 'signature' && (name !== 'jump' || at.replay !== null))
		.map((name): Row => {
			const on = acts[name].on(at);
			const label = on === null ? acts[name].title : `${acts[name].title}: ${on}`;
			return asksWhat(at, name) ? {act: name, on: null, label, refusal: null} : rowOf(at, name, on, label);
		});
	return menu(at, 'All commands', rows, '');
};

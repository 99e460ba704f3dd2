/*
How an act comes to be asked about: at once where nothing is to be said, by a form, or by a menu where it is not yet
clear of what it speaks. An act that the rules refuse now is not opened: the refusal is the answer.
*/
import type {Refusal} from '../../cutover/model/refusal.ts';
import type {Effect, ScreenContext} from '../acts/act.ts';
import {type ActName, actNames, acts} from '../acts/acts.ts';
import {forbids, isForOthers, ruling, rulingForOthers} from '../acts/ruling.ts';
import {say, type Transition, withDialog} from '../state/transition.ts';
import type {FormDialog, MenuDialog} from './dialog.ts';
import {firstToAsk} from './fields.ts';

/** A refusal on a screen: its sentence, and the key that helps. */
export const refusalText = ({code, why, fix}: Refusal): string =>
	`${why} ${fix}${code === 'not-bound' ? ' Press u to say who you are.' : ''}`;

/** Why there is nothing that it could speak of; null where there is, or where it speaks of nothing. */
const nothingFor = (at: ScreenContext, name: ActName): string | null =>
	acts[name].targets(at).length === 0 ? (acts[name].nothing ?? null) : null;

/** Why the rules would refuse it whatever is typed; null where they would not. */
export const refusalOf = (at: ScreenContext, name: ActName, on: string): string | null => {
	const nothing = nothingFor(at, name);
	if (nothing !== null) return nothing;
	const draft = acts[name].probe(at, on);
	if (draft === null) return acts[name].unless?.(at) ?? null;
	const mine = ruling(at, draft);
	const refusal = acts[name].isRelayable && isForOthers(mine) ? rulingForOthers(at, draft) : mine;
	return forbids(refusal) ? refusalText(refusal) : null;
};

const titleOf = (at: ScreenContext, name: ActName, on: string): string =>
	on === '' ? acts[name].title : (acts[name].titleOn?.(at, on) ?? `${acts[name].title}: ${on}`);

export const formOf = (at: ScreenContext, name: ActName, on: string, after: Effect | null = null): FormDialog => {
	const act = acts[name];
	const fields = act.fields(at, on);
	return {
		kind: 'form',
		act: name,
		on,
		title: titleOf(at, name, on),
		lines: act.lines(at, on),
		fields,
		at: firstToAsk(fields),
		problem: null,
		letterAt: null,
		again: false,
		after,
	};
};

const ask = (at: ScreenContext, name: ActName, on: string): Transition => {
	const refusal = refusalOf(at, name, on);
	if (refusal !== null) return say({...at.view, dialog: null}, 'refused', refusal);
	const form = formOf(at, name, on);
	if (form.fields.length > 0) return withDialog({...at.view, message: null}, form);
	const effect = acts[name].effect({}, on, at);
	if ('problem' in effect) return say({...at.view, dialog: null}, 'refused', effect.problem);
	return {view: {...at.view, dialog: null, waiting: true}, effects: [effect]};
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

/** It has to be told of what it speaks, and the marked row is nothing of the kind. */
const asksWhat = (at: ScreenContext, name: ActName): boolean =>
	acts[name].on(at) === null && acts[name].targets(at).length > 0;

/** Those worth offering here; all of them where none is. */
const worthwhile = (at: ScreenContext, names: readonly ActName[]): readonly ActName[] => {
	const fitting = names.filter(
		name => nothingFor(at, name) === null && (acts[name].fits?.(at, acts[name].on(at) ?? '') ?? true),
	);
	return fitting.length > 0 ? fitting : names;
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
	const fitting = worthwhile(at, names);
	const about = fitting.filter(name => !asksWhat(at, name));
	const meant = about.length > 0 ? about : fitting;
	const free = meant.flatMap(name => freeRows(at, name));
	const [only, ...others] = free;
	if (only === undefined) return openAct(at, meant[0] ?? names[0]);
	return others.length === 0 ? ask(at, only.act, only.on ?? '') : menu(at, title, free);
};

/** Every act by name, those that the rules refuse with the reason. */
export const openPalette = (at: ScreenContext): Transition => {
	const rows = actNames
		.filter(name => name !== 'begin')
		.map((name): Row => {
			const on = acts[name].on(at);
			const label = on === null ? acts[name].title : `${acts[name].title}: ${on}`;
			return asksWhat(at, name) ? {act: name, on: null, label, refusal: null} : rowOf(at, name, on, label);
		});
	return menu(at, 'Everything that can be done', rows, '');
};

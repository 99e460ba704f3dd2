/** A menu leads to one act and starts nothing itself. With a typed text it is the palette. */
import type {ScreenContext} from '../acts/act.ts';
import {listSteps} from '../state/rows.ts';
import {stay, type Transition, withDialog} from '../state/transition.ts';
import type {Press} from '../terminal/keys-in.ts';
import type {MenuDialog} from './dialog.ts';
import {openAct} from './opening.ts';
import {letterOf, typedInto} from './typing.ts';

/** Rows that hold every word typed, those that begin with the first one before the others. */
export const rowsShown = ({rows, typed}: MenuDialog): MenuDialog['rows'] => {
	const words = (typed ?? '')
		.toLowerCase()
		.split(' ')
		.filter(word => word !== '');
	const found = rows.filter(({label}) => words.every(word => label.toLowerCase().includes(word)));
	const begins = ({label}: (typeof rows)[number]) => label.toLowerCase().startsWith(words[0] ?? '');
	return [...found.filter(begins), ...found.filter(row => !begins(row))];
};

const move = (dialog: MenuDialog, by: number): MenuDialog => ({
	...dialog,
	at: Math.max(0, Math.min(rowsShown(dialog).length - 1, dialog.at + by)),
});

/** `/` filters; another letter goes to the next row that begins with it. */
const jumped = (dialog: MenuDialog, press: Press): MenuDialog => {
	const letter = letterOf(press)?.toLowerCase();
	if (letter === undefined) return dialog;
	if (letter === '/') return {...dialog, typed: ''};
	const {rows, at} = dialog;
	const order = rows.map((_, index) => (at + 1 + index) % rows.length);
	const found = order.find(index => rows[index]?.label.toLowerCase().startsWith(letter));
	return found === undefined ? dialog : {...dialog, at: found};
};

const take = (at: ScreenContext, dialog: MenuDialog): Transition => {
	const row = rowsShown(dialog)[dialog.at];
	return row ? openAct(at, row.act, row.on) : withDialog(at.view, dialog);
};

export const pressMenu = (at: ScreenContext, dialog: MenuDialog, press: Press): Transition => {
	if ('key' in press) {
		if (press.key === 'esc') return stay({...at.view, dialog: null});
		if (press.key === 'enter') return take(at, dialog);
		const by = listSteps[press.key];
		if (by !== undefined) return withDialog(at.view, move(dialog, by));
	}
	if (dialog.typed === null) return withDialog(at.view, jumped(dialog, press));
	const typed = typedInto(dialog.typed, press);
	return withDialog(at.view, typed === null ? dialog : {...dialog, typed, at: 0});
};

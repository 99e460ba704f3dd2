/* Keys of a replay: how it goes on, and to where. They work on every screen of it, and nowhere else. */
import type {ReplayMove} from '../../cutover/model/replay.ts';
import type {ScreenContext} from '../acts/act.ts';
import {openAct} from '../dialogs/opening.ts';
import type {Transition} from '../state/transition.ts';
import {type Binding, headed, looks, type Written} from './binding.ts';

const moves =
	(move: (key: string) => ReplayMove): Binding['press'] =>
	({view}, key) => ({view: {...view, message: null}, effects: [{kind: 'replay', move: move(key)}]});

/** The list opens at the event that is shown. */
const jump = (at: ScreenContext): Transition => {
	const asked = openAct(at, 'jump');
	const {dialog} = asked.view;
	if (dialog?.kind !== 'menu') return asked;
	return {...asked, view: {...asked.view, dialog: {...dialog, at: (at.replay?.event ?? 1) - 1}}};
};

const key = (
	keys: readonly string[],
	shown: string,
	label: string,
	help: string,
	rank: number,
	press: Binding['press'],
): Written => looks({keys, shown, label, help, where: 'replay', rank, press});

export const replaying: readonly Binding[] = headed('Replay', [
	key(
		[' '],
		'Space',
		'play, pause',
		'Plays on, or pauses; at the end, plays from the beginning.',
		1,
		moves(() => ({kind: 'play'})),
	),
	key(
		['left', 'right'],
		'← →',
		'event',
		'Goes one event back or forth, and pauses there.',
		2,
		moves(name => ({kind: 'step', by: name === 'left' ? -1 : 1})),
	),
	key(
		['-', '+'],
		'- +',
		'speed',
		'Plays slower or faster: 1 to 3600 times as fast as it was.',
		3,
		moves(name => ({kind: 'speed', by: name === '-' ? -1 : 1})),
	),
	key(
		['j'],
		'j',
		'jump',
		'Lists all events, also those still ahead, and goes to one; / finds it by its words.',
		4,
		jump,
	),
]);

/** Keys that show another screen, or the same one in another way; and the one that leaves. */
import {rowIn} from '../../cutover/model/attempt-target.ts';
import type {ScreenContext} from '../acts/act.ts';
import {acts} from '../acts/acts.ts';
import {openPalette} from '../dialogs/opening.ts';
import {openReading} from '../dialogs/reading.ts';
import {goTo} from '../state/moves.ts';
import {stay, type Transition} from '../state/transition.ts';
import {type Binding, goes, lastRank, looks} from './binding.ts';

const attempts = (at: ScreenContext, key: string): Transition => {
	const {state, view} = at;
	const numbers = Object.values(state.attempts)
		.filter(({target}) => rowIn(target) === view.target)
		.map(({attempt}) => attempt);
	const now = numbers.indexOf(view.attempt ?? numbers.at(-1) ?? 0);
	return stay({...view, attempt: numbers[now + (key === '[' ? -1 : 1)] ?? view.attempt, follow: true, tail: null});
};

/** Where endpoints are bound they come first, to be read; Tab goes to the triggers. */
const toHealth = ({view, snapshot}: ScreenContext): Transition =>
	goTo(view, 'health', snapshot.endpoints.length === 0 ? {} : {pane: view.panesLeft.health ?? 'text'});

export const looking: readonly Binding[] = [
	looks({
		keys: ['w'],
		shown: 'w',
		label: 'health',
		help: 'Shows each endpoint against its baseline, what would fire and when, and every outage.',
		where: 'cutover',
		heading: 'Look',
		rank: 58,
		press: toHealth,
	}),
	goes('e', 'evidence', 'evidence', 'Shows the evidence block and its fields.', 65),
	goes('l', 'journal', 'log', 'Shows every entry of the journal.', 70),
	looks({
		keys: ['b'],
		shown: 'b',
		label: 'read',
		help: acts.read.help,
		where: 'cutover',
		heading: 'Look',
		rank: 72,
		press: openReading,
	}),
	looks({
		keys: ['f'],
		shown: 'f',
		label: 'follow',
		help: 'Follows the end of the output again.',
		where: ['run'],
		heading: 'Look',
		rank: 13,
		press: ({view}) => stay({...view, follow: true}),
	}),
	looks({
		keys: ['z'],
		shown: 'z',
		label: 'wrap',
		help: 'Wraps long lines of the output, or cuts them.',
		where: ['run'],
		heading: 'Look',
		rank: 16,
		press: ({view}) => stay({...view, wrap: !view.wrap}),
	}),
	looks({
		keys: ['[', ']'],
		shown: '[ ]',
		label: 'attempt',
		help: 'Shows the attempt before, or the next one.',
		where: ['run'],
		heading: 'Look',
		rank: 15,
		press: attempts,
	}),
	looks({
		keys: [':'],
		shown: ':',
		label: 'all',
		help: 'All commands by name; type a part of it.',
		where: 'cutover',
		heading: 'Look',
		rank: 46,
		press: openPalette,
	}),
	looks({
		keys: ['?'],
		shown: '?',
		label: 'help',
		help: 'Shows every key, and why one is dimmed now.',
		where: 'cutover',
		heading: 'Look',
		rank: lastRank + 1,
		press: ({view}) => goTo(view, 'help'),
	}),
	looks({
		keys: ['q', 'ctrl-c'],
		shown: 'q',
		label: 'quit',
		help: 'Quits the screen; the cutover and everything that runs continue.',
		where: 'anywhere',
		heading: 'Leave',
		rank: lastRank + 2,
		press: ({view}) => ({view, effects: [{kind: 'leave'}]}),
	}),
];

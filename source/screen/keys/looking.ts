/** Keys that show another screen, or the same one in another way; and the one that leaves. */
import {attemptsOf} from '../../cutover/due/attempts-of.ts';
import type {ScreenContext} from '../acts/act.ts';
import {acts} from '../acts/acts.ts';
import {openAct, openPalette} from '../dialogs/opening.ts';
import {centred, goTo} from '../state/moves.ts';
import {stay, type Transition} from '../state/transition.ts';
import {type Binding, goes, headed, lastRank, looks, uselessOnRun} from './binding.ts';

const attemptsHere = ({state, view}: ScreenContext): readonly number[] =>
	attemptsOf(state, view.target ?? '').map(({attempt}) => attempt);

const attempts = (at: ScreenContext, key: string): Transition => {
	const {view} = at;
	const numbers = attemptsHere(at);
	const now = numbers.indexOf(view.attempt ?? numbers.at(-1) ?? 0);
	return stay({...view, attempt: numbers[now + (key === '[' ? -1 : 1)] ?? view.attempt, follow: true});
};

/** Where endpoints are bound they come first, to be read; Tab goes to the triggers. */
const toHealth = ({view, snapshot}: ScreenContext): Transition =>
	goTo(view, 'health', snapshot.endpoints.length === 0 ? {} : {pane: view.panesLeft.health ?? 'text'});

export const looking: readonly Binding[] = headed('Look', [
	looks({
		keys: ['w'],
		label: 'health',
		help: 'Shows each endpoint against its baseline, what would fire and when, and every outage.',
		rank: 58,
		press: toHealth,
	}),
	goes('e', 'evidence', 'evidence', 'Shows the evidence block and its fields.', 65),
	goes('l', 'journal', 'log', 'Shows every entry of the journal.', 70),
	looks({
		keys: ['b'],
		label: 'read',
		help: acts.read.help,
		rank: 72,
		press: at => openAct(at, 'read'),
	}),
	looks({
		keys: ['f'],
		label: 'follow',
		help: 'Follows the end of the output again.',
		where: ['run'],
		rank: 13,
		useless: uselessOnRun(({view}) => (view.follow ? 'The end of the output is followed already.' : null)),
		press: ({view}) => stay({...view, follow: true}),
	}),
	looks({
		keys: ['z'],
		label: 'wrap',
		help: 'Wraps long lines of the output, or cuts them.',
		where: ['run'],
		rank: 16,
		useless: uselessOnRun(),
		press: at => {
			const view = {...at.view, wrap: !at.view.wrap};
			const {search, follow} = view;
			return stay(search === null || follow ? view : {...view, scroll: centred({...at, view}, search.line)});
		},
	}),
	looks({
		keys: ['[', ']'],
		label: 'attempt',
		help: 'Shows the attempt before, or the next one.',
		where: ['run'],
		rank: 15,
		useless: uselessOnRun(at => (attemptsHere(at).length < 2 ? 'There is no other attempt.' : null)),
		press: attempts,
	}),
	looks({
		keys: [':'],
		label: 'all',
		help: 'All commands by name; type a part of it.',
		rank: 46,
		press: openPalette,
	}),
	looks({
		keys: ['?'],
		label: 'help',
		help: 'Shows every key, and why one is dimmed now.',
		rank: lastRank + 1,
		press: ({view}) => goTo(view, 'help'),
	}),
]);

export const leaving: readonly Binding[] = headed('Leave', [
	looks({
		keys: ['q', 'ctrl-c'],
		shown: 'q',
		label: 'quit',
		help: 'Quits the screen; the cutover and everything that runs continue.',
		where: 'anywhere',
		rank: lastRank + 2,
		press: ({view}) => ({view, effects: [{kind: 'leave'}]}),
	}),
]);

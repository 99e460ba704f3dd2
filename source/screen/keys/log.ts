/* Keys of an attempt's output. */
import type {ScreenContext} from '../acts/act.ts';
import {openAct} from '../dialogs/opening.ts';
import {logText} from '../panels/run/log-line.ts';
import {tailShown} from '../state/subject.ts';
import {say, stay, type Transition} from '../state/transition.ts';
import {type Binding, headed, looks, uselessOnRun, type Written} from './binding.ts';

const find = ({view}: ScreenContext, text: string, from: number, by: 1 | -1): Transition => ({
	view,
	effects: [{kind: 'find', text, from, by}],
});

/** With nothing searched `n` is a note, as everywhere else. */
const go = (at: ScreenContext, key: string): Transition => {
	const {search} = at.view;
	if (search !== null) return find(at, search.text, search.line + (key === 'n' ? 1 : -1), key === 'n' ? 1 : -1);
	return key === 'n' ? openAct(at, 'note') : say(at.view, 'refused', 'Nothing is searched for: / finds a text.');
};

/** The first one, then the next. */
const failure = (at: ScreenContext): Transition => {
	const {search} = at.view;
	return find(at, '', search?.text === '' ? search.line + 1 : 0, 1);
};

const copy = (at: ScreenContext): Transition => {
	const {view} = at;
	const {reach} = view;
	const tail = tailShown(at);
	if (tail === null || tail.lines.length === 0) return say(view, 'refused', 'There is no output to copy.');
	const lines = tail.from === null ? tail.lines.slice(-reach.rows) : tail.lines.slice(0, reach.rows);
	return {view, effects: [{kind: 'copy', what: {text: lines.map(logText).join('\n')}}]};
};

const key = (
	keys: readonly string[],
	label: string,
	help: string,
	rank: number | null,
	press: Binding['press'],
): Written => looks({keys, label, help, where: ['run'], rank, press, useless: uselessOnRun()});

export const log: readonly Binding[] = headed('Log', [
	looks({
		keys: ['n', 'N'],
		label: 'next, previous',
		help: 'Goes to the next hit of a search, or the one before. With nothing searched, n adds a note.',
		where: ['run', 'document'],
		rank: null,
		press: go,
	}),
	key(['e'], 'failure', 'Goes to the first line that reads like a failure, then to the next.', 14, failure),
	key(['t'], 'times', 'Hides the times before the lines of the output, or shows them.', 17, ({view}) =>
		stay({...view, times: !view.times}),
	),
	key(['R'], 'raw', 'Shows escape sequences of the output as they came, or as a terminal would.', null, ({view}) =>
		stay({...view, raw: !view.raw}),
	),
	key(['y'], 'copy', 'Copies the visible part of the output to the clipboard of your terminal (OSC 52).', 18, copy),
]);

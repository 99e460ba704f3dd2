/** Keys that move the mark, the text and the pane. */
import {open} from '../state/enter.ts';
import {startFilter} from '../state/filter.ts';
import {back, move, nextPane, page} from '../state/moves.ts';
import {rowSteps} from '../state/rows.ts';
import type {ScreenName} from '../state/view.ts';
import {act, asks, type Binding, headed, lastRank, looks, uselessOnRun} from './binding.ts';

/** What Enter leads to on screens where it opens a form. */
const opens: Readonly<Partial<Record<ScreenName, string>>> = {poll: 'vote', signOffs: 'sign', evidence: 'fill in'};

export const moving: readonly Binding[] = headed('Move', [
	looks({
		keys: ['up', 'down'],
		shown: '↑↓',
		label: 'move',
		help: 'Moves the selection, or the text.',
		where: 'anywhere',
		rank: null,
		press: (at, key) => move(at, rowSteps[key] ?? 0),
	}),
	looks({
		keys: ['page-up', 'page-down'],
		shown: 'PgUp PgDn',
		label: 'page',
		help: 'Moves by a page.',
		where: 'anywhere',
		rank: null,
		press: (at, key) => page(at, key === 'page-up' ? -1 : 1),
	}),
	looks({
		keys: ['home', 'end'],
		shown: 'Home End',
		label: 'ends',
		help: 'Moves to the first or the last.',
		where: 'anywhere',
		rank: null,
		press: (at, key) => move(at, rowSteps[key] ?? 0),
	}),
	looks({
		keys: ['tab', 'shift-tab'],
		shown: 'Tab',
		label: 'pane',
		help: 'Moves to the next pane, Shift-Tab to the one before.',
		rank: 85,
		press: (at, key) => nextPane(at, key === 'tab' ? 1 : -1),
	}),
	looks({
		keys: ['enter'],
		shown: '⏎',
		label: 'open',
		labelNow: ({view}) => opens[view.screen] ?? 'open',
		useless: ({view}) => (view.screen === 'evidence' && view.pane === 'text' ? 'Tab goes to the fields.' : null),
		help: 'Opens what is selected: what a gate or stage ran or will run, the go/no-go, a form. It never confirms anything.',
		rank: 10,
		press: open,
	}),
	act({
		keys: ['enter'],
		shown: '⏎',
		label: 'begin',
		labelNow: ({opening}) => (opening?.isAdoptable ? 'adopt' : 'begin'),
		help: 'Begins the cutover, after asking what the settings do not say; a runbook that cannot be read as it stands is adopted first.',
		where: ['opening'],
		acts: ['begin'],
		confirms: `${asks}; the typed word BEGIN`,
		rank: 10,
		press: open,
	}),
	looks({
		keys: ['enter'],
		shown: '⏎',
		label: 'continue',
		help: 'Goes on to the board.',
		where: ['briefing'],
		rank: 10,
		press: open,
	}),
	looks({
		keys: ['enter'],
		shown: '⏎',
		label: 'back',
		help: 'Goes back from the help.',
		where: ['help'],
		rank: null,
		press: open,
	}),
	looks({
		keys: ['esc'],
		shown: 'Esc',
		label: 'back',
		help: 'Goes back; in a dialog, cancels it.',
		rank: lastRank,
		press: ({view}) => back(view),
	}),
	looks({
		keys: ['/'],
		label: 'find',
		help: 'Filters the journal; in an output, finds the newest line above that holds the text, in a document the next one. n and N go on from there.',
		where: ['journal', 'run', 'document'],
		rank: 14,
		useless: uselessOnRun(),
		press: ({view}) => startFilter(view),
	}),
]);

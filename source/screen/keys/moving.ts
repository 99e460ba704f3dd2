/** Keys that move the mark, the text and the pane. */
import {open} from '../state/enter.ts';
import {startFilter} from '../state/filter.ts';
import {back, move, nextPane, page} from '../state/moves.ts';
import {type Binding, headed, lastRank, looks} from './binding.ts';

export const moving: readonly Binding[] = headed('Move', [
	looks({
		keys: ['up', 'down'],
		shown: '↑↓',
		label: 'move',
		help: 'Moves the selection, or the text.',
		where: 'anywhere',
		rank: null,
		press: (at, key) => move(at, key === 'up' ? -1 : 1),
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
		press: (at, key) => move(at, key === 'home' ? -1_000_000 : 1_000_000),
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
		help: 'Opens what is selected: what a gate or stage ran or will run, the go/no-go, a form. It never confirms anything.',
		where: 'anywhere',
		rank: 10,
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
		press: ({view}) => startFilter(view),
	}),
]);

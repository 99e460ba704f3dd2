/** Keys that lead to an act. Each asks first; none of them is the other case of another key. */
import {ofRollback, ofTriggers} from '../acts/acts.ts';
import {fitting, openAct, openOneOf} from '../dialogs/opening.ts';
import {goTo} from '../state/moves.ts';
import {act, asks, type Binding, headed, here} from './binding.ts';
import {doNext, nothingNext} from './do-next.ts';
import {answers, openRollback, openRuns, runLabels, runs} from './groups.ts';

export const acting: readonly Binding[] = headed('Act', [
	act({
		keys: ['.'],
		label: 'do NEXT',
		help: 'Does what YOU says, else what NEXT says (NEXT first, where nobody is bound to a role), with the same form or word as its own key.',
		acts: [],
		rank: 5,
		confirms: 'as the key of what it does',
		live: true,
		useless: nothingNext,
		press: doNext,
	}),
	act({
		keys: ['r'],
		label: 'run',
		labelsOf: runLabels,
		labelNow: at => runLabels[fitting(at, runs)[0] ?? 'run'] ?? 'run',
		acts: runs,
		rank: 20,
		press: openRuns,
	}),
	act({
		keys: ['a'],
		label: 'answer',
		help: 'Acknowledges or denies what the selected gate asks, by name, for yourself or for someone else; confirms what was relayed for you.',
		acts: answers,
		rank: 25,
		press: at => openOneOf(at, 'Answer', answers),
	}),
	act({
		keys: ['g'],
		label: 'poll',
		help: 'Shows the poll; there, votes: go, no-go or keep.',
		confirms: 'the typed word GO or KEEP; a reason for a no-go',
		acts: [],
		rank: 30,
		press: at => here('poll', at, () => openAct(at, at.snapshot.poll?.kind === 'keep' ? 'keep' : 'vote')),
	}),
	act({
		keys: ['t'],
		label: 'trigger',
		help: 'Triggers: ask, answer, run an outage clock by hand, answer for an endpoint without samples, stand down.',
		confirms: `${asks}; the typed word FIRE where it fires`,
		acts: ofTriggers,
		rank: 35,
		press: at => openOneOf(at, 'Triggers', ofTriggers),
	}),
	act({keys: ['!'], label: 'hold', acts: ['hold'], rank: 40}),
	act({keys: ['0'], label: 'set T0', acts: ['t0'], rank: 45}),
	act({
		keys: ['B'],
		label: 'roll back',
		labelsOf: {byHand: 'by hand'},
		help: 'Rolls back: shows what will run, as whom and where. Once started, shows its state; there, what is left to do.',
		confirms: 'the typed word ROLLBACK; MAY RUN TWICE where that may be',
		acts: ofRollback,
		rank: 22,
		press: at => {
			if (at.state.rollback === null) return openRollback(at);
			return here('rollback', at, () => openOneOf(at, 'Rollback', ofRollback));
		},
	}),
	act({
		keys: ['k'],
		label: 'stop',
		where: ['run'],
		acts: ['stop'],
		rank: 12,
		confirms: 'a reason; the typed word CANCEL for T0 and later',
	}),
	act({
		keys: ['c'],
		label: 'cancel',
		where: ['rollback'],
		acts: ['cancel'],
		rank: 15,
		confirms: 'the typed word CANCEL',
	}),
	act({keys: ['v'], label: 'impact over', where: ['rollback'], acts: ['prove'], rank: 14}),
]);

export const recording: readonly Binding[] = headed('Record', [
	act({
		keys: ['s'],
		label: 'sign-off',
		help: 'Signs the selected sign-off; from elsewhere, shows them.',
		acts: [],
		rank: 55,
		press: at => (at.view.pane === 'signOffs' ? openAct(at, 'sign') : goTo(at.view, 'signOffs')),
	}),
	act({keys: ['S'], label: 'sign all', acts: ['signAll'], rank: 56}),
	act({
		keys: ['o'],
		label: 'close',
		acts: ['close'],
		rank: 57,
		confirms: 'the typed word CLOSE; a reason where anything is missing',
	}),
	act({keys: ['n'], label: 'note', acts: ['note'], rank: 50}),
	act({
		keys: ['y'],
		label: 'copy link',
		where: ['board', 'poll', 'rollback', 'health', 'signOffs', 'journal', 'help'],
		acts: ['copyLink'],
		rank: 21,
		confirms: 'nothing: it only copies',
	}),
	act({
		keys: ['y'],
		label: 'copy',
		where: ['evidence'],
		acts: ['copy'],
		rank: 12,
		confirms: 'nothing: it only copies',
	}),
	act({keys: ['x'], label: 'export', where: ['evidence'], acts: ['export'], rank: 13}),
	act({keys: ['m'], label: 'attach', where: ['evidence', 'run'], acts: ['attach'], rank: 17}),
	act({keys: ['d'], label: 'not recorded', where: ['evidence', 'signOffs'], acts: ['notRecorded'], rank: 18}),
	act({keys: ['u'], label: 'you', acts: ['person'], rank: 80}),
]);

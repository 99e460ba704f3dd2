/** Keys that lead to an act. Each asks first; none of them is the other case of another key. */
import {openAct, openOneOf} from '../dialogs/opening.ts';
import {goTo} from '../moves.ts';
import {act, asks, type Binding, here} from './binding.ts';

const runs = ['run', 'report', 'resume', 'done'] as const;
const answers = ['acknowledge', 'confirmRelay'] as const;
const triggers = ['answer', 'ask', 'down', 'up', 'standDown', 'layAside'] as const;
const rollbacks = ['prove', 'cancel', 'rollback', 'byHand'] as const;

export const acting: readonly Binding[] = [
	act({
		keys: ['r'],
		shown: 'r',
		label: 'run',
		where: 'cutover',
		heading: 'Act',
		acts: runs,
		rank: 20,
		press: at => openOneOf(at, 'What is to be done?', runs),
	}),
	act({
		keys: ['a'],
		shown: 'a',
		label: 'answer',
		help: 'Acknowledges or denies what the marked gate asks, by name, or passes on the words of somebody else; confirms what was passed on for you.',
		where: 'cutover',
		heading: 'Act',
		acts: answers,
		rank: 25,
		press: at => openOneOf(at, 'Answer', answers),
	}),
	act({
		keys: ['g'],
		shown: 'g',
		label: 'poll',
		help: 'Shows the poll; there, votes: go, no-go or keep.',
		confirms: 'the typed word GO or KEEP; a reason for a no-go',
		where: 'cutover',
		heading: 'Act',
		acts: [],
		rank: 30,
		press: at => here('poll', at, () => openAct(at, at.standing.poll?.kind === 'keep' ? 'keep' : 'vote')),
	}),
	act({
		keys: ['t'],
		shown: 't',
		label: 'trigger',
		help: 'Triggers: ask, answer, run an outage clock by hand, stand down.',
		confirms: `${asks}; the typed word FIRE where it fires`,
		where: 'cutover',
		heading: 'Act',
		acts: triggers,
		rank: 35,
		press: at => openOneOf(at, 'Triggers', triggers),
	}),
	act({keys: ['!'], shown: '!', label: 'hold', where: 'cutover', heading: 'Act', acts: ['hold'], rank: 40}),
	act({keys: ['0'], shown: '0', label: 'set T0', where: 'cutover', heading: 'Act', acts: ['t0'], rank: 45}),
	act({
		keys: ['B'],
		shown: 'B',
		label: 'back out',
		help: 'Rolls back: shows what will run, as whom and where. Once begun, shows how it stands; there, what is left to do.',
		confirms: 'the typed word ROLLBACK; MAY RUN TWICE where that may be',
		where: 'cutover',
		heading: 'Act',
		acts: rollbacks,
		rank: 22,
		press: at => {
			if (at.state.rollback === null) return openAct(at, 'rollback');
			return here('rollback', at, () => openOneOf(at, 'Rollback', rollbacks));
		},
	}),
	act({
		keys: ['k'],
		shown: 'k',
		label: 'stop',
		where: ['run'],
		heading: 'Act',
		acts: ['stop'],
		rank: 12,
		confirms: 'a reason; the typed word CANCEL for T0 and later',
	}),
	act({
		keys: ['c'],
		shown: 'c',
		label: 'cancel',
		where: ['rollback'],
		heading: 'Act',
		acts: ['cancel'],
		rank: 15,
		confirms: 'the typed word CANCEL',
	}),
	act({keys: ['v'], shown: 'v', label: 'impact over', where: ['rollback'], heading: 'Act', acts: ['prove'], rank: 14}),

	act({
		keys: ['s'],
		shown: 's',
		label: 'sign-off',
		help: 'Signs the marked sign-off; from elsewhere, shows them.',
		where: 'cutover',
		heading: 'Record',
		acts: [],
		rank: 55,
		press: at => (at.view.pane === 'signOffs' ? openAct(at, 'sign') : goTo(at.view, 'signOffs')),
	}),
	act({keys: ['n'], shown: 'n', label: 'note', where: 'cutover', heading: 'Record', acts: ['note'], rank: 50}),
	act({
		keys: ['y'],
		shown: 'y',
		label: 'copy',
		where: ['evidence'],
		heading: 'Record',
		acts: ['copy'],
		rank: 12,
		confirms: 'nothing: it only copies',
	}),
	act({keys: ['x'], shown: 'x', label: 'export', where: ['evidence'], heading: 'Record', acts: ['export'], rank: 13}),
	act({
		keys: ['m'],
		shown: 'm',
		label: 'attach',
		where: ['evidence', 'run'],
		heading: 'Record',
		acts: ['attach'],
		rank: 17,
	}),
	act({
		keys: ['d'],
		shown: 'd',
		label: 'not recorded',
		where: ['evidence', 'signOffs'],
		heading: 'Record',
		acts: ['notRecorded'],
		rank: 18,
	}),
	act({keys: ['u'], shown: 'u', label: 'you', where: 'cutover', heading: 'Record', acts: ['person'], rank: 80}),
];

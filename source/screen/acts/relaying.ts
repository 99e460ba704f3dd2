/** Words that somebody else said, passed on by who sits here (RULES D5): shown as relayed until the speaker confirms them. */
import type {Draft, Field} from '../dialogs/dialog.ts';
import {
	type Act,
	choice,
	type Effect,
	nowhere,
	option,
	preset,
	runbookOf,
	type ScreenContext,
	same,
	send,
	text,
	type Values,
} from './act.ts';
import {isForOthers, ruling} from './ruling.ts';

const whenRelayed = {field: 'from', is: 'relayed'} as const;

/** Whose words: mine, unless one goes back to this question; where it is not mine to say, somebody else's. */
export const relayFields = (at: ScreenContext, draft: Draft): readonly Field[] => [
	{
		...preset(
			choice('from', 'words', [option('mine', 'mine'), option('relayed', 'passed on for somebody')]),
			isForOthers(ruling(at, draft)) ? 'relayed' : 'mine',
		),
		aside: true,
	},
	{...text('speaker', 'said by', 'name of who said it'), when: whenRelayed},
	{...text('channel', 'over', 'phone, chat, bridge 4821'), when: whenRelayed},
	{...text('words', 'in words', 'as they were said'), when: whenRelayed},
];

/** The same act, as the speaker's where it is passed on. */
export const inWordsOf = (values: Values, effect: Effect): Effect =>
	values['from'] !== 'relayed' || effect.kind !== 'send'
		? effect
		: {
				...effect,
				relayed: {speaker: values['speaker'] ?? '', channel: values['channel'] ?? '', words: values['words'] ?? ''},
			};

export const confirmRelay: Act = {
	title: 'Confirm what was relayed for you',
	help: 'Confirms by name words that somebody else passed on for you.',
	fits: ({snapshot}) => snapshot.unconfirmed.length > 0,
	on: ({snapshot, view}) => {
		const mine = snapshot.unconfirmed.filter(({speaker}) => speaker.toLowerCase() === view.person.name.toLowerCase());
		return mine.length === 1 ? String(mine[0]?.entry ?? '') : null;
	},
	targets: ({snapshot}) =>
		snapshot.unconfirmed.map(({entry, speaker, words}) => option(String(entry), `${entry} ${speaker}: ${words}`)),
	probe: (_, entry) => ({type: 'confirmRelay', data: {entry: Number(entry)}}),
	lines: ({snapshot}, on) =>
		snapshot.unconfirmed
			.filter(({entry}) => String(entry) === on)
			.map(({speaker, by, words}) => `${speaker}, passed on by ${by}: ${words}`),
	fields: () => [
		preset(choice('sure', 'sure', [option('no', 'no, go back'), option('yes', 'yes, I said that')]), 'no'),
	],
	effect: (_, entry) => send({type: 'confirmRelay', data: {entry: Number(entry)}}),
};

export const handRole: Act = {
	title: 'Hand a role over',
	help: 'The holder of a role hands it to somebody by name.',
	...nowhere,
	targets: at => runbookOf(at).roles.map(same),
	probe: (_, role) => ({type: 'handRole', data: {role, to: '…'}}),
	lines: () => [],
	fields: () => [text('to', 'to', 'name of who takes it')],
	effect: ({to = ''}, role) => send({type: 'handRole', data: {role, to: to.trim()}}),
};

export const takeRole: Act = {
	title: 'Take a role over',
	help: 'The named deputy after two minutes of silence, or two other owners, each with a reason.',
	...nowhere,
	targets: at => runbookOf(at).roles.map(same),
	probe: (_, role) => ({type: 'takeRole', data: {role, reason: '…'}}),
	lines: () => [],
	fields: () => [text('reason', 'reason')],
	effect: ({reason = ''}, role) => send({type: 'takeRole', data: {role, reason}}),
};

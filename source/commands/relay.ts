/** What somebody else said, passed on by who sits here (RULES D5): shown as relayed until the speaker confirms it. */
import type {Command} from '../cutover/model/command.ts';
import {everybody} from '../cutover/model/state.ts';
import {choice, type Field, field, same, type Values} from './field.ts';
import {isForOthers, ruling} from './situation.ts';
import type {Problem, Spec} from './spec.ts';

export type Relayed = NonNullable<Command['relayed']>;

const isRelayed = ({from}: Values): boolean => from === 'else';

/** Fields of every relayable command. On a form they speak for oneself unless one goes back to the question. */
export const relayFields = (probe: Spec['probe']): readonly Field[] => [
	field('from', 'choice', '', {
		label: 'speaking for',
		only: 'form',
		choices: () => [choice('me', 'myself'), choice('else', 'someone else')],
		initial: (situation, on) => {
			const draft = probe(situation, on);
			return draft !== null && isForOthers(ruling(situation, draft)) ? 'else' : 'me';
		},
		aside: true,
	}),
	field('for', 'person', 'who said it', {
		label: 'who said it',
		hint: 'name',
		choices: ({state}) => everybody(state).map(same),
		requiredWhen: isRelayed,
		askedWhen: isRelayed,
	}),
	field('relayed', 'text', 'passes on what was heard over this channel, such as phone', {
		metavar: 'CHANNEL',
		label: 'channel',
		hint: 'phone, chat, bridge 4821',
		requiredWhen: isRelayed,
		askedWhen: isRelayed,
	}),
	field('words', 'text', 'what was said, in the exact words', {
		label: 'exact words',
		requiredWhen: isRelayed,
		askedWhen: isRelayed,
	}),
];

/** Null where the person speaks for themselves. */
export const relayOf = (values: Values): Relayed | null | Problem => {
	const {relayed: channel, for: speaker, words} = values;
	if (values['from'] === 'me' || (values['from'] === undefined && !channel && !speaker && !words)) return null;
	if (channel && speaker && words) return {channel, speaker, words};
	return {
		problem: 'Speaking for someone else takes who said it, the channel and the exact words.',
		fields: ['for', 'relayed', 'words'],
	};
};

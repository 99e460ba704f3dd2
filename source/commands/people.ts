/** Commands about who acts. */
import {choice, field, same} from './field.ts';
import {anything, runbookOf, type Situation} from './situation.ts';
import {reasoned, type Spec, send} from './spec.ts';

export const confirmRelay: Spec = {
	title: 'Confirm what was relayed for you',
	summary: 'confirms that what was relayed for you is what you said',
	help: 'Confirms by name what somebody else passed on for you.',
	examples: ['confirm 41'],
	lines: [{command: 'confirm'}],
	target: 'entry',
	targets: ({snapshot}) =>
		snapshot.unconfirmed.map(({entry, speaker, words}) => choice(String(entry), `${entry} ${speaker}: ${words}`)),
	asks: 'Did you say that?',
	fields: [],
	fits: ({snapshot}) => snapshot.unconfirmed.length > 0,
	about: ({snapshot}, on) =>
		snapshot.unconfirmed
			.filter(({entry}) => String(entry) === on)
			.map(({speaker, by, words}) => `${speaker}, relayed by ${by}: ${words}`),
	probe: (_, entry) => ({type: 'confirmRelay', data: {entry: Number(entry)}}),
	steps: (_, entry) => send({type: 'confirmRelay', data: {entry: Number(entry)}}),
};

const roles = (situation: Situation) => runbookOf(situation).roles.map(same);

export const handRole: Spec = {
	title: 'Hand a role over',
	summary: 'hands a role over, or takes it over',
	help: 'The holder of a role hands it to somebody by name.',
	examples: ['role release-manager --to dave'],
	lines: [{command: 'role', flag: {name: 'to'}}],
	target: 'role',
	targets: roles,
	fields: [
		field('to', 'person', 'who holds it from now on', {
			hint: 'name of who takes it',
			choices: (situation, on) => (situation.state.people?.[on] ?? []).map(same),
			requiredWhen: () => true,
		}),
	],
	probe: (_, role) => ({type: 'handRole', data: {role, to: anything}}),
	steps: ({to = ''}, role) => send({type: 'handRole', data: {role, to: to.trim()}}),
};

export const takeRole: Spec = {
	title: 'Take a role over',
	help: 'Its deputy takes a role over when the holder was silent for two minutes; or two other owners do, the second of whom completes it. Each gives a reason.',
	examples: ['role release-manager --take --reason "alice lost her connection"'],
	lines: [{command: 'role', flag: {name: 'take', about: 'takes it over, which needs a --reason'}}],
	target: 'role',
	targets: roles,
	...reasoned((reason, role) => ({type: 'takeRole', data: {role, reason}})),
};

/** Commands on personal links: how people without a login see, vote and sign. */
import {everybody} from '../cutover/model/state.ts';
import {stampOrNull} from '../text/time.ts';
import {choice, field, orNull, same, type Values} from './field.ts';
import {anything, type Draft, runbookOf, type Situation} from './situation.ts';
import {reasoned, type Spec, send, timeOf} from './spec.ts';

/** Everybody whom the settings bind to a role, but who asks. */
const others = ({state, person}: Situation): readonly string[] =>
	everybody(state).filter(name => name.toLowerCase() !== person.name.toLowerCase());

const works = new Set(['sent', 'opened']);

/** Of them, whoever has no link that works. */
const uninvited = (situation: Situation): readonly string[] => {
	const invited = situation.snapshot.links.filter(({state}) => works.has(state)).map(({name}) => name);
	return others(situation).filter(name => !invited.includes(name));
};

const isBound = ({state}: Situation): boolean => state.people !== null;

const invitation = (name: string, values: Values, until: number | null): Draft => ({
	type: 'invite',
	data: {
		name: name.trim(),
		roles: (values['roles'] ?? '').split(',').filter(role => role !== ''),
		sent: values['mail'] === 'yes' || values['by'] === 'mail' ? 'mail' : 'print',
		code: values['no-code'] !== 'yes' && values['code'] !== 'no',
		until: stampOrNull(until),
	},
});

export const invite: Spec = {
	title: 'Invite a person without a login',
	summary: 'gives a person without a login a personal link',
	help: 'Gives a person without a login a link of their own, by which they see the cutover, vote, answer and sign. The link and six digits are shown once: send the link to that person alone, and say the digits on the phone. A new link takes the place of an earlier one. With --mail the program sends the link itself, to the address of the settings, and shows it nowhere: only such a link proves a second person.',
	examples: [
		'invite bob --mail',
		'invite --all --mail',
		'invite bob',
		'invite bob --until 08:00',
		'invite frank --roles ops-lead --no-code',
	],
	lines: [{command: 'invite'}],
	fields: [
		field('name', 'person', 'who is invited', {
			positional: true,
			optional: true,
			hint: 'name',
			choices: situation => others(situation).map(same),
			requiredWhen: values => values['all'] !== 'yes',
		}),
		field(
			'all',
			'flag',
			'everybody whom the settings bind to a role and who has no link yet, each with a link of their own',
			{
				only: 'line',
			},
		),
		field('roles', 'roles', 'their roles, where the settings bind nobody to one', {
			choices: situation => runbookOf(situation).roles.map(same),
			requiredWhen: (_, situation) => !isBound(situation),
			askedWhen: (_, situation) => !isBound(situation),
		}),
		field('mail', 'flag', 'the program mails the link to the address of the settings, and shows it nowhere', {
			only: 'line',
		}),
		field('by', 'choice', '', {
			label: 'sent',
			only: 'form',
			choices: () => [choice('mail', 'by the program, by mail'), choice('hand', 'by yourself')],
			initial: ({state}) => (state.runbook?.notify?.some(({to}) => to === 'mail') ? 'mail' : 'hand'),
			aside: true,
		}),
		field('code', 'choice', '', {
			label: 'spoken code',
			only: 'form',
			choices: () => [choice('yes', 'six digits, needed to vote'), choice('no', 'none')],
			initial: () => 'yes',
			aside: true,
		}),
		field('no-code', 'flag', 'no digits: the link serves for sign-offs, answers, notes and a hold, and for no vote', {
			only: 'line',
		}),
		field('until', 'time', 'until when it works; a day after the planned end without it', {
			hint: 'empty: a day after the planned end',
		}),
	],
	about: () => ['Whoever has the link and the digits speaks as this person. Send them on different channels.'],
	probe: situation =>
		invitation(
			others(situation)[0] ?? anything,
			{roles: isBound(situation) ? '' : (runbookOf(situation).roles[0] ?? '')},
			null,
		),
	steps: (values, _, situation) => {
		const {snapshot} = situation;
		const text = orNull(values['until']);
		const until = text === null ? null : timeOf(text, snapshot.now);
		if (until !== null && typeof until !== 'number') return until;
		const name = orNull(values['name']);
		if (values['all'] !== 'yes') return send(invitation(name ?? '', values, until));
		if (name !== null) return {problem: `Name ${name}, or give --all.`};
		const all = uninvited(situation);
		if (all.length === 0)
			return {
				problem: isBound(situation)
					? 'Everybody whom the settings bind to a role has a link.'
					: 'The settings bind nobody to a role: invite each person by name.',
			};
		return all.flatMap(one => send(invitation(one, values, until)));
	},
};

export const revoke: Spec = {
	title: 'Revoke a personal link',
	summary: 'ends a personal link',
	help: 'Ends the personal link of a person at once, in every browser that has it open. What was recorded by it stays.',
	examples: ['revoke bob --reason "wrong address"', 'revoke I3 --reason "phone lost"'],
	lines: [{command: 'revoke'}],
	target: 'link',
	targets: ({snapshot}) =>
		snapshot.links.filter(({state}) => works.has(state)).map(({link, name}) => choice(link, `${link} ${name}`)),
	nothing: 'Nobody has a personal link.',
	fits: ({snapshot}) => snapshot.links.some(({state}) => works.has(state)),
	...reasoned((reason, link) => ({type: 'revoke', data: {link, reason}})),
};

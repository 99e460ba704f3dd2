/** Personal links: given, opened, locked, revoked (RULES P3). The secret of a link is no matter of the rules. */
import {sameName} from '../../../text/same-name.ts';
import {instant, wall} from '../../../text/time.ts';
import type {CommandData} from '../../model/command.ts';
import type {Event} from '../../model/event.ts';
import type {Invitation} from '../../model/link.ts';
import {ofPerson} from '../../model/reached.ts';
import type {Refusal} from '../../model/refusal.ts';
import type {Runbook} from '../../model/runbook.ts';
import {everybody, type State} from '../../model/state.ts';
import {endedForbidden, linkOf, openLinks, usualUntil} from '../links.ts';
import {rolesOf, unknown} from '../owners.ts';
import {fields, listed, refuse, usageError} from '../refusal.ts';
import {reasonFor} from './plan.ts';
import type {RuleContext, Rules} from './rule.ts';

/** As the settings spell it. */
const spelt = (state: State, name: string): string =>
	everybody(state).find(known => sameName(known, name)) ?? name.trim();

/** The roles of the invited: those that the settings bind to the name, or those that are given where nobody is bound. */
function rolesFor(state: State, name: string, given: readonly string[], runbook: Runbook): readonly string[] | Refusal {
	const strange = given.find(role => !runbook.roles.includes(role));
	if (strange !== undefined) return unknown('role', strange, runbook.roles);
	const bound = rolesOf(state, name);
	if (bound?.length === 0)
		return usageError(
			'link-roles',
			`${name} has no role in the settings.`,
			`Invite one of ${listed(everybody(state), 'or')}, or add ${name} to the settings and approve them.`,
		);
	const missing = given.find(role => bound !== null && !bound.includes(role));
	if (missing !== undefined) return refuse('not-bound', `${name} is not ${missing}.`, 'Leave it out.');
	if (bound === null && given.length === 0)
		return usageError(
			'link-roles',
			'The settings bind nobody to a role.',
			`Say the roles of ${name}.`,
			fields('roles'),
		);
	return given.length > 0 ? given : (bound ?? []);
}

/** Neither by name nor by login. */
const oneself = (name: string, {by, runbook}: RuleContext): boolean => {
	const login = ofPerson(runbook.identities, name)?.login;
	return sameName(name, by.name) || (login !== undefined && login === by.login);
};

const untilForbidden = (state: State, until: string | null, at: number): Refusal | null =>
	until === null || (instant(until) > at && instant(until) <= usualUntil(state))
		? null
		: usageError(
				'link-until',
				`A link ends between now and ${wall(usualUntil(state))}.`,
				'Name such a time, or none.',
				fields('until'),
			);

const notOpen = (state: State, named: string, at: number): Refusal | null => {
	const link = linkOf(state, named);
	return link === null
		? refuse('no-link', `There is no link ${named}.`, 'Invite somebody.')
		: endedForbidden(state, link, at);
};

const revoked = (links: readonly Invitation[], reason: string): readonly Event[] =>
	links.map(({link}) => ({type: 'linkRevoked', data: {link, reason}}));

export const inviteRules = {
	invite: (state, {name: given, roles: named, sent, code, until}: Readonly<CommandData['invite']>, asked) => {
		const {runbook, at} = asked;
		if (!given.trim()) return usageError('name-needed', 'No name was given.', 'Name the person.', fields('name'));
		const name = spelt(state, given);
		const roles = rolesFor(state, name, named, runbook);
		if ('refused' in roles) return roles;
		if (oneself(name, asked))
			return refuse('invite-self', `${name} is who acts here.`, 'Act here, or ask another owner to invite you.');
		const to = sent === 'mail' ? (ofPerson(runbook.mails, name) ?? null) : null;
		if (sent === 'mail' && to === null)
			return usageError(
				'no-address',
				`The settings have no mail address of ${name}.`,
				`Add people."${name}".mail to the settings and approve them, or pass the link on yourself.`,
			);
		const no = untilForbidden(state, until, at);
		if (no !== null) return no;
		const link = `I${state.invitations.length + 1}`;
		return [
			...revoked(
				openLinks(state, at).filter(other => sameName(other.name, name)),
				`${link} takes its place`,
			),
			{type: 'invited', data: {link, name, roles, sent, to, code, until}},
		];
	},
	revoke: (state, {link: named, reason}, {at}) => {
		const open = openLinks(state, at).filter(
			({link, name}) => sameName(link, named.trim()) || sameName(name, named.trim()),
		);
		if (open.length === 0)
			return usageError(
				'no-link',
				`"${named}" names no link that is open.`,
				`Open are: ${listed(openLinks(state, at).map(({link, name}) => `${link} (${name})`))}.`,
			);
		return reasonFor(reason, 'revoking a link') ?? revoked(open, reason);
	},
	recordOpened: (state, data, {at}) => notOpen(state, data.link, at) ?? [{type: 'linkOpened', data}],
	lockLink: (state, data, {at}) => notOpen(state, data.link, at) ?? [{type: 'linkLocked', data}],
} satisfies Partial<Rules>;

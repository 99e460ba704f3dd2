/*
In which role somebody acts. Without one the one owner of the act is assumed; where people are bound to roles, a name
acts only in a role that it is bound to.
*/
import {sameName} from '../../text/same-name.ts';
import type {Command} from '../model/command.ts';
import type {Person} from '../model/person.ts';
import {ofPerson} from '../model/reached.ts';
import type {Refusal} from '../model/refusal.ts';
import type {Runbook} from '../model/runbook.ts';
import {everybody, type State} from '../model/state.ts';
import {linkOf, throughLink} from './links.ts';
import {holdersText, ownersOf, rolesOf, unknown} from './owners.ts';
import {fields, isRefusal, listed, refuse, usageError} from './refusal.ts';

/** Roles that somebody may act in: those that the name is bound to, by a link those of the invitation; null where any. */
const mayActIn = (state: State, by: Person): readonly string[] | null => {
	const bound = rolesOf(state, by.name);
	if (by.web === undefined) return bound;
	return (linkOf(state, by.web.link)?.roles ?? []).filter(role => bound?.includes(role) ?? true);
};

const notBound = ({people}: State, by: Person, role: string): Refusal =>
	refuse('not-bound', `${by.name} is not ${role}.`, `Ask ${holdersText(people, [role])}.`);

type Allowed = readonly string[] | 'anyone' | 'any role';

const inRole = (state: State, runbook: Runbook, owners: Allowed, by: Person, role: string): Person | Refusal => {
	const known = runbook.roles.find(name => sameName(name, role.replaceAll(/\s+/g, '-')));
	if (known === undefined) return unknown('role', role, runbook.roles);
	const bound = mayActIn(state, by);
	if (bound && !bound.includes(known)) return notBound(state, by, known);
	if (typeof owners !== 'string' && !owners.includes(known)) {
		const mine = owners.filter(owner => bound?.includes(owner) ?? true);
		const fix =
			mine.length === 0
				? `Ask ${holdersText(state.people, owners)}.`
				: `Act as ${listed(mine, 'or')}, or ask its holder.`;
		return refuse('not-owner', `${known} does not own this.`, fix);
	}
	return {...by, role: known};
};

const inOneOf = (state: State, owners: Allowed, by: Person): Person | Refusal => {
	const bound = mayActIn(state, by);
	if (bound?.length === 0 && owners !== 'anyone')
		return refuse(
			'not-bound',
			`${by.name} has no role.`,
			`Act as a person with a role: ${listed(everybody(state), 'or')}.`,
		);
	const mine = typeof owners === 'string' ? (bound ?? []) : owners.filter(role => bound?.includes(role) ?? true);
	if (mine.length === 1) return {...by, role: mine[0] ?? null};
	if (typeof owners === 'string') return by;
	return mine.length === 0
		? refuse(
				'not-owner',
				`${by.name} holds ${listed(bound ?? [])}; this is for ${listed(owners, 'or')}.`,
				`Ask ${holdersText(state.people, owners)}.`,
			)
		: usageError('role-needed', `This is for ${listed(mine, 'or')}.`, `Say in which role you act.`, {
				...fields('role'),
				roles: mine,
			});
};

/** Relayed words are the speaker's; the login stays that of who relays them (RULES D5). */
const speaking = ({relayed}: Command, by: Person): Person =>
	relayed ? {...by, name: relayed.speaker, relay: {by: by.name, channel: relayed.channel, words: relayed.words}} : by;

/** A name that the settings bind acts from its login, or with its key; null where it does, or is not bound. */
export const identityForbidden = ({identities}: Runbook, by: Person): Refusal | null => {
	const bound = ofPerson(identities, by.name);
	if (bound === undefined || by.strength === 'process' || by.web !== undefined) return null;
	if (bound.login !== undefined && bound.login === by.login) return null;
	if (by.key !== undefined && bound.keys.includes(by.key)) return null;
	const wanted = [
		...(bound.login === undefined ? [] : [`login ${bound.login}`]),
		...bound.keys.map(key => `key ${key}`),
	];
	return refuse(
		'bound-identity',
		`${by.name} is bound to ${listed(wanted)}; this is login ${by.login ?? 'unknown'}.`,
		`Act as ${bound.login ?? by.name}, or under your own name.`,
	);
};

/** The person with the role in which they may act, or why they may not. */
export const actAs = (state: State, command: Command, sender: Person, at: number): Person | Refusal => {
	if (sender.strength === 'process') return sender;
	const known = throughLink(state, command, sender, at);
	if (isRefusal(known)) return known;
	const by = speaking(command, known);
	const {runbook} = state;
	if (runbook === null) return by;
	const no = identityForbidden(runbook, sender);
	if (no !== null) return no;
	const owners = ownersOf(command, state, runbook, at);
	if (owners === 'process')
		return refuse(
			'process-only',
			`${command.type} comes from a runner, not from a person.`,
			'Run the gate or stage instead.',
		);
	if (typeof owners === 'object' && isRefusal(owners)) return owners;
	return by.role === null ? inOneOf(state, owners, by) : inRole(state, runbook, owners, by, by.role);
};

/** As `actAs`, for stamping entries: unchanged where the rules refused. */
export const acting = (state: State, command: Command, by: Person, at: number): Person => {
	const person = actAs(state, command, by, at);
	return isRefusal(person) ? by : person;
};

/* Who holds which role by the settings, and whether every role that acts is held by somebody. */
import type {Runbook} from '../../cutover/model/runbook.ts';
import {hiddenCharacter} from '../../text/clean.ts';
import type {Complain} from '../problems/complain.ts';
import type {Roles} from '../roles.ts';
import type {Read} from './read.ts';

type ByRole = 'roles' | 'deputies' | 'onCall';

/** What the settings say by role, the roles spelt as everywhere, and each with how it is written there; null where there is nothing. */
function byRole<V>(
	{parsed, complain}: Read,
	key: ByRole,
	set: Readonly<Record<string, V>> | undefined,
	roles: Roles,
): ReadonlyMap<string, {readonly name: string; readonly value: V}> | null {
	const found = new Map<string, {readonly name: string; readonly value: V}>();
	for (const [name, value] of Object.entries(set ?? {})) {
		const hidden = hiddenCharacter(name);
		if (hidden) complain('name-hidden', parsed.keyAt([key, name]), {what: 'The role', name, character: hidden.name});
		const role = roles.spell(name);
		if (found.has(role)) complain('settings-role-twice', parsed.keyAt([key, name]), {role});
		found.set(role, {name, value});
	}
	return found.size === 0 ? null : found;
}

/** Who holds which role, or may take it over. */
export function namesOf(read: Read, key: 'roles' | 'deputies', roles: Roles): Runbook['people'] {
	const bound = byRole(read, key, read.values[key], roles);
	if (bound === null) return null;
	for (const [role, {name, value: people}] of bound) {
		if (people.length === 0) read.complain('settings-role-empty', read.parsed.at([key, name]), {role});
		const observed = new Set<string>();
		people.forEach((person, index) => {
			if (observed.has(person.toLowerCase()))
				read.complain('settings-person-twice', read.parsed.at([key, name, index]), {name: person, role});
			observed.add(person.toLowerCase());
		});
	}
	return Object.fromEntries([...bound].map(([role, {value}]) => [role, value]));
}

/** Complains of roles that neither the runbook nor the settings have. */
function checkKnown(
	{values, parsed, complain}: Read,
	key: 'deputies' | 'onCall',
	roles: Roles,
	known: readonly string[],
): void {
	for (const name of Object.keys(values[key] ?? {}))
		if (!known.includes(roles.spell(name)))
			complain('settings-unknown', parsed.keyAt([key, name]), {
				what: 'role',
				name,
				names: known.length === 0 ? 'none' : known.join(', '),
			});
}

/** Who may take which role over; `known`: every role of the runbook and the settings. */
export function deputiesOf(read: Read, roles: Roles, known: readonly string[]): Runbook['deputies'] {
	const deputies = namesOf(read, 'deputies', roles);
	if (deputies === null) return undefined;
	checkKnown(read, 'deputies', roles, known);
	return deputies;
}

/** Which command prints who is on call, by role. */
export function onCallOf(read: Read, roles: Roles, known: readonly string[]): Runbook['onCall'] {
	checkKnown(read, 'onCall', roles, known);
	const found = byRole(read, 'onCall', read.values.onCall, roles);
	return found === null ? undefined : Object.fromEntries([...found].map(([role, {value}]) => [role, value]));
}

type Owned = {readonly what: string; readonly roles: readonly string[]; readonly line: number};

/** Every role that acts must be held by somebody, once anybody is bound at all. */
export function checkBound(
	runbook: Pick<Runbook, 'gates' | 'stages' | 'triggers' | 'signOffs'>,
	people: NonNullable<Runbook['people']>,
	complain: Complain,
): void {
	const owned: readonly Owned[] = [
		...runbook.gates.map(({id, owners, groups, line}) => ({what: `Gate ${id}`, roles: [...owners, ...groups], line})),
		...runbook.stages.map(({id, owners, line}) => ({what: id, roles: owners, line})),
		...runbook.triggers.map(({id, roles, line}) => ({what: `Trigger ${id}`, roles, line})),
		...runbook.signOffs.map(({id, role, line}) => ({what: `Sign-off ${id}`, roles: [role], line})),
	];
	for (const {what, roles, line} of owned)
		for (const role of new Set(roles))
			if (!Object.hasOwn(people, role)) complain('settings-role-unbound', {line, column: 1}, {what, role});
}

/** Whether each role can have a person of its own; whoever has one already may give it up for another. */
function areApart(holders: readonly (readonly string[])[]): boolean {
	const roleOf = new Map<string, number>();
	const finds = (role: number, asked: Set<string>): boolean =>
		(holders[role] ?? []).some(name => {
			if (asked.has(name)) return false;
			asked.add(name);
			const other = roleOf.get(name);
			if (other !== undefined && !finds(other, asked)) return false;
			roleOf.set(name, role);
			return true;
		});
	return holders.every((_, role) => finds(role, new Set()));
}

/** Nobody votes for two roles: where one person holds both, the vote could never be given. */
export function checkVotes(
	{parsed, complain}: Read,
	{stages}: Pick<Runbook, 'stages'>,
	people: NonNullable<Runbook['people']>,
	deputies: Runbook['deputies'],
): void {
	const voting = stages.filter(({kind}) => kind === 'decision' || kind === 'closing');
	for (const {id, owners} of voting) {
		const holders = owners.map(role =>
			[...(people[role] ?? []), ...(deputies?.[role] ?? [])].map(name => name.toLowerCase()),
		);
		if (holders.some(names => names.length === 0) || areApart(holders)) continue;
		const names = [...new Set(owners.flatMap(role => people[role] ?? []))];
		complain('settings-two-people', parsed.keyAt(['roles']), {id, roles: owners.join(', '), names: names.join(', ')});
	}
}

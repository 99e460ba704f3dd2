/* Who holds which role by the settings, and whether every role that acts is held by somebody. */
import type {Runbook} from '../../cutover/model/runbook.ts';
import {hiddenCharacter} from '../../text/clean.ts';
import type {Complain} from '../problems/complain.ts';
import type {Roles} from '../roles.ts';
import type {Read} from './read.ts';

/** Names by role, the roles spelt as everywhere; null where there are none. */
function namesOf(
	{values, parsed, complain}: Read,
	key: 'roles' | 'deputies',
	roles: Roles,
): Readonly<Record<string, readonly string[]>> | null {
	const bound = new Map<string, readonly string[]>();
	for (const [name, people] of Object.entries(values[key] ?? {})) {
		const hidden = hiddenCharacter(name);
		if (hidden) complain('name-hidden', parsed.keyAt([key, name]), {what: 'The role', name, character: hidden.name});
		const role = roles.spell(name);
		if (bound.has(role)) complain('settings-role-twice', parsed.keyAt([key, name]), {role});
		bound.set(role, people);
		if (people.length === 0) complain('settings-role-empty', parsed.at([key, name]), {role});
		const observed = new Set<string>();
		people.forEach((person, index) => {
			if (observed.has(person.toLowerCase()))
				complain('settings-person-twice', parsed.at([key, name, index]), {name: person, role});
			observed.add(person.toLowerCase());
		});
	}
	return bound.size === 0 ? null : Object.fromEntries(bound);
}

/** Who holds which role. */
export const peopleOf = (read: Read, roles: Roles): Runbook['people'] => namesOf(read, 'roles', roles);

/** Who may take which role over; `known`: every role of the runbook and the settings. */
export function deputiesOf(read: Read, roles: Roles, known: readonly string[]): Runbook['deputies'] {
	const deputies = namesOf(read, 'deputies', roles);
	if (deputies === null) return undefined;
	for (const name of Object.keys(read.values.deputies ?? {}))
		if (!known.includes(roles.spell(name)))
			read.complain('settings-unknown', read.parsed.keyAt(['deputies', name]), {
				what: 'role',
				name,
				names: known.length === 0 ? 'none' : known.join(', '),
			});
	return deputies;
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

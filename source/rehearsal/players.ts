/* Who plays whom: a name for each role of the runbook, and where its settings bind people, the first of those. */

import {person, type Sources} from '../cli/person.ts';
import type {Person} from '../cutover/model/person.ts';
import type {Runbook} from '../cutover/model/runbook.ts';

const names = [
	'Ada',
	'Ben',
	'Chiara',
	'Dmitri',
	'Edda',
	'Farid',
	'Grete',
	'Hana',
	'Ivo',
	'June',
	'Kofi',
	'Lena',
	'Mio',
	'Nora',
	'Omar',
	'Petra',
];

/** Null: an act that is nobody's in particular. */
export type Players = (role: string | null) => Person;

function named(index: number): string {
	const name = names[index % names.length] ?? '';
	return index < names.length ? name : `${name} ${Math.floor(index / names.length) + 1}`;
}

export function playersOf({roles, people}: Pick<Runbook, 'roles' | 'people'>, sources: Sources): Players {
	return role => {
		const first = role ?? roles[0] ?? null;
		const bound = first === null ? undefined : people?.[first]?.[0];
		return person(sources, bound ?? named(first === null ? 0 : roles.indexOf(first)), role);
	};
}

/*
Who plays whom: a name for each role of the runbook, and where its settings bind people, the first of those.
*/
import type {Person} from '../../cutover/person.ts';
import type {Runbook} from '../../cutover/runbook.ts';
import {person, type Sources} from '../person.ts';

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
export type Cast = (role: string | null) => Person;

function named(index: number): string {
	const name = names[index % names.length] ?? '';
	return index < names.length ? name : `${name} ${Math.floor(index / names.length) + 1}`;
}

export function castOf({roles, people}: Pick<Runbook, 'roles' | 'people'>, sources: Sources): Cast {
	return role => {
		const first = role ?? roles[0] ?? null;
		const bound = first === null ? undefined : people?.[first]?.[0];
		return person(sources, bound ?? named(first === null ? 0 : roles.indexOf(first)), role);
	};
}

/*
People rather than roles, where the settings say who they are; a role that nobody is bound to keeps its own name.
*/
import type {State} from '../../cutover/model/state.ts';

/** Whoever acts in a role: who holds it, else those bound to it, else the role itself. */
export const nameOf = ({people, holders}: State, role: string): string => {
	const bound = people?.[role] ?? [];
	return holders[role]?.name ?? (bound.length === 0 ? role : bound.join('/'));
};

/** Who did what the role asks for, or will; empty where only the role is known. */
export const personIn = (state: State, {by, role}: {readonly by: string | null; readonly role: string}): string => {
	const name = by ?? nameOf(state, role);
	return name === role ? '' : name;
};

/** `alice + bob`; `anyone` where no role is named. */
export const namesOf = (state: State, roles: readonly string[], between = ' + '): string =>
	roles.length === 0 ? 'anyone' : [...new Set(roles.map(role => nameOf(state, role)))].join(between);

/** Personal links, from the invitation to their end. */
import {instant} from '../../text/time.ts';
import type {Invitation} from '../model/link.ts';
import type {State} from '../model/state.ts';
import type {Evolvers} from './evolver.ts';

const changed = (state: State, link: string, change: (before: Invitation) => Partial<Invitation>): State => ({
	...state,
	invitations: state.invitations.map(each => (each.link === link ? {...each, ...change(each)} : each)),
});

export const linkEvolvers = {
	invited: (state, {until, ...data}, {at, by}) => ({
		...state,
		invitations: [
			...state.invitations,
			{...data, until: until === null ? null : instant(until), at, by, opened: null, locked: null, revoked: null},
		],
	}),
	linkOpened: (state, {link, from, agent}, {at}) =>
		changed(state, link, ({opened}) => ({opened: {at, from, agent, times: (opened?.times ?? 0) + 1}})),
	linkLocked: (state, {link}, {at}) => changed(state, link, () => ({locked: at})),
	linkRevoked: (state, {link, reason}, {at, by}) => changed(state, link, () => ({revoked: {at, by, reason}})),
} satisfies Partial<Evolvers>;

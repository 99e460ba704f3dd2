/** Who holds which role, whose relayed words were confirmed by the speaker, and personal links from the invitation to their end. */

import {sameName} from '../../text/same-name.ts';
import {instant} from '../../text/time.ts';
import type {EventType} from '../model/event.ts';
import type {Invitation} from '../model/link.ts';
import type {State} from '../model/state.ts';
import {without} from './change.ts';
import type {Evolvers, Meta} from './evolver.ts';

const passOn = (people: State['people'], role: string, from: string | null, to: string): State['people'] =>
	people && {
		...people,
		[role]: [...(people[role] ?? []).filter(name => !sameName(name, from ?? '') && !sameName(name, to)), to],
	};

const held = (state: State, {role, from, to}: {role: string; from: string | null; to: string}, {at}: Meta): State => ({
	...state,
	people: passOn(state.people, role, from, to),
	holders: {...state.holders, [role]: {name: to, since: at}},
	takes: without(state.takes, role),
});

/** What people say; each is once in the journal, whatever follows from it in the same breath. */
const spoken: readonly EventType[] = ['voted', 'acknowledged', 'factAnswered', 'answered', 'reported', 'signed'];

const relayed = (state: State, type: EventType, {at, by}: Meta): State['relays'] =>
	by.relay?.entry === undefined || !spoken.includes(type)
		? state.relays
		: {...state.relays, [by.relay.entry]: {speaker: by.name, relay: by.relay, at, confirmed: null}};

/** Of several who are bound to a role the first who acts in it holds it, until it is handed over or taken. */
const isHeld = ({holders, people}: State, role: string): boolean => {
	const name = holders[role]?.name;
	return name !== undefined && (people?.[role]?.some(bound => sameName(bound, name)) ?? false);
};

/** Whoever acts in a role holds it, where nobody is bound to it; handing it over is the last act in it. */
const holds = (state: State, type: EventType, {at, by}: Meta): State['holders'] =>
	type === 'roleTransferred' ||
	type === 'roleTaken' ||
	by.role === null ||
	by.relay ||
	isHeld(state, by.role) ||
	sameName(state.holders[by.role]?.name ?? '', by.name)
		? state.holders
		: {...state.holders, [by.role]: {name: by.name, since: at}};

/** Every act tells who is at work, in which role. */
export const noticed = (state: State, type: EventType, meta: Meta): State => {
	if (meta.by.strength === 'process') return state;
	const actor = meta.by.relay?.by ?? meta.by.name;
	return {
		...state,
		relays: relayed(state, type, meta),
		holders: holds(state, type, meta),
		lastActs: {...state.lastActs, [actor]: meta.at},
	};
};

const changedLink = (state: State, link: string, change: (before: Invitation) => Partial<Invitation>): State => ({
	...state,
	invitations: state.invitations.map(each => (each.link === link ? {...each, ...change(each)} : each)),
});

export const peopleEvolvers = {
	relayConfirmed: (state, {entry}, {at, by}) => {
		const relay = state.relays[entry];
		return relay
			? {...state, relays: {...state.relays, [entry]: {...relay, confirmed: {at, by, reason: null}}}}
			: state;
	},
	roleTransferred: held,
	roleTakeAsked: (state, {role, to, reason}, {at, by}) => ({
		...state,
		takes: {...state.takes, [role]: {at, by, reason, to}},
	}),
	roleTaken: held,
	invited: (state, {until, ...data}, {at, by}) => ({
		...state,
		invitations: [
			...state.invitations,
			{...data, until: until === null ? null : instant(until), at, by, opened: null, locked: null, revoked: null},
		],
	}),
	linkOpened: (state, {link, from, agent}, {at}) =>
		changedLink(state, link, ({opened}) => ({opened: {at, from, agent, times: (opened?.times ?? 0) + 1}})),
	linkLocked: (state, {link}, {at}) => changedLink(state, link, () => ({locked: at})),
	linkRevoked: (state, {link, reason}, {at, by}) => changedLink(state, link, () => ({revoked: {at, by, reason}})),
} satisfies Partial<Evolvers>;

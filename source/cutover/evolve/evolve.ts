/*
`evolve(state, entry)`: what each fact makes of the cutover. No rule is asked here: what is in the journal happened.
One evolver a kind of event; the tables are split by what they speak of.
*/
import {instant} from '../../text/time.ts';
import type {Event, EventData, EventType} from '../model/event.ts';
import type {Person} from '../model/person.ts';
import type {State} from '../model/state.ts';
import type {Entry} from '../ports.ts';
import {attemptEvolvers} from './attempts.ts';
import {withDraft} from './change.ts';
import type {Evolvers, Meta} from './evolver.ts';
import {gateEvolvers} from './gates.ts';
import {healthEvolvers} from './health.ts';
import {noticed, peopleEvolvers} from './people.ts';
import {planEvolvers} from './plan.ts';
import {pollEvolvers} from './polls.ts';
import {recordEvolvers} from './records.ts';
import {rollbackEvolvers} from './rollback.ts';
import {stageEvolvers} from './stages.ts';
import {triggerEvolvers} from './triggers.ts';

const evolvers: Evolvers = {
	...planEvolvers,
	...pollEvolvers,
	...gateEvolvers,
	...attemptEvolvers,
	...stageEvolvers,
	...triggerEvolvers,
	...healthEvolvers,
	...rollbackEvolvers,
	...recordEvolvers,
	...peopleEvolvers,
};

const apply = <K extends EventType>(state: State, event: Event<K>, meta: Meta): State => {
	const evolver: (state: State, data: Readonly<EventData[K]>, meta: Meta) => State = evolvers[event.type as K];
	return evolver(state, event.data, meta);
};

/** Every kind of event that this version knows; an entry of another kind is from a newer one (RULES C3). */
export const knows = (type: string): type is EventType => Object.hasOwn(evolvers, type);

/** Events that are not journaled yet, for looking ahead while deciding. */
export const advance = (state: State, events: readonly Event[], {at, by}: Pick<Meta, 'at' | 'by'>): State =>
	events.reduce((before, event) => apply(before, event, {at, by, cause: ''}), state);

/** Relayed words know their entry, so that the speaker can confirm them. */
const placed = ({by, seq}: Entry): Person => (by.relay ? {...by, relay: {...by.relay, entry: seq}} : by);

/** The state after one more entry; one of a kind that only a newer version knows is counted. */
export const evolve = (state: State, entry: Entry): State => {
	if (!knows(entry.type)) return {...state, seq: entry.seq, at: instant(entry.at)};
	const meta = {at: instant(entry.at), by: placed(entry), cause: entry.cause};
	const next = noticed(apply(state, entry, meta), entry.type, meta);
	return {...next, seq: entry.seq, at: meta.at};
};

export const evolveAll = (state: State, entries: readonly Entry[]): State =>
	withDraft(state, draft => entries.reduce(evolve, draft));

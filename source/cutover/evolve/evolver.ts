/** The shape of an evolver: the state before, an event's data and what is beside it in; the state after out. */
import type {EventData, EventType} from '../model/event.ts';
import type {Person} from '../model/person.ts';
import type {State} from '../model/state.ts';

/** Of an entry, what evolvers need beside its data; `at` in ms. */
export type Meta = {readonly at: number; readonly by: Person; readonly cause: string};

export type Evolvers = {
	readonly [T in EventType]: (state: State, data: Readonly<EventData[T]>, meta: Meta) => State;
};

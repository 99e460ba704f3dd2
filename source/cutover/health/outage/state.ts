/*
Where an outage trigger's clock is after some samples. Plain data: nothing in it that the samples, the watch and the
armings do not give again.
*/

import type {Endpoint} from './endpoint.ts';
import type {Fired} from './fact.ts';
import type {MonotonicTime} from './monotonic-time.ts';
import type {Moment} from './sample.ts';

/** A warning that lasts as long as each of these outages (endpoint, start as tau) runs. */
export type Warned = {readonly percent: number; readonly outages: readonly (readonly [string, number])[]};

export type Clock = {
	readonly monotonicTime: MonotonicTime | null;
	readonly endpoints: Readonly<Record<string, Endpoint>>;
	/** Armings that no sample has reached yet, in order. */
	readonly ahead: readonly Moment[];
	/** What comes after this lies ahead of all samples so far, ms since the epoch. */
	readonly reached: number;
	/** The last arming as tau, null while disarmed. */
	readonly armed: number | null;
	readonly warned: readonly Warned[];
	/** Since the last arming; people end it. */
	readonly fired: Fired | null;
};

/** Before any sample. `armings`: T0, then every standing down, in order. */
export const unsampled = (armings: readonly Moment[] = []): Clock => ({
	monotonicTime: null,
	endpoints: {},
	ahead: armings,
	reached: 0,
	armed: null,
	warned: [],
	fired: null,
});

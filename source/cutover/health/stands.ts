/*
How endpoints and outage clocks stand at an instant, by the reader's own clock: whoever looks notices that nobody watches.
Readings only; what follows from them is decided in rules/ and follow.ts.
*/
import type {Seen} from '../command.ts';
import {criticalOf, type Endpoint, endpointsOf, type OutageTrigger} from '../runbook.ts';
import type {State, TriggerState} from '../state.ts';
import type {EndpointSeen} from './seen.ts';

export type EndpointState = 'up' | 'down' | 'unknown';

/** Without a known answer for longer than this nothing is known of it (ms). */
const sightOf = ({everySeconds}: Endpoint): number => 2 * everySeconds * 1000;

export const seenOfEndpoint = ({health}: Seen, name: string): EndpointSeen | null =>
	health?.endpoints.find(each => each.name === name) ?? null;

/** As the samples tell it; unknown without a known answer for two intervals. `at` in ms. */
export function endpointAt(endpoint: Endpoint, seen: Seen, at: number): EndpointState {
	const found = seenOfEndpoint(seen, endpoint.name);
	if (!found || found.state === null || found.known === null) return 'unknown';
	return at - found.known > sightOf(endpoint) ? 'unknown' : found.state;
}

/** Since when nothing is known of it, in ms; null while it is in sight. */
export function blindSince(state: State, endpoint: Endpoint, seen: Seen, at: number): number | null {
	if (endpointAt(endpoint, seen, at) !== 'unknown') return null;
	return seenOfEndpoint(seen, endpoint.name)?.known ?? state.begun?.at ?? at;
}

const wordsFor = (state: State, endpoint: string): TriggerState['seen'] =>
	Object.values(state.triggers)
		.flatMap(({seen}) => seen.filter(word => word.endpoint === endpoint))
		.toSorted((a, b) => a.at - b.at);

/** Words for an endpoint that nobody can see, each person's newest, given since it was last seen (RULES T4). */
export function wordsWhileBlind(state: State, endpoint: Endpoint, seen: Seen): TriggerState['seen'] {
	const known = seenOfEndpoint(seen, endpoint.name)?.known ?? 0;
	const newest = new Map<string, TriggerState['seen'][number]>();
	for (const word of wordsFor(state, endpoint.name)) if (word.at >= known) newest.set(word.by.name, word);
	return [...newest.values()];
}

/** What two people say of an endpoint that nobody can see; null where they do not agree, or are not two. */
export function answeredFor(state: State, endpoint: Endpoint, seen: Seen): 'up' | 'down' | null {
	const words = wordsWhileBlind(state, endpoint, seen);
	if (words.filter(({up}) => !up).length >= 2) return 'down';
	return words.filter(({up}) => up).length >= 2 && words.every(({up}) => up) ? 'up' : null;
}

/** As it counts: seen, else as two people answer for it. */
export function countsAs(state: State, endpoint: Endpoint, seen: Seen, at: number): EndpointState {
	const found = endpointAt(endpoint, seen, at);
	return found === 'unknown' ? (answeredFor(state, endpoint, seen) ?? 'unknown') : found;
}

/** Names of the critical endpoints that count as that. */
export const criticalThat = (state: State, counts: EndpointState, seen: Seen, at: number): readonly string[] =>
	criticalOf(state.runbook)
		.filter(endpoint => countsAs(state, endpoint, seen, at) === counts)
		.map(({name}) => name);

/** Some critical endpoint is bound: health is measured. */
export const isMeasured = ({runbook}: Pick<State, 'runbook'>): boolean => criticalOf(runbook).length > 0;

/** The clock of a measured trigger while an outage runs that counts for it; times in ms. */
export type OutageClock = {
	readonly endpoint: string;
	readonly elapsed: number;
	readonly threshold: number;
	/** When it could fire at the earliest. */
	readonly firesAt: number;
	readonly confirmed: boolean;
};

/** Null where none runs, or before T0. */
export function outageClock(trigger: OutageTrigger, seen: Seen, at: number): OutageClock | null {
	const {health} = seen;
	const found = health?.triggers[trigger.id];
	if (!health || !found?.deciding) return null;
	const {endpoint, elapsed, threshold} = found.deciding;
	return {
		endpoint,
		elapsed: elapsed + Math.max(0, at - health.at),
		threshold,
		firesAt: health.at + Math.max(0, threshold - elapsed),
		confirmed: seenOfEndpoint(seen, endpoint)?.outage?.confirmed ?? false,
	};
}

/** Every endpoint by name, those that are down first. */
export const endpointNames = ({runbook}: Pick<State, 'runbook'>): readonly string[] =>
	endpointsOf(runbook).map(({name}) => name);

/*
The state of endpoints and outage clocks at an instant, by the reader's own clock: every reader notices that no watcher is running.
Readings only; what follows from them is decided in decide/rules/ and due/due-events.ts.
*/
import type {Observation} from '../model/command.ts';
import type {Endpoint} from '../model/endpoint.ts';
import {criticalOf, type OutageTrigger} from '../model/runbook.ts';
import type {State, TriggerState} from '../model/state.ts';
import type {EndpointObservation} from './observation.ts';

export type EndpointState = 'up' | 'down' | 'unknown';

/** Without a known answer for longer than this nothing is known of it (ms). */
const sightOf = ({everySeconds}: Endpoint): number => 2 * everySeconds * 1000;

export const observationOfEndpoint = ({health}: Observation, name: string): EndpointObservation | null =>
	health?.endpoints.find(each => each.name === name) ?? null;

/** As the samples tell it; unknown without a known answer for two intervals. `at` in ms. */
export function endpointAt(endpoint: Endpoint, observed: Observation, at: number): EndpointState {
	const found = observationOfEndpoint(observed, endpoint.name);
	if (!found || found.state === null || found.known === null) return 'unknown';
	return at - found.known > sightOf(endpoint) ? 'unknown' : found.state;
}

/** Since when nothing is known of it, in ms; null while it is seen. */
export function blindSince(state: State, endpoint: Endpoint, observed: Observation, at: number): number | null {
	if (endpointAt(endpoint, observed, at) !== 'unknown') return null;
	return observationOfEndpoint(observed, endpoint.name)?.known ?? state.begun?.at ?? at;
}

const wordsFor = (state: State, endpoint: string): TriggerState['observed'] =>
	Object.values(state.triggers)
		.flatMap(({observed}) => observed.filter(word => word.endpoint === endpoint))
		.toSorted((a, b) => a.at - b.at);

/** Words for an endpoint that nobody can see, each person's newest, given since it was last seen (RULES T4). */
export function wordsWhileBlind(state: State, endpoint: Endpoint, observed: Observation): TriggerState['observed'] {
	const known = observationOfEndpoint(observed, endpoint.name)?.known ?? 0;
	const newest = new Map<string, TriggerState['observed'][number]>();
	for (const word of wordsFor(state, endpoint.name)) if (word.at >= known) newest.set(word.by.name.toLowerCase(), word);
	return [...newest.values()];
}

/** What two people say of an endpoint that nobody can see; null where they do not agree, or are not two. */
export function answeredFor(state: State, endpoint: Endpoint, observed: Observation): 'up' | 'down' | null {
	const words = wordsWhileBlind(state, endpoint, observed);
	if (words.filter(({up}) => !up).length >= 2) return 'down';
	return words.filter(({up}) => up).length >= 2 && words.every(({up}) => up) ? 'up' : null;
}

/** As it counts: seen, else as two people answer for it. */
function countsAs(state: State, endpoint: Endpoint, observed: Observation, at: number): EndpointState {
	const found = endpointAt(endpoint, observed, at);
	return found === 'unknown' ? (answeredFor(state, endpoint, observed) ?? 'unknown') : found;
}

/** Names of the critical endpoints that count as that. */
export const criticalThat = (
	state: State,
	counts: EndpointState,
	observed: Observation,
	at: number,
): readonly string[] =>
	criticalOf(state.runbook)
		.filter(endpoint => countsAs(state, endpoint, observed, at) === counts)
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
export function outageClock(trigger: OutageTrigger, observed: Observation, at: number): OutageClock | null {
	const {health} = observed;
	const found = health?.triggers[trigger.id];
	if (!health || !found?.deciding) return null;
	const {endpoint, elapsed, threshold} = found.deciding;
	return {
		endpoint,
		elapsed: elapsed + Math.max(0, at - health.at),
		threshold,
		firesAt: health.at + Math.max(0, threshold - elapsed),
		confirmed: observationOfEndpoint(observed, endpoint)?.outage?.confirmed ?? false,
	};
}

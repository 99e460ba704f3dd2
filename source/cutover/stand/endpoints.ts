/** An endpoint as it stands, by the reader's own clock: unknown is never shown as up. */
import type {Seen} from '../command.ts';
import {answeredFor, blindSince, endpointAt, seenOfEndpoint, wordsWhileBlind} from '../health/stands.ts';
import {type Endpoint, targetOf} from '../runbook.ts';
import {askedInstead} from '../stand-ins.ts';
import type {EndpointStanding} from '../standing.ts';
import type {State} from '../state.ts';

const wasDown = (state: State, name: string): boolean =>
	state.outages.some(
		({endpoint, until}) => endpoint === name && (until === null || until > (state.t0Started ?? state.begun?.at ?? 0)),
	);

const words = (state: State, endpoint: Endpoint, seen: Seen): EndpointStanding['words'] =>
	wordsWhileBlind(state, endpoint, seen).map(({by, at, up}) => ({by: by.name, at, up}));

export const endpointStanding = (state: State, endpoint: Endpoint, at: number, seen: Seen): EndpointStanding => {
	const {name, critical} = endpoint;
	const found = seenOfEndpoint(seen, name);
	const stands = endpointAt(endpoint, seen, at);
	return {
		name,
		target: targetOf(askedInstead(endpoint, state)),
		critical,
		state: stands,
		since: stands === 'unknown' ? blindSince(state, endpoint, seen, at) : (found?.since ?? null),
		lastLatencyMs: found?.latency ?? null,
		lastAt: found?.last?.at ?? null,
		reason: found?.last && found.last.verdict !== 'ok' ? found.last.reason : null,
		proxy: found?.last?.proxy ?? null,
		insecure: askedInstead(endpoint, state).kind === 'http' && 'insecure' in askedInstead(endpoint, state),
		fails: found?.outage?.fails ?? 0,
		always: stands === 'up' && !wasDown(state, name),
		answered: stands === 'unknown' ? answeredFor(state, endpoint, seen) : null,
		words: stands === 'unknown' ? words(state, endpoint, seen) : [],
		recent: found?.recent ?? [],
		version: found?.version ?? null,
		versionBefore: found?.versionBefore ?? null,
		samplesBefore: seen.health?.before[name] ?? 0,
		compared: seen.health?.compared?.[name] ?? null,
	};
};

/** When any of them was asked last. */
export const lastSampleAt = ({health}: Seen): number | null =>
	(health?.endpoints ?? []).reduce<number | null>(
		(newest, {last}) => (last === null ? newest : Math.max(newest ?? last.at, last.at)),
		null,
	);

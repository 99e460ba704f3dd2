/** An endpoint as it stands, by the reader's own clock: unknown is never shown as up. */

import type {Comparison} from '../health/baseline/compare.ts';
import {answeredFor, blindSince, endpointAt, observationOfEndpoint, wordsWhileBlind} from '../health/endpoint-state.ts';
import type {Observation} from '../model/command.ts';
import type {Endpoint} from '../model/endpoint.ts';
import type {Verdict} from '../model/hosts.ts';
import {askedInstead} from '../model/rehearsal-targets.ts';
import type {State} from '../model/state.ts';

/** Times in ms. */
export type EndpointSnapshot = {
	readonly name: string;
	/** Address, `host:port` or script. */
	readonly target: string;
	readonly critical: boolean;
	readonly state: 'up' | 'down' | 'unknown';
	/** In that state; of an unknown one when it was last known. */
	readonly since: number | null;
	/** ms of the newest good answer. */
	readonly lastLatencyMs: number | null;
	/** Newest sample: when, and why it failed or is unknown. */
	readonly lastAt: number | null;
	readonly reason: string | null;
	/** What other hosts that are heard see of it. */
	readonly elsewhere: readonly {readonly host: string; readonly verdict: Verdict}[];
	/** The proxy by which it was asked last, as host:port. */
	readonly proxy: string | null;
	/** Its certificate is not verified. */
	readonly insecure: boolean;
	/** Fails in a row. */
	readonly fails: number;
	/** Never down since T0. */
	readonly always: boolean;
	/** What two people say while nobody can see it. */
	readonly answered: 'up' | 'down' | null;
	/** Who says what of it meanwhile, each person's newest word. */
	readonly words: readonly {readonly by: string; readonly at: number; readonly up: boolean}[];
	readonly recent: readonly {readonly at: number; readonly ms: number | 'fail' | 'unknown'}[];
	readonly version: string | null;
	readonly versionBefore: string | null;
	/** Samples before T0, and how the answers compare with them since. */
	readonly samplesBefore: number;
	readonly compared: Comparison | null;
};

/** The critical endpoints that went down with the one that decides: their clocks show the same. */
export const downWith = (endpoints: readonly EndpointSnapshot[], name: string): readonly string[] => {
	const from = endpoints.find(each => each.name === name)?.since ?? null;
	const together = endpoints.filter(
		({critical, state, since}) =>
			critical && state === 'down' && since !== null && from !== null && Math.abs(since - from) < 1000,
	);
	return together.length === 0 ? [name] : together.map(each => each.name);
};

const wasDown = (state: State, name: string): boolean =>
	state.outages.some(
		({endpoint, until}) => endpoint === name && (until === null || until > (state.t0Started ?? state.begun?.at ?? 0)),
	);

const words = (state: State, endpoint: Endpoint, observed: Observation): EndpointSnapshot['words'] =>
	wordsWhileBlind(state, endpoint, observed).map(({by, at, up}) => ({by: by.name, at, up}));

const elsewhere = ({hosts}: Observation, endpoint: string): EndpointSnapshot['elsewhere'] =>
	(hosts?.all ?? []).flatMap(({host, silentSeconds, report}) => {
		const verdict = report.seen[endpoint];
		return host === hosts?.leader || silentSeconds > 0 || verdict === undefined ? [] : [{host, verdict}];
	});

export const endpointSnapshot = (
	state: State,
	endpoint: Endpoint,
	at: number,
	observed: Observation,
): EndpointSnapshot => {
	const {name, critical} = endpoint;
	const asked = askedInstead(endpoint, state);
	const found = observationOfEndpoint(observed, name);
	const health = endpointAt(endpoint, observed, at);
	return {
		name,
		target: asked.target,
		critical,
		state: health,
		since: health === 'unknown' ? blindSince(state, endpoint, observed, at) : (found?.since ?? null),
		lastLatencyMs: found?.latency ?? null,
		lastAt: found?.last?.at ?? null,
		reason: found?.last && found.last.verdict !== 'ok' ? found.last.reason : null,
		elsewhere: elsewhere(observed, name),
		proxy: found?.last?.proxy ?? null,
		insecure: asked.insecure === true,
		fails: found?.outage?.fails ?? 0,
		always: health === 'up' && !wasDown(state, name),
		answered: health === 'unknown' ? answeredFor(state, endpoint, observed) : null,
		words: health === 'unknown' ? words(state, endpoint, observed) : [],
		recent: found?.recent ?? [],
		version: found?.version ?? null,
		versionBefore: found?.versionBefore ?? null,
		samplesBefore: observed.health?.before[name] ?? 0,
		compared: observed.health?.compared?.[name] ?? null,
	};
};

/** When any of them was asked last. */
export const lastSampleAt = ({health}: Observation): number | null =>
	(health?.endpoints ?? []).reduce<number | null>(
		(newest, {last}) => (last === null ? newest : Math.max(newest ?? last.at, last.at)),
		null,
	);

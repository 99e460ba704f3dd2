/*
Proof of a rollback by health (RULES R6): from the end of the path every critical endpoint has been good, without a break,
for the settle time, and answers with the version from before T0 where it tells one. Samples prove it, no timer does.
*/
import {durationText} from '../../text/time.ts';
import {listed} from '../decide/refusal.ts';
import type {Observation} from '../model/command.ts';
import type {Endpoint} from '../model/endpoint.ts';
import {criticalOf, proofOf} from '../model/runbook.ts';
import type {State} from '../model/state.ts';
import {answeredFor, endpointAt, observationOfEndpoint} from './endpoint-state.ts';

export type Settling = {
	readonly name: string;
	/** ms of the settle time that are proved. */
	readonly up: number;
	readonly proved: boolean;
	/** Why not yet, in a few words; null once it is. */
	readonly why: string | null;
};

const settleMs = ({runbook}: State): number => proofOf(runbook).settleSeconds * 1000;

/** `from`: the end of the path, in ms; earlier samples say nothing about now. */
const versionFault = (endpoint: Endpoint, observed: Observation, from: number): string | null => {
	const found = observationOfEndpoint(observed, endpoint.name);
	const tells = endpoint.version !== undefined;
	if (!tells || !found || found.versionBefore === null) return null;
	if (found.versionAt === null || found.versionAt < from) return 'has reported no version since';
	if (found.version === found.versionBefore) return null;
	return `version ${found.version ?? 'unknown'}, was ${found.versionBefore} before T0`;
};

function settling(state: State, endpoint: Endpoint, observed: Observation, from: number, at: number): Settling {
	const {name} = endpoint;
	const found = observationOfEndpoint(observed, name);
	const health = endpointAt(endpoint, observed, at);
	if (health === 'unknown') {
		const answered = answeredFor(state, endpoint, observed);
		if (answered === 'up') return {name, up: settleMs(state), proved: true, why: null};
		return {name, up: 0, proved: false, why: answered === 'down' ? 'two people say down' : 'nobody can see it'};
	}
	if (health === 'down' || found?.goodFrom == null || found.goodTo === null)
		return {name, up: 0, proved: false, why: 'down'};
	const up = Math.max(0, found.goodTo - Math.max(from, found.goodFrom));
	const version = versionFault(endpoint, observed, from);
	const proved = up >= settleMs(state) && version === null;
	const why = version ?? `up for ${durationText(Math.floor(up / 1000))} of ${durationText(settleMs(state) / 1000)}`;
	return {name, up, proved, why: proved ? null : why};
}

/** Of each critical endpoint; empty where none is bound, or where no path has succeeded. */
export const settlings = (state: State, observed: Observation, at: number): readonly Settling[] => {
	const from = state.rollback?.pathEnded ?? null;
	return from === null ? [] : criticalOf(state.runbook).map(endpoint => settling(state, endpoint, observed, from, at));
};

/** A cause that samples do not measure: then a person also says that the impact is over. */
export const asksPerson = (state: State): boolean =>
	criticalOf(state.runbook).length === 0 ||
	(state.rollback?.triggers ?? []).some(
		id => state.runbook?.triggers.find(trigger => trigger.id === id)?.kind === 'confirmation',
	);

/** What the health proves, in words; null while it does not. */
export function healthProof(state: State, observed: Observation, at: number): string | null {
	const all = settlings(state, observed, at);
	if (all.length === 0 || !all.every(({proved}) => proved)) return null;
	return `${listed(all.map(({name}) => name))} up for ${durationText(settleMs(state) / 1000)} since the end of the path`;
}

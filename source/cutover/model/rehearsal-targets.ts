/*
The rehearsal targets: a service that people use is not probed more often than in the cutover, and no workflow that would
affect them is dispatched. Without a rehearsal target nothing is probed.
*/

import type {Endpoint} from './endpoint.ts';
import {endpointsOf, type Remote} from './runbook.ts';
import type {State} from './state.ts';

/** The same path at the rehearsal target, which knows nothing of what else is expected of the answer. */
function moved(url: string, service: string): string {
	const {pathname, search} = new URL(url);
	return `${service}${pathname}${search}`;
}

function standIn(endpoint: Endpoint, service: string): Endpoint {
	const {name, everySeconds, timeoutSeconds, critical, thresholdSeconds, follow, version} = endpoint;
	const url = moved(endpoint.url ?? service, service);
	return {
		name,
		everySeconds,
		timeoutSeconds,
		critical,
		...(thresholdSeconds === undefined ? {} : {thresholdSeconds}),
		kind: 'http',
		target: url,
		url,
		...(follow === undefined ? {} : {follow}),
		...(version === undefined ? {} : {version: moved(version, service)}),
	};
}

/** An endpoint as it is really asked. */
export const askedInstead = (endpoint: Endpoint, {rehearsal}: State): Endpoint =>
	rehearsal?.rehearsalTargets ? standIn(endpoint, rehearsal.rehearsalTargets.service) : endpoint;

/** The endpoints as they are really asked. */
export const endpointsAsked = (state: State): readonly Endpoint[] =>
	state.rehearsal !== null && !state.rehearsal.rehearsalTargets
		? []
		: endpointsOf(state.runbook).map(endpoint => askedInstead(endpoint, state));

/** Where a workflow is really dispatched; null where none is. */
export function remoteAsked({runbook, rehearsal}: State): Remote | null {
	const remote = runbook?.rollback?.remote ?? null;
	if (remote === null || rehearsal === null) return remote;
	const api = rehearsal.rehearsalTargets?.api ?? null;
	return api === null ? null : {...remote, api};
}

/** What it is dispatched with; empty where there is none. `env`: of the process that asks. */
export function tokenFor({runbook, rehearsal}: State, env: Readonly<Record<string, string | undefined>>): string {
	const name = runbook?.rollback?.remote?.token ?? '';
	// A line end, as a file has it, can be in no header.
	return ((rehearsal === null ? env[name] : rehearsal.rehearsalTargets?.token) ?? '').trim();
}

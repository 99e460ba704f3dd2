/*
How long an answer took, and why there was none, as people read it.
*/

import type {State} from '../../../cutover/model/state.ts';
import type {EndpointSnapshot} from '../../../cutover/snapshot/snapshot.ts';

/** `84 ms`, `12.3 s`. */
export const tookText = (ms: number): string => (ms < 9999.5 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`);

/** What the samples say in a word, as words; what a script or a network said itself stays as it is. */
const reasons: Readonly<Record<string, string>> = {
	dns: 'name not found',
	tls: 'no trusted TLS',
	refused: 'refused',
	network: 'not reachable',
	status: 'unexpected status',
	body: 'unexpected body',
	watcher: 'the watcher could not ask',
	'bastion offline': 'no network here',
};

export const reasonText = ({runbook}: State, {name, reason}: EndpointSnapshot): string => {
	if (reason === null || reason === '') return 'no answer';
	const timeout = runbook?.endpoints?.find(endpoint => endpoint.name === name)?.timeoutSeconds;
	if (reason === 'timeout' && timeout !== undefined) return `timeout ${timeout.toFixed(1)} s`;
	return reasons[reason] ?? reason;
};

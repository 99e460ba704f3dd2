/*
Access to GitHub for a cutover. A rehearsal does not wait longer for its own GitHub than for its own services; time-outs
are those of the network all the same, which nobody hurries.
*/

import {remoteAsked, tokenFor} from '../cutover/model/rehearsal-targets.ts';
import {proofOf} from '../cutover/model/runbook.ts';
import type {State} from '../cutover/model/state.ts';
import type {Clock} from '../cutover/ports.ts';
import {authoritiesOf} from '../processes/environment.ts';
import type {Asker} from '../processes/work.ts';
import type {Access} from './github/request.ts';

const longestWait = 10_000;
const fastest = 25;

/** Null where no workflow is configured. */
export function accessOf(state: State, {folder, clock, env, signal}: Asker): Access | null {
	const remote = remoteAsked(state);
	if (remote === null) return null;
	const speed = Math.min(fastest, state.rehearsal?.speed ?? 1);
	const hurried: Clock = {
		...clock,
		steady: () => clock.steady() * speed,
		after: (ms, act) => clock.after(ms / speed, act),
	};
	return {
		remote,
		token: tokenFor(state, env),
		clock: hurried,
		timeoutMs: longestWait * speed,
		// Nobody is to wait longer for the end of a run than for its proof.
		longestWaitMs: proofOf(state.runbook).proveSeconds * 1000,
		env,
		ca: authoritiesOf(folder, state),
		...(signal === undefined ? {} : {signal}),
	};
}

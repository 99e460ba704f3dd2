/*
What this process looks up before the rules decide: files and history of the workspace, who is here, what the samples say,
and whether the token of the workflow path is here.
*/

import {observeWorkspace} from '../attempts/workspace-observer.ts';
import type {Observation} from '../cutover/model/command.ts';
import {tokenFor} from '../cutover/model/rehearsal-targets.ts';
import type {State} from '../cutover/model/state.ts';
import type {PathObserver} from '../rollback/path-observer.ts';
import {healthOf} from '../watch/health.ts';
import {present} from '../watch/presence.ts';
import {instantsOf} from './clock.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Absent where no workflow is configured. */
const tokenIn = (env: Environment, state: State): Pick<Observation, 'token'> =>
	state.runbook?.rollback?.remote == null ? {} : {token: tokenFor(state, env) !== ''};

/** `compares`: the answers since T0 with those before it, for who shows them. `path`: what was seen of the rollback's. */
export function observe(
	folder: string,
	env: Environment,
	{compares, path}: {readonly compares: boolean; readonly path?: PathObserver},
): (state: State) => Observation {
	const health = healthOf(folder, instantsOf(folder), {compares});
	return state => {
		const reported = health(state);
		const sight = path?.observed();
		return {
			...observeWorkspace(state),
			here: present(folder).map(({name}) => name),
			...tokenIn(env, state),
			...(reported === undefined ? {} : {health: reported}),
			...(sight === undefined ? {} : {path: sight}),
		};
	};
}

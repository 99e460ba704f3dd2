/*
What this process looks up before the rules decide: files and history of the workspace, who is here, what the samples say,
and whether the token of the workflow path is here.
*/
import type {Seen} from '../cutover/command.ts';
import type {Runbook} from '../cutover/runbook.ts';
import type {State} from '../cutover/state.ts';
import {healthOf} from '../run/health.ts';
import {look} from '../run/look.ts';
import {present} from '../run/presence.ts';
import {tokenOf} from '../run/rollback/access.ts';
import type {PathSight} from '../run/rollback/sight.ts';
import {instantsOf} from './clock.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Absent where no workflow is configured. */
const tokenIn = (env: Environment, runbook: Runbook | null): Pick<Seen, 'token'> => {
	const remote = runbook?.rollback?.remote ?? null;
	return remote === null ? {} : {token: tokenOf(remote, env) !== ''};
};

/** `compares`: the answers since T0 with those before it, for who shows them. `path`: what was seen of the rollback's. */
export function seeing(
	folder: string,
	env: Environment,
	{compares, path}: {readonly compares: boolean; readonly path?: PathSight},
): (state: State) => Seen {
	const health = healthOf(folder, instantsOf(folder), {compares});
	return state => {
		const told = health(state);
		const sight = path?.seen();
		return {
			...look(state),
			here: present(folder).map(({name}) => name),
			...tokenIn(env, state.runbook),
			...(told === undefined ? {} : {health: told}),
			...(sight === undefined ? {} : {path: sight}),
		};
	};
}

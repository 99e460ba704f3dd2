/*
What this process looks up before the rules decide: files and history of the workspace, who is here, what the samples say,
and whether the token of the workflow path is here.
*/
import type {Seen} from '../cutover/command.ts';
import {tokenFor} from '../cutover/stand-ins.ts';
import type {State} from '../cutover/state.ts';
import {healthOf} from '../run/health.ts';
import {look} from '../run/look.ts';
import {present} from '../run/presence.ts';
import type {PathSight} from '../run/rollback/sight.ts';
import {instantsOf} from './clock.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Absent where no workflow is configured. */
const tokenIn = (env: Environment, state: State): Pick<Seen, 'token'> =>
	state.runbook?.rollback?.remote == null ? {} : {token: tokenFor(state, env) !== ''};

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
			...tokenIn(env, state),
			...(told === undefined ? {} : {health: told}),
			...(sight === undefined ? {} : {path: sight}),
		};
	};
}

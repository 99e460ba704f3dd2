/*
What this process looks up before the rules decide: files and history of the workspace, who is here, what the samples say,
and whether the token of the workflow path is here.
*/

import {attemptKey} from '../cutover/model/attempt-target.ts';
import type {Observation} from '../cutover/model/command.ts';
import type {HostsObservation, WorkspaceObservation} from '../cutover/model/hosts.ts';
import {tokenFor} from '../cutover/model/rehearsal-targets.ts';
import type {State} from '../cutover/model/state.ts';
import type {Here} from '../cutover/ports.ts';
import type {Hosts} from '../cutover/store.ts';
import type {Environment} from '../net/proxy.ts';
import {attemptStatus} from '../processes/attempt-status.ts';
import type {PathObserver} from '../rollback/path-observer.ts';
import {healthOf} from '../watch/health.ts';
import {present} from '../watch/presence.ts';
import {observeWorkspace} from '../workspace/workspace-observer.ts';
import {instantsOf} from './clock.ts';
import type {EarlierRuns} from './earlier-runs.ts';

/** Absent where no workflow is configured. */
const tokenIn = (env: Environment, state: State): Pick<Observation, 'token'> =>
	state.runbook?.rollback?.remote == null ? {} : {token: tokenFor(state, env) !== ''};

export type Looks = {
	/** The answers since T0 with those before it, for who shows them. */
	readonly compares: boolean;
	/** Folds all samples itself, and keeps for others what they come to: the watcher does. */
	readonly keeps: boolean;
	/** What was seen of the rollback's. */
	readonly path?: PathObserver;
	readonly hosts: Hosts | null;
	readonly earlier?: EarlierRuns;
	/** Looks at this host's workspace although another one leads: for what runs here. */
	readonly runs?: boolean;
};

/** The workspace that counts: that of the host which leads, as it says; where nobody leads, or this host does, its own. */
function workspaceOf(state: State, hosts: HostsObservation | undefined, runs: boolean): WorkspaceObservation {
	if (runs || hosts === undefined || hosts.leader === hosts.here) return observeWorkspace(state);
	const leader = hosts.all.find(({host}) => host === hosts.leader);
	return leader?.report.workspace ?? observeWorkspace(state);
}

/** While the store is away nobody can record that a runner of this host is gone. */
function withGone(hosts: HostsObservation, {attempts}: State, folder: string): HostsObservation {
	if (hosts.unreadSeconds === undefined) return hosts;
	const own = Object.values(attempts).filter(({ended, host}) => ended === null && host === hosts.here);
	// A gate that is judged inside a stage has that one's runner.
	const gone = own.filter(each => attemptStatus(folder, each.within ?? each).kind === 'lost');
	return {...hosts, gone: gone.map(attemptKey)};
}

const peopleOn = (hosts: HostsObservation): readonly Here[] =>
	hosts.all.flatMap(({host, silentSeconds, report}) => (host === hosts.here || silentSeconds > 0 ? [] : report.here));

export function observe(
	folder: string,
	env: Environment,
	{compares, keeps, path, hosts, earlier, runs = false}: Looks,
): (state: State) => Observation {
	const health = healthOf(folder, instantsOf(folder), {compares, keeps});
	return state => {
		const reported = health(state);
		const pathSeen = path?.observed();
		const before = earlier?.observed();
		const beside = hosts === null ? undefined : withGone(hosts.observed(), state, folder);
		const here = [...present(folder), ...(beside === undefined ? [] : peopleOn(beside))];
		return {
			...workspaceOf(state, beside, runs),
			here: [...new Set(here.map(({name}) => name))],
			...(beside === undefined ? {} : {hosts: beside}),
			...tokenIn(env, state),
			...(reported === undefined ? {} : {health: reported}),
			...(pathSeen === undefined ? {} : {path: pathSeen}),
			...(before === undefined ? {} : {earlier: before}),
		};
	};
}

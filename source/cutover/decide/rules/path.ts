/** Which path of the rollback is due next: at most one runs, the fallback only where the preferred one is unavailable (RULES R2, R3). */

import {stageOfKind} from '../../due/schedule.ts';
import {attemptKey, isPath, isStage, type PathName, pathIn, pathNames} from '../../model/attempt-target.ts';
import type {Observation} from '../../model/command.ts';
import type {Event} from '../../model/event.ts';
import type {RollbackPath, Runbook} from '../../model/runbook.ts';
import type {Attempt, Dispatch, State} from '../../model/state.ts';
import {started} from './started.ts';

export const pathOf = (runbook: Runbook | null, name: PathName): RollbackPath | null =>
	runbook?.rollback?.[name] ?? null;

/** Why a path cannot run from here, for who asks; null where it can. A dispatch needs a repository, a ref and a token. */
export const unavailable = (runbook: Runbook | null, name: PathName, {token}: Observation): string | null => {
	const path = pathOf(runbook, name);
	if (path === null) return 'the runbook names none';
	if (path.workflow === undefined) return null;
	const remote = runbook?.rollback?.remote ?? null;
	if (remote === null) return `not configured: the settings name no repository and ref for ${path.workflow}`;
	return token === true
		? null
		: `not configured: ${remote.token} is not set here, so ${path.workflow} cannot be dispatched`;
};

/** Some path can run from here. */
export const anyRuns = ({runbook}: State, observed: Observation): boolean =>
	pathNames.some(name => unavailable(runbook, name, observed) === null);

/** Whether an attempt is of T0 or of one of the rollback's paths: what changes production. */
export const isChanging = ({runbook}: State): ((attempt: Attempt) => boolean) => {
	const act = stageOfKind(runbook, 'act');
	return ({target}) => pathIn(target) !== null || (act !== undefined && isStage(target, act.id));
};

const changing = (state: State): readonly Attempt[] => Object.values(state.attempts).filter(isChanging(state));

/** Those of them that have not ended. */
export const unfinished = (state: State): readonly Attempt[] => changing(state).filter(({ended}) => ended === null);

/** The path that runs. */
export const runningPath = (state: State): Attempt | undefined =>
	Object.values(state.attempts).find(({target, ended}) => ended === null && pathIn(target) !== null);

/** Names of the paths that ran since the last rollback-failed: they do not run again before the next one (RULES R4). */
export const triedPaths = ({rollback, rollbacksBefore}: State): readonly PathName[] => {
	const since = rollbacksBefore.slice(rollbacksBefore.findLastIndex(({failed}) => failed !== null) + 1);
	return [...since, ...(rollback ? [rollback] : [])].flatMap(({tried}) =>
		tried.flatMap(({target}) => pathIn(target) ?? []),
	);
};

/** What of T0 or of a path still runs although its attempt ended, by name. */
export const stillRuns = (state: State): readonly string[] => changing(state).flatMap(({ended}) => ended?.still ?? []);

/** The attempt of a path that the running rollback tried last. */
export const lastTried = ({rollback, attempts}: Pick<State, 'rollback' | 'attempts'>): Attempt | null => {
	const last = rollback?.tried.at(-1);
	return (last && attempts[attemptKey(last)]) ?? null;
};

const isEndedAtServer = ({reported}: Dispatch): boolean => reported?.state === 'ended';

/** Nobody knows whether it ran, or still runs (RULES R5): of what was sent, only its server's word that it ended tells. */
const isUnresolved = ({target, ended, dispatch}: Attempt, {runbook}: State): boolean => {
	if (ended === null) return false;
	const {outcome} = ended;
	if (dispatch !== null)
		return outcome === 'lost' || outcome === 'unknown' || (outcome === 'stopped' && !isEndedAtServer(dispatch));
	const name = pathIn(target);
	const path = name === null ? null : pathOf(runbook, name);
	return outcome === 'lost' && path !== null && path.workflow === undefined;
};

/** The path of the running rollback that was tried last, where nobody knows whether it ran. */
export const unknownPath = (state: State): Attempt | null => {
	const attempt = lastTried(state);
	return attempt && isUnresolved(attempt, state) ? attempt : null;
};

/** The same of any path, in whichever rollback: what was sent once stays unknown, whatever was tried after it. */
export const unresolved = (state: State): Attempt | null => {
	const all = Object.values(state.attempts);
	const newest = pathNames.flatMap(name => all.findLast(({target}) => isPath(target, name)) ?? []);
	const unknown = newest.filter(attempt => isUnresolved(attempt, state));
	return unknown.toSorted((a, b) => a.at - b.at).at(-1) ?? null;
};

/** What was dispatched last in the rollback that runs, by whichever of its attempts. */
export const dispatchOf = ({rollback, attempts}: State): Dispatch | null =>
	(rollback?.tried ?? [])
		.map(tried => attempts[attemptKey(tried)]?.dispatch ?? null)
		.findLast(found => found !== null) ?? null;

/** Begins a path, or with `resume` looks after what was sent by its last attempt. */
export const start = (state: State, name: PathName, resume = false): Event => {
	const before = Object.values(state.attempts).filter(({target}) => isPath(target, name));
	const attempt = Math.max(0, ...before.map(known => known.attempt)) + 1;
	return started({path: name}, attempt, {resume, environment: state.runbook?.rollback?.environment ?? {}});
};

const untriedIn = ({rollback}: State): readonly PathName[] =>
	(rollback?.paths ?? []).filter(
		name => rollback?.unavailable[name] === undefined && !rollback?.tried.some(({target}) => isPath(target, name)),
	);

/** A path is left that was not tried since the rollback failed last, and that nothing said is unavailable. */
export const hasOther = (state: State): boolean =>
	pathNames.some(
		name =>
			pathOf(state.runbook, name) !== null &&
			state.rollback?.unavailable[name] === undefined &&
			!triedPaths(state).includes(name),
	);

/** Those of them that were not tried since the rollback failed last, and can run here. */
export const untriedHere = (state: State, names: readonly PathName[], observed: Observation): readonly PathName[] =>
	names.filter(name => !triedPaths(state).includes(name) && unavailable(state.runbook, name, observed) === null);

/** While a rollback waits for a person: whether the rules let a path begin here. */
export const mayGoOn = (state: State, observed: Observation): boolean =>
	untriedHere(state, pathNames, observed).length > 0 || (unknownPath(state) !== null && anyRuns(state, observed));

const failed = (state: State): readonly Event[] => {
	const attempt = lastTried(state);
	const tail = hasOther(state) ? '' : ', and no other path is left';
	const reason = attempt
		? `${pathIn(attempt.target)} path: ${attempt.ended?.outcome ?? ''}${attempt.ended?.reason ? `, ${attempt.ended.reason}` : ''}${tail}`
		: `no path can run here`;
	return [{type: 'rollbackFailed', data: {reason}}];
};

const mostResumed = 3;

/** A dispatched workflow goes on without its runner: another one looks its run up, and never sends again. */
const resumed = (state: State): PathName | null => {
	const attempt = lastTried(state);
	const name = attempt && pathIn(attempt.target);
	if (attempt?.ended?.outcome !== 'lost' || name === null || pathOf(state.runbook, name)?.workflow === undefined)
		return null;
	const before = (state.rollback?.tried ?? []).filter(({target}) => isPath(target, name)).length;
	return before <= mostResumed ? name : null;
};

/**
What keeps the next path waiting because it may still run, by name. MAY RUN TWICE speaks of what was left before this
rollback, not of what it leaves itself.
*/
export const leftRunning = (state: State): readonly string[] => {
	const {rollback, attempts} = state;
	if (!rollback || unfinished(state).length > 0 || rollback.pathEnded !== null) return [];
	return rollback.twice
		? rollback.tried.flatMap(tried => attempts[attemptKey(tried)]?.ended?.still ?? [])
		: stillRuns(state);
};

/** The last path ended by a person's no where it ran: a reviewer rejected its run, or somebody cancelled it there. */
export const declinedPath = (state: State): Attempt | null => {
	const attempt = lastTried(state);
	const reported = attempt?.dispatch?.reported ?? null;
	if (attempt === null || attempt.ended === null || reported === null || state.rollback?.failed) return null;
	return reported.declined !== null || (reported.conclusion === 'cancelled' && attempt.stop === null) ? attempt : null;
};

/** Nothing that was asked for is left to try, or something may still run: a person says how it goes on. */
const waits = (state: State): boolean => {
	const {rollback} = state;
	if (!rollback || unfinished(state).length > 0 || rollback.pathEnded !== null || rollback.failed) return true;
	const isUnknown = unknownPath(state) !== null || (!rollback.twice && unresolved(state) !== null);
	const isDeclined = declinedPath(state) !== null && hasOther(state);
	return isUnknown || isDeclined || leftRunning(state).length > 0;
};

/** What the state of a rollback asks for: the next path, its run to be looked up again, or that it failed. */
export const nextPath = (state: State): readonly Event[] => {
	const again = unfinished(state).length === 0 ? resumed(state) : null;
	if (again !== null) return [start(state, again, true)];
	if (waits(state)) return [];
	const [open] = untriedIn(state);
	return open ? [start(state, open)] : failed(state);
};

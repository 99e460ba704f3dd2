/** Which path of the rollback is owed next: at most one runs, the fallback only where the preferred one is unavailable (RULES R2, R3). */
import type {Event} from '../event.ts';
import type {RollbackPath, Runbook} from '../runbook.ts';
import {stageOfKind} from '../schedule.ts';
import {type Attempt, attemptKey, type State} from '../state.ts';

export type PathName = 'preferred' | 'fallback';

/** Why a path cannot run here; null where it can. The workflow needs a repository and a token, which nothing sets yet. */
export const unavailable = (path: RollbackPath | null | undefined): string | null => {
	if (!path) return 'the runbook names none';
	return path.kind === 'workflow' ? `not configured: no repository, ref and token are set for ${path.workflow}` : null;
};

export const pathOf = (runbook: Runbook, name: PathName): RollbackPath | null => runbook.rollback?.[name] ?? null;

/** Attempts of the running rollback, and the one of T0, that have not ended. */
export const unfinished = (state: State, runbook: Runbook): readonly Attempt[] => {
	const act = stageOfKind(runbook, 'act')?.id;
	return Object.values(state.attempts).filter(
		attempt => attempt.ended === null && (attempt.of === act || attempt.of.startsWith('rollback-')),
	);
};

/** Names of the paths that ran since the last rollback-failed: they do not run again before the next one (RULES R4). */
export const triedPaths = ({rollback, rollbacksBefore}: State): readonly string[] => {
	const since = rollbacksBefore.slice(rollbacksBefore.findLastIndex(({failed}) => failed !== null) + 1);
	return [...since, ...(rollback ? [rollback] : [])].flatMap(({tried}) => tried.map(({of}) => of));
};

/** What of T0 or of a path still runs although its attempt ended, by name. */
export const stillRuns = (state: State, runbook: Runbook): readonly string[] => {
	const act = stageOfKind(runbook, 'act')?.id;
	return Object.values(state.attempts)
		.filter(attempt => attempt.of === act || attempt.of.startsWith('rollback-'))
		.flatMap(attempt => attempt.ended?.still ?? []);
};

/** A path whose runner is lost: nobody knows whether it ran (RULES R5). */
export const lostPath = (state: State): Attempt | null => {
	const last = state.rollback?.tried.at(-1);
	const attempt = last && state.attempts[attemptKey(last)];
	return attempt?.ended?.outcome === 'lost' ? attempt : null;
};

const start = (state: State, runbook: Runbook, name: PathName): Event => {
	const of = `rollback-${name}`;
	const attempt =
		Math.max(
			0,
			...Object.values(state.attempts)
				.filter(known => known.of === of)
				.map(known => known.attempt),
		) + 1;
	return {
		type: 'started',
		data: {
			of,
			attempt,
			resume: false,
			within: null,
			playbook: null,
			limitSeconds: null,
			early: null,
			environment: runbook.rollback?.environment ?? {},
		},
	};
};

const failed = (state: State, runbook: Runbook): readonly Event[] => {
	const last = state.rollback?.tried.at(-1);
	const attempt = last && state.attempts[attemptKey(last)];
	const other = (['preferred', 'fallback'] as const).some(
		name => unavailable(pathOf(runbook, name)) === null && !triedPaths(state).includes(`rollback-${name}`),
	);
	const tail = other ? '' : ', and no other path is left';
	const reason = attempt
		? `${attempt.of.replace('rollback-', '')} path: ${attempt.ended?.outcome ?? ''}${attempt.ended?.reason ? `, ${attempt.ended.reason}` : ''}${tail}`
		: `no path can run here`;
	return [{type: 'rollbackFailed', data: {reason}}];
};

/**
Nothing that was asked for is left to try, or something still runs: a person says how it goes on. MAY RUN TWICE speaks of
what was left before this rollback, not of what it leaves itself.
*/
const waits = (state: State, runbook: Runbook): boolean => {
	const {rollback} = state;
	if (!rollback || unfinished(state, runbook).length > 0 || rollback.pathEnded !== null || rollback.failed) return true;
	const left = rollback.tried.some(tried => (state.attempts[attemptKey(tried)]?.ended?.still ?? []).length > 0);
	return lostPath(state) !== null || left || (!rollback.twice && stillRuns(state, runbook).length > 0);
};

/** What the state of a rollback asks for: the next path, or that it failed. */
export const nextPath = (state: State, runbook: Runbook): readonly Event[] => {
	if (waits(state, runbook)) return [];
	const rollback = state.rollback;
	const untried = (rollback?.paths ?? []).filter(
		name => !rollback?.tried.some(tried => tried.of === `rollback-${name}`),
	);
	const said = untried.flatMap((name): readonly Event[] => {
		const reason = unavailable(pathOf(runbook, name));
		return reason === null || rollback?.unavailable[name]
			? []
			: [{type: 'pathUnavailable', data: {path: name, reason}}];
	});
	const open = untried.find(name => unavailable(pathOf(runbook, name)) === null);
	return open ? [...said, start(state, runbook, open)] : [...said, ...failed(state, runbook)];
};

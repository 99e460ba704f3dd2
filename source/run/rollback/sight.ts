/*
Whether the workflow path could be dispatched, looked at in the background with this process's own token, so that a screen
can say it with its age before the word is typed. Nothing is changed on GitHub. What asks it is loaded when it is needed.
*/
import type {PathSeen} from '../../cutover/command.ts';
import {pathNames, pathOf} from '../../cutover/rules/path.ts';
import type {Runbook} from '../../cutover/runbook.ts';
import type {State} from '../../cutover/state.ts';
import type {Readiness} from '../github/readiness.ts';
import {type Asker, accessOf} from './access.ts';
import type {Workflow} from './remotely.ts';

/** Of the cutover's time, and of real time at least: a rehearsal's runs faster. */
const everyMs = 60_000;
const leastMs = 2000;

export type PathSight = {
	/** Looks where the last look is a minute old; the last one stands meanwhile. Never rejects. */
	look(state: State): Promise<void>;
	/** Undefined where nobody looked, or could. */
	seen(): PathSeen | undefined;
};

/** The path that is a workflow, if one is. */
const workflowOf = (runbook: Runbook): Workflow | null =>
	pathNames.map(name => pathOf(runbook, name)).find(path => path?.kind === 'workflow') ?? null;

const isPending = ({status, t0Started, rollback}: State): boolean =>
	rollback === null && (t0Started === null || status === 'executing' || status === 'observing');

function pathSeen(found: Readiness, at: number): PathSeen {
	if (found.ready !== true) return {at, ready: found.ready, why: found.why, approvers: []};
	const approvers = found.approvers.map(({environment, reviewers}) => ({environment, reviewers}));
	const unknown = found.approvers.map(({why}) => why).filter(why => why !== null);
	return {at, ready: true, why: unknown.length > 0 ? unknown.join('; ') : null, approvers};
}

export function pathSight(asker: Asker): PathSight {
	const {clock} = asker;
	let last: PathSeen | undefined;
	let next = Number.NEGATIVE_INFINITY;
	return {
		seen: () => last,
		async look(state) {
			const access = accessOf(state, asker);
			const path = state.runbook === null ? null : workflowOf(state.runbook);
			if (access === null || access.token === '' || path === null || !isPending(state) || clock.steady() < next) return;
			next = Number.POSITIVE_INFINITY;
			const {readiness} = await import('../github/readiness.ts');
			last = pathSeen(await readiness(access, path.workflow, path.inputs), clock.now());
			next = clock.steady() + Math.max(leastMs, everyMs / (state.rehearsal?.speed ?? 1));
		},
	};
}

/*
Whether the workflow path could be dispatched, looked at in the background with this process's own token, so that a screen
can say it with its age before the word is typed. Nothing is changed on GitHub. What asks it is loaded when it is needed.
*/

import {pathOf} from '../cutover/decide/rules/path.ts';
import {pathNames} from '../cutover/model/attempt-target.ts';
import type {PathObservation} from '../cutover/model/command.ts';
import type {Runbook} from '../cutover/model/runbook.ts';
import type {State} from '../cutover/model/state.ts';
import type {Asker} from '../processes/work.ts';
import {accessOf} from './access.ts';
import type {Readiness} from './github/readiness.ts';
import type {Workflow} from './remotely.ts';

/** Of the cutover's time, and of real time at least: a rehearsal's runs faster. */
const everyMs = 60_000;
const leastMs = 2000;

export type PathObserver = {
	/** Looks where the last look is a minute old; the last one stands meanwhile. Never rejects. */
	look(state: State): Promise<void>;
	/** Undefined where nobody looked, or could. */
	observed(): PathObservation | undefined;
};

/** The path that is a workflow, if one is. */
const workflowOf = (runbook: Runbook): Workflow | null =>
	pathNames.map(name => pathOf(runbook, name)).find(path => path?.kind === 'workflow') ?? null;

const isPending = ({status, t0Started, rollback}: State): boolean =>
	rollback === null && (t0Started === null || status === 'executing' || status === 'observing');

function pathSeen(found: Readiness, at: number): PathObservation {
	if (found.ready !== true) return {at, ready: found.ready, why: found.why, approvers: []};
	const approvers = found.approvers.map(({environment, reviewers}) => ({environment, reviewers}));
	const unknown = found.approvers.map(({why}) => why).filter(why => why !== null);
	return {at, ready: true, why: unknown.length > 0 ? unknown.join('; ') : null, approvers};
}

export function pathObserver(asker: Asker): PathObserver {
	const {clock} = asker;
	let last: PathObservation | undefined;
	let next = Number.NEGATIVE_INFINITY;
	return {
		observed: () => last,
		async look(state) {
			const access = accessOf(state, asker);
			const path = state.runbook === null ? null : workflowOf(state.runbook);
			if (access === null || access.token === '' || path === null || !isPending(state) || clock.steady() < next) return;
			next = Number.POSITIVE_INFINITY;
			const {readiness} = await import('./github/readiness.ts');
			last = pathSeen(await readiness(access, path.workflow, path.inputs), clock.now());
			next = clock.steady() + Math.max(leastMs, everyMs / (state.rehearsal?.speed ?? 1));
		},
	};
}

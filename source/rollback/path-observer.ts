/*
Whether the workflow path could be dispatched, looked at in the background with this process's own token, so that a screen
can say it with its age before the word is typed. Nothing is changed on GitHub. What asks it is loaded when it is needed.
*/

import type {PathObservation} from '../cutover/model/command.ts';
import {rollbackPaths} from '../cutover/model/script.ts';
import type {State} from '../cutover/model/state.ts';
import type {Asker} from '../processes/work.ts';
import {driverOf} from './drivers.ts';
import type {Readiness} from './github/readiness.ts';

/** Of the cutover's time, and of real time at least: a rehearsal's runs faster. */
const everyMs = 60_000;
const leastMs = 2000;

export type PathObserver = {
	/** Looks where the last look is a minute old; the last one holds meanwhile. Never rejects. */
	look(state: State): Promise<void>;
	/** Undefined where nobody looked, or could. */
	observed(): PathObservation | undefined;
};

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
			const path = state.runbook === null ? undefined : rollbackPaths(state.runbook).find(one => driverOf(one).ready);
			if (path === undefined || !isPending(state) || clock.steady() < next) return;
			next = Number.POSITIVE_INFINITY;
			const found = (await driverOf(path).ready?.(path, state, asker)) ?? null;
			if (found !== null) last = pathSeen(found, clock.now());
			next =
				found === null
					? Number.NEGATIVE_INFINITY
					: clock.steady() + Math.max(leastMs, everyMs / (state.rehearsal?.speed ?? 1));
		},
	};
}

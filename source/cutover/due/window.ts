/*
The change window, and the last moments at which going on is still safe: a rollback that begins later does not end in it, and after a
later T0 nobody could observe until the closing stage and then still roll back in it.
*/
import {instant} from '../../text/time.ts';
import {pathNames} from '../model/attempt-target.ts';
import type {Observation} from '../model/command.ts';
import {proofOf} from '../model/runbook.ts';
import type {LastSafe, SafeMoments} from '../model/safe-moments.ts';
import type {Attempt, State} from '../model/state.ts';
import {isDecided, stageOfKind} from './schedule.ts';
import {usualOf} from './usual-durations.ts';

/** As the rollback would begin it now. */
const pathAttempt = (path: (typeof pathNames)[number]): Pick<Attempt, 'target' | 'playbook' | 'command'> => ({
	target: {path},
	playbook: null,
	command: null,
});

/** The slowest that ever succeeded of either path, and the time after which it counts as proved. */
function earlierSeconds(state: State, {earlier}: Observation): number | null {
	const longest = pathNames.flatMap(path => usualOf(state, pathAttempt(path), earlier)?.longest ?? []);
	const {settleSeconds} = proofOf(state.runbook);
	return longest.length === 0 ? null : Math.ceil(Math.max(...longest) / 1000) + settleSeconds;
}

function rollbackTakes(state: State, observed: Observation): SafeMoments['rollback'] {
	const stated = state.runbook?.window?.rollbackSeconds ?? null;
	if (stated !== null) return {seconds: stated, from: 'settings'};
	const seconds = earlierSeconds(state, observed);
	return seconds === null ? null : {seconds, from: 'earlier'};
}

const at = (time: string | null): number | null => (time === null ? null : instant(time));

/** Null where the settings name no change window. */
export function safeMoments(state: State, observed: Observation): SafeMoments | null {
	const {runbook} = state;
	const window = runbook?.window;
	if (runbook === null || window === undefined) return null;
	const start = at(window.start);
	const end = at(window.end);
	const rollback = rollbackTakes(state, observed);
	const latestRollback = end === null || rollback === null ? null : end - rollback.seconds * 1000;
	const closes = Math.max(0, stageOfKind(runbook, 'closing')?.offsetSeconds ?? 0) * 1000;
	return {start, end, rollback, latestRollback, latestGo: latestRollback === null ? null : latestRollback - closes};
}

/** How long before a last safe moment it is warned of. */
const nearMs = 900_000;

/** `now` in ms. */
export function lastSafe(state: State, moments: SafeMoments | null, now: number): LastSafe | null {
	const {status, t0Started} = state;
	const isOpen = status === 'executing' || status === 'observing';
	const what = t0Started === null ? 'go' : 'rollback';
	if (moments === null || (t0Started === null ? isDecided(state) : !isOpen)) return null;
	const latest = what === 'go' ? moments.latestGo : moments.latestRollback;
	if (latest === null) return null;
	// A T0 that is planned too late is past already.
	const from = what === 'go' ? Math.max(now, state.t0) : now;
	return {what, at: latest, state: from > latest ? 'past' : latest - now <= nearMs ? 'near' : 'ahead'};
}

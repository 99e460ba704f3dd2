/*
How long things usually take: what succeeded before in this cutover, in earlier ones of the same runbook, and in its rehearsals. Only the
same work counts: a row whose commands or playbook changed begins anew.
*/
import {targetName} from '../model/attempt-target.ts';
import type {Runbook} from '../model/runbook.ts';
import type {Attempt, State} from '../model/state.ts';
import {attemptsOf} from './attempts-of.ts';

/** Real ms of each attempt that succeeded, oldest first, by what ran. */
export type Durations = Readonly<Record<string, readonly number[]>>;

/** In ms on the cutover's clock. `typical`: the median; `count`: how many attempts tell it, at least one. */
export type Usual = {
	readonly typical: number;
	readonly shortest: number;
	readonly longest: number;
	readonly count: number;
};

/** What an attempt runs, or would run. */
type Work = Pick<Attempt, 'target' | 'playbook' | 'command'>;

const commandsOf = ({gates, stages, rollback}: Runbook, {target, playbook, command}: Work): unknown => {
	if (playbook !== null) return playbook;
	if ('path' in target) return rollback?.[target.path];
	if (command !== null) return command.text;
	if ('gate' in target) return gates.find(({id}) => id === target.gate)?.commands;
	const own = stages.find(({id}) => id === target.stage)?.gates ?? [];
	return gates.filter(({id}) => own.includes(id)).map(({commands}) => commands);
};

const workOf = (runbook: Runbook, attempt: Work): string =>
	JSON.stringify([targetName(attempt.target), commandsOf(runbook, attempt)]);

/** How many times as fast as real time the cutover's clock runs while something runs. */
export const paceOf = ({rehearsal}: State): number =>
	rehearsal === null || rehearsal.hurries === true ? 1 : rehearsal.speed;

/** A resumed attempt does a part of the work only. */
const isWhole = ({ended, resume}: Attempt): boolean => ended?.outcome === 'pass' && !resume;

/** What one cutover, or one rehearsal, tells; `attempts`: of those alone. */
export function durationsOf(state: State, attempts = Object.values(state.attempts)): Durations {
	const {runbook} = state;
	const found: Record<string, number[]> = {};
	if (runbook === null) return found;
	for (const attempt of attempts) {
		if (!isWhole(attempt) || attempt.ended === null) continue;
		const work = workOf(runbook, attempt);
		found[work] = [...(found[work] ?? []), (attempt.ended.at - attempt.at) / paceOf(state)];
	}
	return found;
}

/** Of several cutovers, the oldest first. */
export function together(all: readonly Durations[]): Durations {
	const found: Record<string, readonly number[]> = {};
	for (const durations of all)
		for (const [work, times] of Object.entries(durations)) found[work] = [...(found[work] ?? []), ...times];
	return found;
}

/** Null where nothing like this attempt succeeded before. `earlier`: of other cutovers of this runbook; `except`: number of one that does not count. */
export function usualOf(
	state: State,
	attempt: Work,
	earlier: Durations = {},
	except: number | null = null,
): Usual | null {
	const {runbook} = state;
	if (runbook === null) return null;
	const work = workOf(runbook, attempt);
	// What each of all attempts ran takes long to tell.
	const same = attemptsOf(state, targetName(attempt.target)).filter(other => other.attempt !== except);
	const own = durationsOf(state, same);
	const real = [...(earlier[work] ?? []), ...(own[work] ?? [])];
	const times = real.map(ms => ms * paceOf(state)).sort((a, b) => a - b);
	const [shortest] = times;
	if (shortest === undefined) return null;
	return {
		typical: times[Math.floor((times.length - 1) / 2)] ?? shortest,
		shortest,
		longest: times.at(-1) ?? shortest,
		count: times.length,
	};
}

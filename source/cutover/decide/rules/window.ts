/* Going on past the last safe moment of the change window: with a reason and a word of its own (RULES W). */
import {durationText, wall} from '../../../text/time.ts';
import {stageOfKind} from '../../due/schedule.ts';
import {safeMoments} from '../../due/window.ts';
import type {Refusal} from '../../model/refusal.ts';
import type {State} from '../../model/state.ts';
import {fields, refuse} from '../refusal.ts';
import type {RuleContext} from './rule.ts';

export const windowWord = 'OUTSIDE WINDOW';

/** Why T0 at this time is outside of what the window allows; null where it is not, or nobody can tell. */
export function t0Outside(state: State, t0: number, {observed}: Pick<RuleContext, 'observed'>): string | null {
	const moments = safeMoments(state, observed);
	if (moments === null) return null;
	const {start, end, rollback, latestGo} = moments;
	if (start !== null && t0 < start) return `T0 ${wall(t0)} is before the change window, which begins at ${wall(start)}`;
	if (end !== null && t0 > end) return `T0 ${wall(t0)} is after the change window, which ended at ${wall(end)}`;
	if (latestGo === null || t0 <= latestGo || end === null || rollback === null) return null;
	const closing = stageOfKind(state.runbook, 'closing');
	const at = closing && closing.offsetSeconds > 0 ? `, begun at ${closing.id}` : '';
	return `T0 ${wall(t0)} is past the latest go, ${wall(latestGo)}: a rollback of ${durationText(rollback.seconds)}${at}, would not end by the end of the change window, ${wall(end)}`;
}

/** Why a rollback that begins now would not end within the window; null where it would, or nobody can tell. */
export function rollbackOutside(state: State, {at, observed}: Pick<RuleContext, 'at' | 'observed'>): string | null {
	const moments = safeMoments(state, observed);
	if (moments === null || moments.end === null) return null;
	const {end, latestRollback, rollback} = moments;
	if (at > end) return `The change window ended at ${wall(end)}`;
	if (latestRollback === null || rollback === null || at <= latestRollback) return null;
	return `The latest rollback was ${wall(latestRollback)}: it takes ${durationText(rollback.seconds)} and would not end by the end of the change window, ${wall(end)}`;
}

/** Null where it is inside, or a reason is given; the word is asked with the others. */
export const outsideReason = (outside: string | null, reason: string | null, instead: string): Refusal | null =>
	outside === null || reason?.trim()
		? null
		: refuse(
				'outside-window',
				`${outside}.`,
				`${instead}, or go on with a reason and the typed word ${windowWord}.`,
				fields('reason'),
			);

export const withWindowWord = (words: readonly string[], outside: string | null): readonly string[] =>
	outside === null ? words : [...words, windowWord];

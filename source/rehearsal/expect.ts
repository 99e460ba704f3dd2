/*
How a rehearsal has to end, from its faults and the thresholds of the runbook alone, before it begins: that it ends so
is what it is rehearsed for.
*/
import {isPath} from '../cutover/model/attempt-target.ts';
import type {OutageTrigger, Runbook} from '../cutover/model/runbook.ts';
import type {State} from '../cutover/model/state.ts';
import type {Fault} from './fault.ts';

/** `fallback`: by the fallback, after GitHub refused the preferred path. */
export type Expected = {readonly end: 'kept' | 'rolled-back'; readonly fallback: boolean};

/** People think for a minute, and a sample or three decide. */
const reaction = 120;

const thresholdOf = (runbook: Runbook): number | null =>
	runbook.triggers.find((trigger): trigger is OutageTrigger => trigger.kind === 'outage')?.thresholdSeconds ?? null;

/** When the rollback is begun for it, in seconds from T0; null where none is. */
function rollsBackAt({kind, from, until}: Fault, threshold: number): number | null {
	if (kind !== 'outage') return null;
	const since = Math.max(0, from);
	return until - since > threshold + reaction ? since + threshold + reaction / 2 : null;
}

/** Null where the rules leave it to what the cutover itself does. */
export function expectedOf(faults: readonly Fault[], runbook: Runbook): Expected | null {
	const threshold = thresholdOf(runbook);
	const judged = faults.some(({kind}) => kind === 'flap');
	const duringT0 = faults.some(({kind, from, until}) => kind === 'outage' && from <= 0 && until > 0);
	if (threshold === null || judged || duringT0) return null;
	const starts = faults.map(fault => rollsBackAt(fault, threshold)).filter(at => at !== null);
	const at = Math.min(...starts);
	if (starts.length === 0) return isNear(faults, threshold) ? null : {end: 'kept', fallback: false};
	const refused = faults.some(({kind, from, until}) => kind === 'github-404' && from <= at && at < until - reaction);
	const next = runbook.rollback?.fallback ?? null;
	return {end: 'rolled-back', fallback: refused && next !== null && next.workflow === undefined};
}

/** So near the threshold that a sample more or less decides. */
const isNear = (faults: readonly Fault[], threshold: number): boolean =>
	faults.some(({kind, from, until}) => {
		const lasts = until - Math.max(0, from);
		return kind === 'outage' && lasts > threshold - reaction && lasts <= threshold + reaction;
	});

export const expectedText = ({end, fallback}: Expected): string =>
	end === 'kept' ? 'the release is kept' : `it is rolled back${fallback ? ' by the fallback' : ''}`;

/** What ended otherwise, in a sentence; null where it is as expected. */
export function deviation(expected: Expected | null, {kept, status, rollback}: State): string | null {
	if (expected === null) return null;
	const end = rollback === null && kept !== null ? 'kept' : status;
	const last = rollback?.tried.at(-1);
	const fallback = last !== undefined && isPath(last.target, 'fallback');
	const isSo =
		(expected.end === 'kept' ? end === 'kept' : rollback?.proved != null) && (!expected.fallback || fallback);
	return isSo ? null : `Expected that ${expectedText(expected)}; it ended ${end}.`;
}

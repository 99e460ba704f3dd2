/* Which path of the rollback an attempt is of. */

import type {Job} from '../attempts/job.ts';
import {pathOf} from '../cutover/decide/rules/path.ts';
import {pathIn} from '../cutover/model/attempt-target.ts';
import type {RollbackPath} from '../cutover/model/runbook.ts';

/** The path that an attempt is of; null where it is of something else. */
export function pathTried({attempt, runbook}: Pick<Job, 'attempt' | 'runbook'>): RollbackPath | null {
	const name = pathIn(attempt.target);
	return name === null ? null : pathOf(runbook, name);
}

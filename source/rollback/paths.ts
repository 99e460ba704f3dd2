/* Which path of the rollback an attempt is of. */

import type {Job} from '../attempts/job.ts';
import {pathNamed, pathOf} from '../cutover/decide/rules/path.ts';
import type {RollbackPath} from '../cutover/model/runbook.ts';

/** The path that an attempt is of; null where it is of something else. */
export function pathTried({attempt, runbook}: Pick<Job, 'attempt' | 'runbook'>): RollbackPath | null {
	const name = pathNamed(attempt.of);
	return name === null ? null : pathOf(runbook, name);
}

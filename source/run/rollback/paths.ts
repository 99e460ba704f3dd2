/* Which path of the rollback an attempt is of. */
import {pathNamed, pathOf} from '../../cutover/rules/path.ts';
import type {RollbackPath} from '../../cutover/runbook.ts';
import type {Job} from '../job.ts';

/** The path that an attempt is of; null where it is of something else. */
export function pathTried({attempt, runbook}: Pick<Job, 'attempt' | 'runbook'>): RollbackPath | null {
	const name = pathNamed(attempt.of);
	return name === null ? null : pathOf(runbook, name);
}

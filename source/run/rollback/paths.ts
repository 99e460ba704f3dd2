/* How a script is called, and which path of the rollback an attempt is of. */
import {pathNamed, pathOf} from '../../cutover/rules/path.ts';
import {shellName} from '../../cutover/run-by.ts';
import type {RollbackPath} from '../../cutover/runbook.ts';
import type {Job} from '../job.ts';

export type ScriptPath = Extract<RollbackPath, {kind: 'script'}>;

/** A path that begins with `-` would be taken for an option. */
const asPath = (script: string): string => (script.startsWith('-') || !script.includes('/') ? `./${script}` : script);

/** The words of its command line; no shell reads them. */
export const wordsOf = ({script, args = []}: Pick<ScriptPath, 'script' | 'args'>): readonly [string, ...string[]] =>
	shellName.test(script) ? ['bash', asPath(script), ...args] : [asPath(script), ...args];

/** The path that an attempt is of; null where it is of something else. */
export function pathTried({attempt, runbook}: Pick<Job, 'attempt' | 'runbook'>): RollbackPath | null {
	const name = pathNamed(attempt.of);
	return name === null ? null : pathOf(runbook, name);
}

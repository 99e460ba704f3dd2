/* How a path of the rollback is run, by its kind. */
import {pathNamed, pathOf} from '../../cutover/rules/path.ts';
import type {RollbackPath} from '../../cutover/runbook.ts';
import type {Job} from '../job.ts';

/** The words of a command line, or why the path cannot run here. */
export type Way = {readonly words: readonly string[]} | {readonly unavailable: string};

type Paths = {readonly [K in RollbackPath['kind']]: (path: Extract<RollbackPath, {kind: K}>) => Way};

const shell = /\.(?:sh|bash)$/;

/** A path that begins with `-` would be taken for an option. */
const asPath = (script: string): string => (script.startsWith('-') || !script.includes('/') ? `./${script}` : script);

const paths: Paths = {
	script: ({script}) => ({words: shell.test(script) ? ['bash', asPath(script)] : [asPath(script)]}),
	workflow: ({workflow}) => ({unavailable: `${workflow} is dispatched, and not run here`}),
};

export const wayOf = (path: RollbackPath): Way => (path.kind === 'script' ? paths.script(path) : paths.workflow(path));

/** The path that an attempt is of; null where it is of something else. */
export function pathTried({attempt, runbook}: Pick<Job, 'attempt' | 'runbook'>): RollbackPath | null {
	const name = pathNamed(attempt.of);
	return name === null ? null : pathOf(runbook, name);
}

/* How a path of the rollback is run, by its kind. */
import type {RollbackPath} from '../../cutover/runbook.ts';

/** The words of a command line, or why the path cannot run here. */
export type Way = {readonly words: readonly string[]} | {readonly unavailable: string};

type Paths = {readonly [K in RollbackPath['kind']]: (path: Extract<RollbackPath, {kind: K}>) => Way};

const shell = /\.(?:sh|bash)$/;

/** A path that begins with `-` would be taken for an option. */
const asPath = (script: string): string => (script.startsWith('-') || !script.includes('/') ? `./${script}` : script);

const paths: Paths = {
	script: ({script, args = []}) => ({
		words: shell.test(script) ? ['bash', asPath(script), ...args] : [asPath(script), ...args],
	}),
	workflow: ({workflow}) => ({
		unavailable: `not configured: no repository, ref and token are set here to dispatch ${workflow}`,
	}),
};

export const wayOf = (path: RollbackPath): Way => (path.kind === 'script' ? paths.script(path) : paths.workflow(path));

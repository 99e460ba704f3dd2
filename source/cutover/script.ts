/* How a script is called: the words of its command line, shown before it runs and run as shown. */
import type {RollbackPath} from './runbook.ts';

export type ScriptPath = Extract<RollbackPath, {kind: 'script'}>;

const shell = /\.(?:sh|bash)$/;

/** A path that begins with `-` would be taken for an option. */
const asPath = (script: string): string => (script.startsWith('-') || !script.includes('/') ? `./${script}` : script);

/** No shell reads them. */
export const wordsOf = ({script, args = []}: Pick<ScriptPath, 'script' | 'args'>): readonly [string, ...string[]] =>
	shell.test(script) ? ['bash', asPath(script), ...args] : [asPath(script), ...args];

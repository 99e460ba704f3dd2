/* How a script is called: the words of its command line, shown before it runs and run as shown. */
import type {RollbackPath} from './runbook.ts';

export type ScriptPath = Extract<RollbackPath, {kind: 'script'}>;

/** A script of this name is handed to bash; any other is run by itself. */
export const shellName = /\.(?:sh|bash)$/;

/** A path that begins with `-` would be taken for an option. */
const asPath = (script: string): string => (script.startsWith('-') || !script.includes('/') ? `./${script}` : script);

/** No shell reads them. */
export const wordsOf = ({script, args = []}: Pick<ScriptPath, 'script' | 'args'>): readonly [string, ...string[]] =>
	shellName.test(script) ? ['bash', asPath(script), ...args] : [asPath(script), ...args];

/* What is run of a runbook: its command lines, and what each path of the rollback runs, shown before it runs and run as shown. */
import type {Path, RollbackPath, Runbook} from './runbook.ts';

export type ScriptCall = {readonly script: Path; readonly args?: readonly string[]};

/** A script of this name is handed to bash; any other is run by itself. */
export const shellName = /\.(?:sh|bash)$/;

/** A path that begins with `-` would be taken for an option. */
const asPath = (script: string): string => (script.startsWith('-') || !script.includes('/') ? `./${script}` : script);

/** No shell reads them. */
export const wordsOf = ({script, args = []}: ScriptCall): readonly [string, ...string[]] =>
	shellName.test(script) ? ['bash', asPath(script), ...args] : [asPath(script), ...args];

/** The script that a path calls, with its words; null where it calls none. */
export const scriptOf = ({script, args}: RollbackPath): ScriptCall | null =>
	script === undefined ? null : {script, ...(args === undefined ? {} : {args})};

/** What a path runs, a line each, for people: a script with its words, a workflow, command lines. */
export const verbatimOf = (path: RollbackPath): readonly string[] => {
	const call = scriptOf(path);
	return [
		...(path.workflow === undefined ? [] : [path.workflow]),
		...(call === null ? [] : [wordsOf(call).join(' ')]),
		...(path.commands ?? []),
	];
};

/** The paths that a runbook has, the preferred one first. */
export const rollbackPaths = ({rollback}: Pick<Runbook, 'rollback'>): readonly RollbackPath[] =>
	[rollback?.preferred, rollback?.fallback].flatMap(path => path ?? []);

/** The scripts that they call. */
export const rollbackScripts = (runbook: Pick<Runbook, 'rollback'>): readonly Path[] =>
	rollbackPaths(runbook).flatMap(({script}) => script ?? []);

/** Every command line that is run of a runbook, by bash; of gates only of those that no playbook judges. */
export const commandLines = (
	runbook: Pick<Runbook, 'gates' | 'stages' | 'rollback' | 'notify' | 'publish' | 'onCall'>,
): readonly string[] => [
	...runbook.gates.flatMap(({playbook, commands}) => (playbook === null ? commands : [])),
	...runbook.stages.flatMap(({commands = []}) => commands),
	...rollbackPaths(runbook).flatMap(({commands = []}) => commands),
	...(runbook.notify ?? []).flatMap(({commands}) => commands),
	...(runbook.publish?.command === undefined ? [] : [runbook.publish.command]),
	...Object.values(runbook.onCall ?? {}),
];

/** Files that a path needs in the workspace. */
export const filesOfPath = ({workflow, script, reference}: RollbackPath): readonly Path[] => [
	...(workflow === undefined ? [] : [workflow]),
	...(script === undefined ? [] : [script]),
	...(reference ? [reference] : []),
];

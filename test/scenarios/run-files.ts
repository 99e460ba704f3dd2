/* Which files run, of made-up workspaces: none, or the scripts that are called, each from its approved copy. */
import {type RunFiles, type WillRun, willRun} from '../../source/cutover/due/will-run.ts';
import type {State} from '../../source/cutover/model/state.ts';

export const noFiles: RunFiles = {ofLine: () => [], ofScript: () => [], ofPlaybook: () => []};

/** What the approved runbook of this cutover runs. */
export const runsIn = ({runbook, approved}: State): readonly WillRun[] =>
	runbook === null
		? []
		: willRun(runbook, {
				ofLine: () => [],
				ofScript: path => [{path, digest: approved[path] ?? null, how: 'copy'}],
				ofPlaybook: path => [{path, digest: approved[path] ?? `sha256:${'0'.repeat(64)}`, how: 'copy'}],
			});

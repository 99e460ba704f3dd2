/*
Every file and program that a runbook names: what a checks stage lists before it judges, so that a missing one is seen
an hour before it is needed.
*/

import {endpointScripts} from '../../cutover/model/endpoint.ts';
import {endpointsOf, type Runbook} from '../../cutover/model/runbook.ts';
import {commandLines, filesOfPath, rollbackPaths} from '../../cutover/model/script.ts';
import {programsIn} from '../../text/code.ts';
import type {Needs} from './playbook.ts';

/** In the order in which the runbook names them, each once. */
export function needsOf(runbook: Runbook): Needs {
	const files = [
		...runbook.gates.flatMap(gate => [...gate.files, ...(gate.playbook === null ? [] : [gate.playbook])]),
		...runbook.stages.flatMap(stage => (stage.playbook === null ? [] : [stage.playbook])),
		...rollbackPaths(runbook).flatMap(filesOfPath),
		...endpointScripts(endpointsOf(runbook)),
		...runbook.signOffs.flatMap(item => item.requires.flatMap(needed => (needed.kind === 'file' ? [needed.of] : []))),
	];
	const programs = commandLines(runbook).flatMap(programsIn);
	return {files: [...new Set(files)], programs: [...new Set([...programs, 'bash'])]};
}

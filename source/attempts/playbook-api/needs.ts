/*
Every file and program that a runbook names: what a checks stage lists before it judges, so that a missing one is seen
an hour before it is needed.
*/

import {notifiers} from '../../cutover/model/notify.ts';
import {endpointsOf, type Runbook} from '../../cutover/model/runbook.ts';
import {filesOfPath, rollbackPaths} from '../../cutover/model/script.ts';
import type {Needs} from './playbook.ts';

const builtIn = new Set([
	'cd',
	'test',
	'[',
	'[[',
	'echo',
	'true',
	'false',
	'export',
	'set',
	'exit',
	'!',
	'{',
	'(',
	'if',
	'for',
	'while',
]);

/** Programs that a command line starts, as far as its words show: the first word of each part. */
export const programsIn = (line: string): readonly string[] =>
	line
		.split(/&&|\|\|?|;|\n/)
		.map(
			part =>
				part
					.trim()
					.replace(/^(?:[A-Za-z_]\w*=\S*\s+)+/, '')
					.split(/\s+/)[0] ?? '',
		)
		.filter(word => /^[\w./+-]+$/.test(word) && !builtIn.has(word));

/** In the order in which the runbook names them, each once. */
export function needsOf(runbook: Runbook): Needs {
	const files = [
		...runbook.gates.flatMap(gate => [...gate.files, ...(gate.playbook === null ? [] : [gate.playbook])]),
		...runbook.stages.flatMap(stage => (stage.playbook === null ? [] : [stage.playbook])),
		...rollbackPaths(runbook).flatMap(filesOfPath),
		...endpointsOf(runbook).flatMap(endpoint => (endpoint.kind === 'script' ? [endpoint.run] : [])),
		...notifiers(runbook),
		...runbook.signOffs.flatMap(item => item.requires.flatMap(needed => (needed.kind === 'file' ? [needed.of] : []))),
	];
	const programs = [...runbook.gates, ...runbook.stages, ...rollbackPaths(runbook)].flatMap(({commands = []}) =>
		commands.flatMap(programsIn),
	);
	return {files: [...new Set(files)], programs: [...new Set([...programs, 'bash'])]};
}

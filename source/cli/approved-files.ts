/*
What is approved with a runbook: the runbook and its settings as they were read, playbooks with what they import from
beside them, and the scripts of the rollback, of endpoints and of
`notify`. A path inside the workspace is relative to it, as the
runbook would name it.
*/
import {existsSync, readFileSync, statSync} from 'node:fs';
import {dirname, isAbsolute, join, relative, resolve} from 'node:path';
import {type Digest, type Digests, endpointsOf, notifiers, type Path, type Runbook} from '../cutover/model/runbook.ts';
import {digestOf} from '../disk/digest.ts';

const shortened = (workspace: Path, path: Path): Path => {
	const inside = relative(workspace, path);
	return inside === '' || inside.startsWith('..') || isAbsolute(inside) ? path : inside;
};

const playbooksOf = ({gates, stages}: Runbook): readonly Path[] =>
	[...gates, ...stages].flatMap(({playbook}) => (playbook === null ? [] : [playbook]));

const scriptsOf = (runbook: Runbook): readonly Path[] => [
	...[runbook.rollback?.preferred, runbook.rollback?.fallback].flatMap(path =>
		path?.kind === 'script' ? [path.script] : [],
	),
	...endpointsOf(runbook).flatMap(endpoint => (endpoint.kind === 'script' ? [endpoint.run] : [])),
	...notifiers(runbook),
];

const imported = /(?:\bfrom\s*|\bimport\s*\(?\s*)["'](\.{1,2}\/[^"']+)["']/g;

/** Relative imports of a playbook, and theirs, from the workspace. */
function withImports(workspace: Path, path: Path, known: Set<Path>): void {
	if (known.has(path)) return;
	known.add(path);
	const file = join(workspace, path);
	if (!existsSync(file) || !statSync(file).isFile()) return;
	for (const [, target = ''] of readFileSync(file, 'utf8').matchAll(imported)) {
		withImports(workspace, shortened(workspace, resolve(dirname(file), target)), known);
	}
}

function digest(workspace: Path, path: Path): Digest | null {
	const file = resolve(workspace, path);
	return statSync(file, {throwIfNoEntry: false})?.isFile() ? digestOf(readFileSync(file)) : null;
}

/** Digest by path; null where the file is missing. `bytes`: as they were read, so that nothing can change in between. */
export function approvedOf(
	runbook: Runbook,
	workspace: Path,
	bytes: {readonly runbook: Uint8Array; readonly settings: Uint8Array | null},
): Digests {
	const files = new Set<Path>();
	for (const playbook of playbooksOf(runbook)) withImports(workspace, playbook, files);
	for (const script of scriptsOf(runbook)) files.add(script);
	return {
		[shortened(workspace, runbook.path)]: digestOf(bytes.runbook),
		...(runbook.settings === null || bytes.settings === null
			? {}
			: {[shortened(workspace, runbook.settings)]: digestOf(bytes.settings)}),
		...Object.fromEntries([...files].map(path => [path, digest(workspace, path)])),
	};
}

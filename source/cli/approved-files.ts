/*
What is approved with a runbook: the runbook and its settings as they were read, playbooks, and every script that a gate, a
playbook, the rollback, an endpoint or a notification names, with what these use. Each file is read once: the bytes that
are looked at are the bytes that are approved and kept.
*/

import {fstatSync, readFileSync, type Stats, statSync} from 'node:fs';
import {relative, resolve} from 'node:path';
import process from 'node:process';
import {endpointScripts} from '../cutover/model/endpoint.ts';
import type {Problem} from '../cutover/model/problem.ts';
import {type Digests, endpointsOf, type Path, type Runbook} from '../cutover/model/runbook.ts';
import {commandLines, rollbackScripts} from '../cutover/model/script.ts';
import {digestOf} from '../disk/digest.ts';
import {ifPossible} from '../disk/fault.ts';
import {foldersTo, readRegular} from '../disk/file.ts';
import {problem, start} from '../runbook/problems/complain.ts';
import {type Looking, planLine, scriptsOfPlaybook, scriptsOfScript, shortened} from '../workspace/scripts.ts';

type ApprovedFile = {
	/** Null where there is none. */
	readonly bytes: Uint8Array | null;
	/** Why nobody can rely on it. */
	readonly problem: Problem | null;
};

export type ApprovedFiles = {
	readonly digests: Digests;
	readonly files: ReadonlyMap<Path, ApprovedFile>;
	readonly looking: Looking;
};

const othersMayWrite = 0o002;
const sticky = 0o1000;

const isForeign = (uid: number): boolean => uid !== 0 && uid !== (process.getuid?.() ?? uid);

type Looseness = 'file-shared' | 'file-foreign' | 'workspace-foreign';

/**
Of a file or a folder on the way to it: what lets another account put something else in its place. A workspace that
belongs to another account as a whole, such as that of a deployment, is a warning: approved copies run.
*/
function looseness({mode, uid}: Stats, isFolder: boolean, owner: number): Looseness | null {
	const shared = (mode & othersMayWrite) !== 0 && !(isFolder && (mode & sticky) !== 0);
	if (shared) return 'file-shared';
	if (!isForeign(uid)) return null;
	return uid === owner ? 'workspace-foreign' : 'file-foreign';
}

function trouble(workspace: Path, path: Path, file: Path, stats: Stats): Problem | null {
	const owner = statSync(workspace).uid;
	const own = looseness(stats, false, owner);
	const uid = String(stats.uid);
	if (own !== null) return problem(own, start, {name: path, uid}, path);
	for (const {folder, entry} of foldersTo(file)) {
		const found = statSync(folder);
		const code = looseness(found, true, owner);
		// Whose the folders above are is the affair of the machine, but not that all accounts may write in them.
		const isOurs = entry === file || !relative(workspace, folder).startsWith('..');
		if (code === 'file-shared' || (code !== null && isOurs))
			return problem(code, start, {name: folder, uid: String(found.uid)}, path);
	}
	return null;
}

function fileAt(workspace: Path, path: Path): ApprovedFile {
	const file = resolve(workspace, path);
	const read = (descriptor: number): ApprovedFile => ({
		bytes: readFileSync(descriptor),
		problem: trouble(workspace, path, file, fstatSync(descriptor)),
	});
	return ifPossible(() => readRegular(file, read)) ?? {bytes: null, problem: null};
}

const calledScripts = (runbook: Runbook): readonly Path[] => [
	...rollbackScripts(runbook).map(script => script.replace(/^(?:\.\/)+/, '')),
	...endpointScripts(endpointsOf(runbook)),
];

const playbooksOf = ({gates, stages}: Runbook): readonly Path[] => [
	...new Set([...gates, ...stages].flatMap(({playbook}) => (playbook === null ? [] : [playbook]))),
];

/** `bytes`: of the runbook and its settings, as they were read. */
export function approvedFiles(
	runbook: Runbook,
	workspace: Path,
	bytes: {readonly runbook: Uint8Array; readonly settings: Uint8Array | null},
): ApprovedFiles {
	const files = new Map<Path, ApprovedFile>();
	const fileOf = (path: Path): ApprovedFile => {
		const before = files.get(path) ?? fileAt(workspace, path);
		files.set(path, before);
		return before;
	};
	const looking: Looking = {
		workspace,
		textOf: path => {
			const {bytes: found} = fileOf(path);
			return found === null ? null : Buffer.from(found).toString('utf8');
		},
	};
	for (const playbook of playbooksOf(runbook)) {
		const {imports, named} = scriptsOfPlaybook(looking, playbook);
		for (const path of [...imports, ...named]) fileOf(path);
	}
	for (const line of commandLines(runbook)) for (const {path} of planLine(looking, line).files) fileOf(path);
	for (const script of calledScripts(runbook)) for (const path of scriptsOfScript(looking, script)) fileOf(path);
	for (const path of runbook.ca ?? []) fileOf(path);
	if (runbook.allowedSigners !== undefined) fileOf(runbook.allowedSigners);
	files.set(shortened(workspace, runbook.path), {bytes: bytes.runbook, problem: null});
	if (runbook.settings !== null && bytes.settings !== null)
		files.set(shortened(workspace, runbook.settings), {bytes: bytes.settings, problem: null});
	const digests = Object.fromEntries(
		[...files].map(([path, {bytes: found}]) => [path, found === null ? null : digestOf(found)]),
	);
	return {digests, files, looking};
}

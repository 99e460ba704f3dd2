/*
A rehearsal works in a copy: what its scripts change is not the operator's, and what is rehearsed twice begins the same
twice. The copy of the sample is closed to others, however it was installed, because a runbook that others can write is
not read.
*/
import {
	chmodSync,
	constants,
	cpSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	realpathSync,
	writeFileSync,
} from 'node:fs';
import {dirname, join, relative, resolve} from 'node:path';
import {UsageError} from '../cli/usage-error.ts';
import {makeFolders} from '../disk/file.ts';
import {commitAll, workTree} from './history.ts';
import {sampleRunbook, shipped} from './shipped.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Absolute paths. `complaint`: what the copy lacks, in a sentence. */
export type Copied = {readonly workspace: string; readonly runbook: string; readonly complaint: string | null};

const mostFiles = 100_000;

function newFolder(root: string, name: string): string {
	const workspaces = join(root, 'workspaces');
	makeFolders(workspaces);
	return mkdtempSync(join(realpathSync(workspaces), `${name}-`));
}

/** Owner only; what begins as a script may be run. */
function close(folder: string): void {
	chmodSync(folder, 0o700);
	for (const entry of readdirSync(folder, {withFileTypes: true})) {
		const path = join(folder, entry.name);
		if (entry.isDirectory()) close(path);
		else chmodSync(path, readFileSync(path, 'latin1').startsWith('#!') ? 0o700 : 0o600);
	}
}

/** What the service and the scripts keep at run time belongs to no commit. */
function beginBlue(workspace: string): void {
	mkdirSync(join(workspace, 'runtime'));
	writeFileSync(join(workspace, 'runtime', 'router.conf'), 'live=blue\n');
	writeFileSync(join(workspace, '.gitignore'), 'runtime/\n');
}

/** The sample in a new folder below `root`, committed, with blue live. */
export function copySample(root: string, env: Environment): Copied {
	const workspace = newFolder(root, 'ferry');
	cpSync(shipped.sample, workspace, {recursive: true});
	beginBlue(workspace);
	close(workspace);
	return {workspace, runbook: join(workspace, sampleRunbook), complaint: commitAll(workspace, env)};
}

/** Everything below the workspace but its history. Throws UsageError where that is more than a workspace. */
function copyWhole(from: string, to: string): void {
	let files = 0;
	cpSync(from, to, {
		recursive: true,
		verbatimSymlinks: true,
		mode: constants.COPYFILE_FICLONE,
		filter(path) {
			files += 1;
			if (files > mostFiles)
				throw new UsageError(
					`${from} holds more than ${mostFiles} files, which is more than a workspace. Name the one to rehearse in with --workspace DIR.`,
				);
			return relative(from, path) !== '.git';
		},
	});
}

/** The workspace that holds the runbook, copied whole; `given`: instead of the work tree that holds it. Absolute paths. */
export function copyOwn(root: string, file: string, given: string | null, env: Environment): Copied {
	const from = realpathSync(given ?? workTree(dirname(file), env));
	const place = relative(from, realpathSync(file));
	if (place.startsWith('..'))
		throw new UsageError(
			`${file} is not below the workspace ${from}. A rehearsal copies the workspace with its runbook: name one that holds it with --workspace DIR.`,
		);
	const inside = relative(from, resolve(root));
	if (!inside.startsWith('..'))
		throw new UsageError(
			`The rehearsal's own folder ${root} lies in the workspace ${from}. Name another with --state DIR.`,
		);
	const workspace = newFolder(root, 'own');
	copyWhole(from, workspace);
	return {workspace, runbook: join(workspace, place), complaint: commitAll(workspace, env)};
}

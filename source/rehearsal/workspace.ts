/*
A rehearsal works in a copy: what its scripts change is not the operator's, and what is rehearsed twice begins the same
twice. The copy of the sample is closed to others, however it was installed, because a runbook that others can write is
not read.
*/

import {spawnSync} from 'node:child_process';
import {
	chmodSync,
	constants,
	cpSync,
	lstatSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	realpathSync,
	writeFileSync,
} from 'node:fs';
import {dirname, join, relative, resolve} from 'node:path';
import {workTree} from '../cli/opening.ts';
import {UsageError} from '../cli/usage-error.ts';
import {beginningOf, makeFolders} from '../disk/file.ts';
import type {Environment} from '../net/proxy.ts';
import {programs} from '../processes/programs.ts';

/*
A history of its own, so that gates are judged on a commit as in a cutover. It works where git knows no name for the account, and
listens to nobody's hooks, templates or signing keys.
*/
const settings = [
	['user.name', 'rehearsal'],
	['user.email', 'rehearsal@localhost'],
	['commit.gpgSign', 'false'],
	['core.hooksPath', '/dev/null'],
	['core.autocrlf', 'false'],
	['init.defaultBranch', 'main'],
].flatMap(([name, value]) => ['-c', `${name}=${value}`]);

const alone = (env: Environment): Record<string, string> => {
	const kept = Object.entries(env).flatMap(([name, value]) =>
		value === undefined || name.startsWith('GIT_') ? [] : [[name, value]],
	);
	return {...Object.fromEntries(kept), GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null', LC_ALL: 'C'};
};

/** Git as it is for everybody: without the account's settings, and not in a repository that the environment names. */
const git = (folder: string, args: readonly string[], env: Environment) =>
	spawnSync('git', [...settings, ...args], {cwd: folder, env: alone(env), encoding: 'utf8'});

const steps: readonly (readonly string[])[] = [
	['init', '--quiet', '--template='],
	['add', '--all'],
	['commit', '--quiet', '--allow-empty', '--message', 'The workspace as the rehearsal found it'],
];

/** Null where all of the folder is committed; else why not, in a sentence. */
function commitAll(folder: string, env: Environment): string | null {
	for (const step of steps) {
		const {status, stderr, error} = git(folder, step, env);
		if (error) return 'git is not here, so the workspace has no history: gates are judged without a commit.';
		if (status !== 0)
			return `git ${step[0]} failed, so the workspace has no history: ${stderr.trim().split('\n')[0] ?? ''}`;
	}
	return null;
}

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
		else chmodSync(path, beginningOf(path, 2).toString('latin1') === '#!' ? 0o700 : 0o600);
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
	cpSync(programs.sample, workspace, {recursive: true});
	beginBlue(workspace);
	close(workspace);
	return {workspace, runbook: join(workspace, 'runbook.md'), complaint: commitAll(workspace, env)};
}

/** Sockets, pipes and devices of programs that run there are nothing to copy. */
function isCopied(path: string): boolean {
	const found = lstatSync(path);
	return found.isFile() || found.isDirectory() || found.isSymbolicLink();
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
			return relative(from, path) !== '.git' && isCopied(path);
		},
	});
}

/** The workspace that holds the runbook, copied whole; `given`: instead of the work tree that holds it. Absolute paths. */
export function copyOwn(root: string, file: string, given: string | null, env: Environment): Copied {
	const from = realpathSync(given ?? workTree(dirname(file)));
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

/*
A history of its own for the workspace of a rehearsal, so that gates are judged on a commit as in a cutover. It works
where git knows no name for the account, and listens to nobody's hooks, templates or signing keys.
*/
import {spawnSync} from 'node:child_process';

const settings = [
	['user.name', 'rehearsal'],
	['user.email', 'rehearsal@localhost'],
	['commit.gpgSign', 'false'],
	['core.hooksPath', '/dev/null'],
	['core.autocrlf', 'false'],
	['init.defaultBranch', 'main'],
].flatMap(([name, value]) => ['-c', `${name}=${value}`]);

type Environment = Readonly<Record<string, string | undefined>>;

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
export function commitAll(folder: string, env: Environment): string | null {
	for (const step of steps) {
		const {status, stderr, error} = git(folder, step, env);
		if (error) return 'git is not here, so the workspace has no history: gates are judged without a commit.';
		if (status !== 0)
			return `git ${step[0]} failed, so the workspace has no history: ${stderr.trim().split('\n')[0] ?? ''}`;
	}
	return null;
}

/** The top of the git work tree that holds the folder, else the folder itself. */
export function workTree(folder: string, env: Environment): string {
	const {status, stdout} = git(folder, ['rev-parse', '--show-toplevel'], env);
	return status === 0 ? stdout.trimEnd() : folder;
}

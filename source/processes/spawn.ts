/*
How a process of ours begins so that nothing that ends takes it along: in a session of its own, with files as all of
its stdio. Nothing of it hangs on a terminal, a screen or a connection.
*/

import {type ChildProcess, spawn} from 'node:child_process';
import {closeSync, openSync, readFileSync, writeSync} from 'node:fs';
import {dirname, join} from 'node:path';
import process from 'node:process';
import {type AttemptRef, attemptKey} from '../cutover/model/attempt-target.ts';
import type {Path} from '../cutover/model/runbook.ts';
import {makeFolders} from '../disk/file.ts';
import type {Environment, ProcessEnvironment} from './environment.ts';
import {attemptFolder} from './folder.ts';
import {closeWriters, openPipes} from './pipe.ts';

/** Warnings of Node's own would be in logs; SIGUSR1 would open a debugger to anyone of the account. */
export const nodeFlags: readonly string[] = [
	'--disable-warning=DEP0190',
	'--disable-warning=ExperimentalWarning',
	'--disable-warning=MODULE_TYPELESS_PACKAGE_JSON',
	'--disable-sigusr1',
];

/** Says on how many descriptors secrets come, from the first on. */
const secretsName = 'CUTOVER_SECRETS';
const firstSecrets = 3;

/** Pipes that hold the secrets until the process reads them, each as much as it takes: 64 KiB, or 4 where the account has many. */
function pipesOf(secret: Environment, folder: Path): readonly number[] {
	const pipes: number[] = [];
	let rest = Object.keys(secret).length === 0 ? Buffer.alloc(0) : Buffer.from(JSON.stringify(secret));
	while (rest.length > 0) {
		const [pipe] = openPipes(folder, [`secrets.${process.pid}`]);
		rest = rest.subarray(writeSync(pipe.voice, rest));
		closeWriters(pipe);
		pipes.push(pipe.read);
	}
	return pipes;
}

/** This process's environment with the secrets that it was handed. To be called once, first of all. */
export function takeSecrets(): Readonly<Record<string, string | undefined>> {
	const count = Number(process.env[secretsName] ?? 0);
	delete process.env[secretsName];
	if (count === 0) return {...process.env};
	const parts = Array.from({length: count}, (_, index) => readFileSync(firstSecrets + index));
	for (let index = 0; index < count; index++) closeSync(firstSecrets + index);
	const secret: Environment = JSON.parse(Buffer.concat(parts).toString());
	return {...process.env, ...secret};
}

/** `complaints`: the file that what it says on stderr is added to. */
function spawnDetached(
	args: readonly string[],
	folder: Path,
	complaints: Path,
	{open, secret}: ProcessEnvironment,
): ChildProcess {
	const input = openSync('/dev/null', 'r');
	const output = openSync(complaints, 'a', 0o600);
	const secrets = pipesOf(secret, dirname(complaints));
	try {
		const child = spawn(process.execPath, [...nodeFlags, ...args], {
			detached: true,
			cwd: folder,
			env: secrets.length === 0 ? open : {...open, [secretsName]: String(secrets.length)},
			stdio: [input, output, output, ...secrets],
		});
		child.unref();
		return child;
	} finally {
		closeSync(input);
		closeSync(output);
		for (const pipe of secrets) closeSync(pipe);
	}
}

/** Where a runner's own complaints are, beside the log. */
export const complaintsOf = (folder: Path, ref: AttemptRef): Path => join(attemptFolder(folder, ref), 'runner.err');

/** A runner waits more than it works: V8 compiles nothing for speed there, and its young heap (MiB) stays small. */
const lean: readonly string[] = ['--optimize-for-size', '--max-semi-space-size=2'];

/** `grace`: between TERM and KILL, in ms. */
export function spawnRunner(
	runner: Path,
	folder: Path,
	ref: AttemptRef,
	grace: number,
	environment: ProcessEnvironment,
): ChildProcess {
	makeFolders(attemptFolder(folder, ref));
	return spawnDetached(
		[...lean, runner, folder, attemptKey(ref), String(grace)],
		folder,
		complaintsOf(folder, ref),
		environment,
	);
}

/** A resolver that hangs holds a thread for each name: with Node's usual four, some dead names would stop every look-up. */
const threads = {UV_THREADPOOL_SIZE: '16'};

/** MiB. V8 gives a quiet process so little room that what is on its way is kept as if it were to stay, and collected with all the rest. */
const room = '--min-semi-space-size=4';

export const spawnWatcher = (watcher: Path, folder: Path, {open, secret}: ProcessEnvironment): ChildProcess =>
	spawnDetached([room, watcher, folder], folder, join(folder, 'watcher.err'), {open: {...open, ...threads}, secret});

export const spawnPage = (page: Path, folder: Path, complaints: Path, environment: ProcessEnvironment): ChildProcess =>
	spawnDetached([page, folder], folder, complaints, environment);

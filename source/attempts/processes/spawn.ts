/*
How a process of ours begins so that nothing that ends takes it along: in a session of its own, with files as all of
its stdio. Nothing of it hangs on a terminal, a screen or a connection.
*/
import {type ChildProcess, spawn} from 'node:child_process';
import {closeSync, openSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import type {AttemptRef} from '../../cutover/model/event.ts';
import type {Path} from '../../cutover/model/runbook.ts';
import {makeFolders} from '../../disk/file.ts';
import {attemptFolder} from '../folder.ts';
import type {Environment} from './environment.ts';

/** Warnings of Node's own would stand in logs; SIGUSR1 would open a debugger to anyone of the account. */
export const nodeFlags: readonly string[] = [
	'--disable-warning=DEP0190',
	'--disable-warning=ExperimentalWarning',
	'--disable-warning=MODULE_TYPELESS_PACKAGE_JSON',
	'--disable-sigusr1',
];

/** `complaints`: the file that what it says on stderr is added to. */
function spawnDetached(
	args: readonly string[],
	folder: Path,
	complaints: Path,
	environment: Environment,
): ChildProcess {
	const input = openSync('/dev/null', 'r');
	const output = openSync(complaints, 'a', 0o600);
	try {
		const child = spawn(process.execPath, [...nodeFlags, ...args], {
			detached: true,
			cwd: folder,
			env: environment,
			stdio: [input, output, output],
		});
		child.unref();
		return child;
	} finally {
		closeSync(input);
		closeSync(output);
	}
}

/** Where a runner's own complaints are, beside the log. */
export const complaintsOf = (folder: Path, ref: AttemptRef): Path => join(attemptFolder(folder, ref), 'runner.err');

/** `grace`: between TERM and KILL, in ms. */
export function spawnRunner(
	runner: Path,
	folder: Path,
	ref: AttemptRef,
	grace: number,
	environment: Environment,
): ChildProcess {
	makeFolders(attemptFolder(folder, ref));
	return spawnDetached(
		[runner, folder, ref.of, String(ref.attempt), String(grace)],
		folder,
		complaintsOf(folder, ref),
		environment,
	);
}

/** A resolver that hangs holds a thread for each name: with Node's usual four, some dead names would stop every look-up. */
const threads = {UV_THREADPOOL_SIZE: '16'};

export const spawnWatcher = (watcher: Path, folder: Path, environment: Environment): ChildProcess =>
	spawnDetached([watcher, folder], folder, join(folder, 'watcher.err'), {...environment, ...threads});

/** Ends processes. One that was killed runs on until the machine has time for its end: whoever goes on before meets it. */
import {readFileSync, rmSync} from 'node:fs';
import process from 'node:process';
import {allRunning, type Identity, identityOf, isAlive, signal, wasGiven} from '../../source/processes/process.ts';
import {observed} from './observed.ts';

/** Kills a process that runs, and waits until it is gone. */
export async function kill(one: number | Identity): Promise<void> {
	const victim = typeof one === 'number' ? identityOf(one) : one;
	signal(victim.pid, 'SIGKILL');
	await observed(`the end of process ${victim.pid}`, () => !isAlive(victim));
}

/** Kills what `find` finds, until it finds nothing: what is killed may just have started another. */
export const killAll = (what: string, find: () => readonly number[]): Promise<unknown> =>
	observed(`the end of ${what}`, () => {
		const left = find();
		for (const pid of left) signal(pid, 'SIGKILL');
		return left.length === 0;
	});

/** What a file of a process in /proc says; '' where it is gone. */
export function ofProcess(pid: number, file: 'cmdline' | 'comm' | 'environ'): string {
	try {
		return readFileSync(`/proc/${pid}/${file}`, 'utf8');
	} catch {
		return '';
	}
}

/** Pids of all that was started with this `NAME=value` in its environment, but for this process. */
export const startedWith = (variable: string): readonly number[] =>
	allRunning().flatMap(one => (one.pid !== process.pid && wasGiven(one, variable) ? [one.pid] : []));

/** Takes a folder away once nothing writes in it any more: all that was started with this in its environment has ended. */
export async function clear(folder: string, ...variables: readonly string[]): Promise<void> {
	for (const variable of variables) await killAll(`what has ${variable}`, () => startedWith(variable));
	rmSync(folder, {recursive: true, force: true, maxRetries: 5});
}

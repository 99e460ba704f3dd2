/**
 * The program's processes of one cutover, told from the process table alone: a stranger with `ps` sees no more.
 */
import {readFileSync} from 'node:fs';
import process from 'node:process';
import {allRunning, wasGiven} from '../../../source/processes/process.ts';

export type Kind = 'runner' | 'scribe' | 'watcher';

const commandLine = (pid: number): string => {
	try {
		return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
	} catch {
		return '';
	}
};

const running = (wanted: (commandLine: string) => boolean): readonly number[] =>
	allRunning()
		.map(({pid}) => pid)
		.filter(pid => wanted(commandLine(pid)));

/** Pids of the processes of that kind, also of those that have written no record of themselves yet. */
export const ours = (kind: Kind, folder: string): readonly number[] =>
	running(line => line.includes(`/${kind}.js\0`) && line.includes(folder));

/** Pids of what runs with the mark of an attempt, besides the program's own. */
export const marked = (folder: string, attempt: string): readonly number[] =>
	allRunning()
		.filter(one => wasGiven(one, `CUTOVER_ATTEMPT=${folder}:${attempt}`))
		.map(({pid}) => pid);

/** True where there was something to send it to. */
export function send(pid: number, signal: NodeJS.Signals): boolean {
	try {
		return process.kill(pid, signal);
	} catch {
		return false;
	}
}

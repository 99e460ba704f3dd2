/**
 * The program's processes of one cutover, told from the process table alone: a stranger with `ps` sees no more.
 */
import process from 'node:process';
import {allRunning, wasGiven} from '../../../source/processes/process.ts';
import {ofProcess} from '../../harness/ending.ts';

export type Kind = 'runner' | 'scribe' | 'watcher';

/** A child that is not yet what it will run has the command line of its parent: it is none of them. */
const running = (wanted: (commandLine: string) => boolean): readonly number[] => {
	const found = allRunning().filter(({pid}) => wanted(ofProcess(pid, 'cmdline')));
	return found.filter(({parent}) => found.every(({pid}) => pid !== parent)).map(({pid}) => pid);
};

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

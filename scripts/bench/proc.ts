/** What a process costs, as the kernel counts it. */
import {readdirSync, readFileSync} from 'node:fs';

type Running = {readonly pid: number};

/** Work of a process so far, in ms of the processor. */
export const workOf = ({pid}: Running): number =>
	readdirSync(`/proc/${pid}/task`)
		.map(task => Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ')[0]) / 1e6)
		.reduce((sum, one) => sum + one, 0);

/** Memory that no other process shares, in MB. */
export function privateOf({pid}: Running): number {
	const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
	const kb = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1]);
	return (kb('Private_Clean') + kb('Private_Dirty')) / 1024;
}

/*
Processes as /proc tells of them. A pid alone names nobody, because it is given again: with the time it started and the
boot it belongs to it does. A zombie is gone, whoever forgot to bury it.
*/
import {readdirSync, readFileSync} from 'node:fs';
import process from 'node:process';
import {ifPossible} from '../disk/fault.ts';

/** Who somebody is, for as long as the machine runs. `start`: ticks since boot. */
export type Identity = {readonly pid: number; readonly start: number; readonly boot: string};

/** `isKernel`: a thread of the kernel, which was started with nothing. */
export type Running = {
	readonly pid: number;
	readonly parent: number;
	readonly session: number;
	readonly start: number;
	readonly isKernel: boolean;
};

const longestName = 120;

const read = (file: string): string | null => ifPossible(() => readFileSync(file, 'latin1'));

let boot: string | undefined;

/** No process outlives it: read once. */
export const bootId = (): string => {
	boot ??= read('/proc/sys/kernel/random/boot_id')?.trim();
	return boot ?? '';
};

/** Fields of a process by their number in proc(5), null where it is gone. A command's name may hold blanks and brackets: they count after the last one. */
function fieldsOf(pid: number): ((number: number) => number) | null {
	const text = read(`/proc/${pid}/stat`);
	if (text === null) return null;
	const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
	return fields[0] === 'Z' || fields[0] === 'X' ? null : number => Number(fields[number - 3]);
}

/** PF_KTHREAD of Linux. */
const kernelThread = 0x0020_0000;

/** The process of that pid, null where it is gone. */
export function runningOf(pid: number): Running | null {
	const field = fieldsOf(pid);
	if (field === null) return null;
	const isKernel = (field(9) & kernelThread) !== 0;
	return {pid, parent: field(4), session: field(6), start: field(22), isKernel};
}

/** All processes that may be looked at here. */
export const allRunning = (): readonly Running[] =>
	readdirSync('/proc')
		.filter(name => /^\d+$/.test(name))
		.map(name => runningOf(Number(name)))
		.filter(found => found !== null);

/** False where it is gone, or belongs to another account. A negative pid means its group. */
export const signal = (pid: number, name: NodeJS.Signals): boolean =>
	ifPossible(() => process.kill(pid, name)) ?? false;

/** Throws where the process is gone. */
export function identityOf(pid: number): Identity {
	const found = runningOf(pid);
	if (found === null)
		throw new Error(
			read('/proc/self/stat') === null
				? 'processes cannot be identified: /proc cannot be read. Mount /proc'
				: `there is no process ${pid}`,
		);
	return {pid, start: found.start, boot: bootId()};
}

export const isAlive = (identity: Identity): boolean =>
	identity.boot === bootId() && runningOf(identity.pid)?.start === identity.start;

const glance = 1;
/** A machine that is busy may leave a process in the middle of it for tens of ms. */
const glances = 200;
const clockless = new Int32Array(new SharedArrayBuffer(4));

/** It is under way (the kernel says where its code begins last of all) and was started with no environment at all. */
const isBare = (field: (number: number) => number): boolean => field(26) !== 0 && field(50) === field(51);

/**
 * The environment that a process was started with. While one program of it gives way to another there is none for an instant, as there
 * is none of a thread of the kernel: whoever is asked in that instant is asked again, for `glances` of one ms at most.
 */
function environmentOf({pid, start, isKernel}: Running): string {
	if (isKernel) return '';
	let text = read(`/proc/${pid}/environ`);
	for (let left = glances; text === '' && left > 0; left--) {
		const field = fieldsOf(pid);
		if (field === null || field(22) !== start || isBare(field)) break;
		Atomics.wait(clockless, 0, 0, glance);
		text = read(`/proc/${pid}/environ`);
	}
	return text ?? '';
}

/** True where the environment that the process was started with holds exactly this `NAME=value`. */
export const wasGiven = (one: Running, variable: string): boolean =>
	`\0${environmentOf(one)}`.includes(`\0${variable}\0`);

/** Its command line, cut to what a person reads, with its pid. */
export function nameOf(pid: number): string {
	const words = Buffer.from(read(`/proc/${pid}/cmdline`) ?? '', 'latin1')
		.toString()
		.replaceAll('\0', ' ')
		.trim();
	const short = words.length > longestName ? `${words.slice(0, longestName)}…` : words;
	return `${short === '' ? (read(`/proc/${pid}/comm`) ?? 'process').trim() : short} (pid ${pid})`;
}

/*
The writer under strace: every call at the boundary of the system, ended or failed at the one that is asked for. `-ff` gives
each thread a file of its own; the writer's own calls are all made by its first, so that the Nth of a name is the same one
in each run.
*/
import {Buffer} from 'node:buffer';
import {spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {globSync, readFileSync, rmSync} from 'node:fs';
import {constants} from 'node:os';
import process from 'node:process';
import {text} from 'node:stream/consumers';
import type {Call, Run} from './calls.ts';

const traced = 'write,pwrite64,ftruncate,fsync,fdatasync,rename,link,unlink,openat,close,mkdir';

/** One call of a run: the `nth` of that name. `text`: as strace shows it. */
export type Point = {readonly name: string; readonly nth: number; readonly text: string};

export type Traced = Run & {readonly points: readonly Point[]};

/** Whether processes may be traced here; else why not. */
export function straceMissing(): string | null {
	const {status, error, stderr} = spawnSync('strace', ['--seccomp-bpf', '-f', '-o', '/dev/null', 'true'], {
		encoding: 'utf8',
	});
	if (error) return 'strace is not installed';
	return status === 0 ? null : `strace may not trace here (${stderr.trim().split('\n').at(-1)})`;
}

/** strace's string: octal and C escapes, a byte a character. */
const bytesOf = (quoted: string): Buffer =>
	Buffer.from(
		JSON.parse(
			`"${quoted.replaceAll(/\\([0-7]{1,3})/g, (_, octal) => `\\u${Number.parseInt(octal, 8).toString(16).padStart(4, '0')}`).replaceAll('\\v', '\\u000b')}"`,
		),
		'latin1',
	);

const strings = (args: string): readonly string[] =>
	[...args.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(match => match[1] ?? '');

const numberAt = (args: string, index: number): number => Number.parseInt(args.split(', ').at(index) ?? '', 10);

type Parse = (args: string, result: number) => Call | null;

const acknowledgement = /^1[<,].*"ack (.*)\\n"/;

const sync: Parse = (args, result) => ({call: 'sync', fd: numberAt(args, 0), done: result === 0});
const move =
	(call: 'rename' | 'link'): Parse =>
	(args, result) => {
		const [from = '', to = ''] = strings(args);
		return result === 0 ? {call, from, to} : null;
	};
const path =
	(call: 'unlink' | 'mkdir'): Parse =>
	(args, result) =>
		result === 0 ? {call, path: strings(args)[0] ?? ''} : null;

const parsers: Readonly<Record<string, Parse>> = {
	openat: (args, result) => {
		const flags = {
			create: args.includes('O_CREAT'),
			truncate: args.includes('O_TRUNC'),
			append: args.includes('O_APPEND'),
		};
		return result >= 0 ? {call: 'open', path: strings(args)[0] ?? '', fd: result, flags} : null;
	},
	write: (args, result) => {
		const what = acknowledgement.exec(args)?.[1];
		if (what !== undefined) return {call: 'acknowledge', what};
		return result > 0
			? {call: 'write', fd: numberAt(args, 0), bytes: bytesOf(strings(args)[0] ?? '').subarray(0, result)}
			: null;
	},
	ftruncate: (args, result) =>
		result === 0 ? {call: 'truncate', fd: numberAt(args, 0), size: numberAt(args, -1)} : null,
	fsync: sync,
	fdatasync: sync,
	rename: move('rename'),
	link: move('link'),
	unlink: path('unlink'),
	mkdir: path('mkdir'),
	// Whatever it answers, the number is free again.
	close: args => ({call: 'close', fd: numberAt(args, 0)}),
};

/** The calls that touch `root` or acknowledge, each with its number among those of its name. */
function pointsIn(trace: string, root: string): readonly Point[] {
	const counts = new Map<string, number>();
	const points: Point[] = [];
	for (const text of trace.split('\n')) {
		const name = /^(\w+)\(/.exec(text)?.[1];
		if (name === undefined) continue;
		const nth = (counts.get(name) ?? 0) + 1;
		counts.set(name, nth);
		if (text.includes(root) || (text.startsWith('write(1') && text.includes('"ack '))) points.push({name, nth, text});
	}
	return points;
}

function callOf({text}: Point): Call | null {
	const match = /^(\w+)\((.*)\)\s+= (-?\d+)/.exec(text);
	return match ? (parsers[match[1] ?? '']?.(match[2] ?? '', Number(match[3])) ?? null) : null;
}

function takeTraces(prefix: string, root: string): string {
	const files = globSync(`${prefix}.*`);
	const traces = files.map(file => readFileSync(file, 'latin1'));
	for (const file of files) rmSync(file);
	return traces.find(trace => trace.includes(root)) ?? '';
}

/** `inject`: as of `strace -e inject=`; `limit`: of the size of a file, in bytes. */
export async function trace(
	writer: string,
	root: string,
	inject: string | null = null,
	limit: number | null = null,
): Promise<Traced> {
	const prefix = `${root}.trace`;
	const limited = limit === null ? [] : ['prlimit', `--fsize=${limit}`];
	// Its filter in the kernel makes a run a third faster, but loses the signals that are to be sent.
	const fast = inject?.includes(':signal=') ? [] : ['--seccomp-bpf'];
	const args = [
		...fast,
		'-ff',
		'-y',
		'-s',
		'99999',
		'-o',
		prefix,
		'-e',
		`trace=${traced}`,
		...(inject === null ? [] : ['-e', `inject=${inject}`]),
	];
	const child = spawn('strace', [...args, ...limited, process.execPath, '--v8-pool-size=0', writer, root], {
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const [[code, signal], said, complained] = await Promise.all([
		once(child, 'close'),
		text(child.stdout),
		text(child.stderr),
	]);
	const points = pointsIn(takeTraces(prefix, root), root);
	return {
		code: signal === null ? code : 128 + (constants.signals[signal as NodeJS.Signals] ?? 0),
		acknowledged: [...said.matchAll(/^ack (.*)$/gm)].map(match => match[1] ?? ''),
		calls: points.map(callOf).filter(call => call !== null),
		points,
		said: complained,
	};
}

/*
zx as playbooks get it: as its documentation has it, with three differences. What commands write also goes into the log;
nobody can answer a question; and what is kept in memory is bounded.
*/
import {type SpawnOptions, type SpawnSyncOptions, spawnSync} from 'node:child_process';
import process from 'node:process';
import {Readable} from 'node:stream';
import {setImmediate as nextTurn} from 'node:timers/promises';
import type {Options, ProcessPromise} from 'zx';
import {pause} from '../../net/limit.ts';
import {spawnLogged} from '../../processes/command-output.ts';
import type {Job} from '../job.ts';

type Chunk = string | Buffer;
type Zx = typeof import('zx');
type Snapshot = Partial<Options> & {readonly cmd: string};
type Question = Zx['question'];

/** Bytes of one command's stdout or stderr that memory keeps; of what goes into a pipe that the log shows. */
const mostKept = 16 << 20;
const mostShown = 64 << 10;
const tickMs = 50;

const tooMuch = `the command wrote more than ${mostKept >> 20} MiB, which is more than is kept in memory. The log has its head and its tail; to read all of it, write it into a file: \`command > file\`.`;

/** Chunks of output up to the bound. Reading past it is an error. */
function boundedChunks(): Chunk[] {
	let bytes = 0;
	const push = (list: Chunk[], chunk: Chunk): number => {
		bytes += chunk.length;
		if (bytes > mostKept) list.length = 0;
		else list.push(chunk);
		return list.length;
	};
	return new Proxy<Chunk[]>([], {
		get(list, key) {
			if (key === 'push') return (chunk: Chunk) => push(list, chunk);
			if (bytes > mostKept && (key === 'reduce' || key === 'join' || key === Symbol.iterator)) throw new Error(tooMuch);
			return Reflect.get(list, key);
		},
	});
}

/** What a playbook prints is output as any other, and nobody can type anything into it. */
export function takeOver(job: Job): void {
	Object.assign(process.env, job.environment);
	const write = (bytes: Uint8Array | string, encoding?: unknown, written?: unknown): boolean => {
		job.print(bytes);
		const reported = typeof encoding === 'function' ? encoding : written;
		if (typeof reported === 'function') reported();
		return true;
	};
	process.stdout.write = write;
	process.stderr.write = write;
	const closed = new Readable({
		read() {
			this.destroy(new Error(`${nobody('the playbook reads its standard input')}.`));
		},
	});
	Object.defineProperty(process, 'stdin', {value: closed, configurable: true});
}

const nobody = (what: string): string =>
	`${what}, but nobody can type an answer: a playbook runs without a terminal. Decide it before, in the settings or the environment, or make it a gate that people acknowledge`;

/** Without its own input or output of a test, nobody could answer. */
const asking =
	(question: Question): Question =>
	async (query = '', options = {}) => {
		if (options.input !== undefined) return question(query, options);
		throw new Error(`${nobody(`the playbook asks "${query.trim()}"`)}.`);
	};

const usualStdio = ['pipe', 'pipe', 'pipe'] satisfies Options['stdio'];

/** Commands whose input comes later than the turn in which they begin. */
const fedLater = new WeakSet<ProcessPromise>();

const isFed = (promise: ProcessPromise): boolean => {
	const input: Readable = Reflect.get(promise, '_stdin');
	const {child} = promise;
	return (
		fedLater.has(promise) ||
		input.listenerCount('unpipe') > 0 ||
		(child?.stdin?.writableLength ?? 0) > 0 ||
		(child?.stdin instanceof Object && 'bytesWritten' in child.stdin && child.stdin.bytesWritten !== 0)
	);
};

/** stdin of a command that nothing feeds is closed at once: it must not wait for somebody who cannot type. */
function closeUnfed(promise: ProcessPromise): void {
	const stdin = promise.child?.stdin;
	if (!stdin || stdin.writableEnded || isFed(promise)) return;
	stdin.end();
	stdin.write = () => {
		throw new Error(
			`The stdin of \`${promise.cmd}\` is closed: nothing was written to it or piped into it when the command began. Write at once, give it \`input\`, or keep it open with $({stdio: 'pipe'}).`,
		);
	};
}

/** A command of zx is run by us: its output is read by zx and logged. */
function prepare(promise: ProcessPromise, job: Job): void {
	const snapshot: Snapshot = Reflect.get(promise, '_snapshot');
	const byItself = snapshot.stdio === usualStdio && !snapshot.input;
	Object.assign(snapshot, {
		store: snapshot.store ?? {stdout: boundedChunks(), stderr: boundedChunks(), stdall: boundedChunks()},
		spawn: (command: string, args: readonly string[], options: SpawnOptions) => {
			job.say(`$ ${snapshot.cmd}`);
			const {child, outputs} = spawnLogged(job.output, command, args, options);
			outputs[0]?.showOnly(
				mostShown,
				() => Reflect.get(promise, '_piped') === true,
				() => job.say(`the rest of what \`${snapshot.cmd}\` writes goes into its pipe and is not logged`),
			);
			if (byItself) setImmediate(() => closeUnfed(promise));
			return child;
		},
		spawnSync: (command: string, args: readonly string[], options: SpawnSyncOptions) => {
			job.say(`$ ${snapshot.cmd}`);
			const ended = spawnSync(command, args, {...options, maxBuffer: mostKept});
			for (const bytes of [ended.stdout, ended.stderr]) if (bytes) job.print(bytes);
			if (ended.error && 'code' in ended.error && ended.error.code === 'ENOBUFS') ended.error = new Error(tooMuch);
			return ended;
		},
	});
}

/** Commands that run, and of those that have ended at most what came since the last one began. */
const begun = new Set<ProcessPromise>();

function running(): readonly ProcessPromise[] {
	for (const promise of begun) if (promise.stage !== 'running') begun.delete(promise);
	return [...begun];
}

const isDetached = (promise: ProcessPromise): boolean =>
	(Reflect.get(promise, '_snapshot') as Snapshot).detached === true;

/** From here on every command of zx, those that a pipe starts too, is run by us. */
function prepareAll({ProcessPromise}: Zx, job: Job): void {
	const {run} = ProcessPromise.prototype;
	ProcessPromise.prototype.run = function (this: ProcessPromise) {
		if (this.stage === 'initial' || this.stage === 'halted') prepare(this, job);
		running();
		const answer = Reflect.apply(run, this, []);
		if (!isDetached(this)) begun.add(this);
		return answer;
	};
}

const isFetched = (value: unknown, {ProcessPromise}: Zx): value is ProcessPromise => value instanceof ProcessPromise;

/** As zx's, but a command that an answer is piped into waits for it. */
const fetching = (zx: Zx): Zx['fetch'] =>
	((...given: Parameters<Zx['fetch']>) => {
		const answer = zx.fetch(...given);
		const {pipe} = answer;
		return Object.assign(answer, {
			pipe: (to: unknown, ...args: unknown[]) => {
				if (isFetched(to, zx)) fedLater.add(to);
				return Reflect.apply(pipe, answer, [to, ...args]);
			},
		});
	}) as Zx['fetch'];

/** A picture that turns is nothing for a log: its title is said once. */
const spinning =
	({within}: Zx, say: (line: string) => void) =>
	(title: string | (() => unknown), work?: () => unknown): unknown => {
		if (typeof title === 'function') return within(title);
		say(title);
		return work === undefined ? undefined : within(work);
	};

export type PlaybookZx = {
	/** What `zx` exports. */
	readonly exports: Readonly<Record<string, unknown>>;
	/** Runs a playbook with settings and a folder of its own. */
	within<T>(work: () => Promise<T>): Promise<T>;
	/** Resolves once the commands that the playbook did not await have ended too, as a script of zx does. */
	settled(): Promise<void>;
};

let isPrepared = false;

export async function zxFor(job: Job): Promise<PlaybookZx> {
	const zx = await import('zx');
	if (!isPrepared) prepareAll(zx, job);
	isPrepared = true;
	const within = <T>(work: () => Promise<T>): Promise<T> =>
		zx.within(async () => {
			const folder = process.cwd();
			// The log tells what runs: zx itself prints nothing.
			Object.assign(zx.$, {env: process.env, stdio: usualStdio, verbose: false, log: () => {}});
			zx.cd(job.workspace);
			try {
				return await work();
			} finally {
				process.chdir(folder);
			}
		});
	const others = new Set(running());
	const left = (): readonly ProcessPromise[] => running().filter(promise => !others.has(promise));
	const settled = async (): Promise<void> => {
		for (const {cmd} of left()) job.say(`waits for a command that it did not await: ${cmd}`);
		while (left().length > 0) await pause(job.clock, tickMs);
		// By then an error that nobody awaited is thrown.
		await nextTurn();
	};
	const own = {question: asking(zx.question), fetch: fetching(zx), spinner: spinning(zx, job.say)};
	return {exports: {...zx, ...own}, within, settled};
}

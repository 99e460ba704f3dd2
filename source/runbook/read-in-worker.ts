/*
A large runbook is read in a thread of its own, which is ended where it takes too long or too much memory: nobody waits for a
hostile file at night. A small one is read at once, because a thread takes longer to start than that. What counts is the time
of the processor: that a machine is busy is no fault of the file's.
*/
import process from 'node:process';
import type {MessagePort} from 'node:worker_threads';
import type {Path} from '../cutover/model/runbook.ts';
import {partOf} from './part.ts';
import {problem, start} from './problems/complain.ts';
import {type Input, type ReadResult, readRunbook} from './read.ts';
import {workspaceAt} from './workspace.ts';

/** `workspace`: its folder; `set`: names of the environment variables that are set, where somebody may begin it. */
export type Job = Omit<Input, 'workspace'> & {readonly workspace: Path; readonly set?: readonly string[]};

/** What the thread is given: where to answer, and where it says that it has begun to read, and that it has answered. */
export type WorkerRequest = {readonly job: Job; readonly port: MessagePort; readonly progress: Int32Array};

export const steps = {begun: 1, answered: 2};

export type Answer = {readonly result: ReadResult} | {readonly fault: string};

/** Ours are a fraction of this; a map of five hundred steps has some 90 KiB. */
const smallBytes = {runbook: 64 * 1024, settings: 128 * 1024};

/** Of two seconds and 256 MiB, what is left beside the program itself. */
const limits = {ms: 1750, oldMiB: 128, youngMiB: 16};

/** For loading the thread, which takes a busy machine as long as it takes; one that died works no more. */
const loading = {turnMs: 2000, workMs: 20_000};

/** Turns that are waited for at most, and how often a turn looks up what was worked. */
const patience = 10;
const glances = 20;
/** Of the processor, the least share of a thread that still lives on a busy machine. */
const alive = 0.02;

export const inputOf = ({set, ...job}: Job): Input => ({...job, workspace: workspaceAt(job.workspace, set)});

/**
Until the thread is further than this step, or this process has worked so many ms of the processor: nobody else in it works
meanwhile. A thread that ended for want of memory works no more at all.
*/
export function waitWhileWorking(progress: Int32Array, step: number, {turnMs, workMs}: typeof loading): void {
	let worked = 0;
	for (let turn = 0; turn < patience && worked < workMs; turn++) {
		const from = process.cpuUsage();
		const share = (): number => {
			const {user, system} = process.cpuUsage(from);
			return (user + system) / 1000;
		};
		for (let glance = 0; glance < glances && worked + share() < workMs; glance++) {
			if (Atomics.wait(progress, 0, step, turnMs / glances) !== 'timed-out') return;
		}
		if (share() < turnMs * alive) return;
		worked += share();
	}
}

function readInWorker(job: Job, {ms, oldMiB, youngMiB}: typeof limits): Answer | null {
	// Loaded only here: most runbooks need no thread.
	const {MessageChannel, receiveMessageOnPort, Worker} = process.getBuiltinModule('node:worker_threads');
	const progress = new Int32Array(new SharedArrayBuffer(4));
	const {port1, port2} = new MessageChannel();
	const request: WorkerRequest = {job, port: port2, progress};
	const worker = new Worker(partOf(import.meta.url, './reader.ts', 'reader'), {
		workerData: request,
		transferList: [port2],
		execArgv: [],
		resourceLimits: {maxOldGenerationSizeMb: oldMiB, maxYoungGenerationSizeMb: youngMiB},
	});
	// A worker that ran out of memory is silent.
	worker.on('error', () => {});
	worker.unref();
	waitWhileWorking(progress, 0, loading);
	waitWhileWorking(progress, steps.begun, {turnMs: ms, workMs: ms});
	const answer: Answer | null = receiveMessageOnPort(port1)?.message ?? null;
	port1.close();
	void worker.terminate();
	return answer;
}

const isSmall = ({bytes, settings}: Job): boolean =>
	bytes.length <= smallBytes.runbook && (settings?.bytes.length ?? 0) <= smallBytes.settings;

/** As readRunbook does, within two seconds and 256 MiB. */
export function readWithLimits(job: Job, given: Partial<typeof limits> = {}): ReadResult {
	if (isSmall(job)) return readRunbook(inputOf(job));
	const answer = readInWorker(job, {...limits, ...given});
	if (answer !== null && 'fault' in answer) throw new Error(answer.fault);
	return (
		answer?.result ?? {
			runbook: null,
			seen: null,
			unused: [],
			problems: [problem('file-slow', start, {name: job.path})],
			notes: [],
			source: [],
		}
	);
}

/* The thread that reads a large runbook (read-in-worker.ts): one request, one answer. */
import {workerData} from 'node:worker_threads';
import {readRunbook} from './read.ts';
import {type Answer, inputOf, steps, type WorkerRequest} from './read-in-worker.ts';

const {job, port, progress}: WorkerRequest = workerData;

function report(what: number): void {
	Atomics.store(progress, 0, what);
	Atomics.notify(progress, 0);
}

function answer(): Answer {
	try {
		return {result: readRunbook(inputOf(job))};
	} catch (error) {
		return {fault: error instanceof Error ? (error.stack ?? error.message) : String(error)};
	}
}

report(steps.begun);
port.postMessage(answer());
report(steps.answered);

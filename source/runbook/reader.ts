/* The thread that reads a large runbook (apart.ts): one errand, one answer. */
import {workerData} from 'node:worker_threads';
import {readRunbook} from './read.ts';
import {type Answer, inputOf, stands, type WorkerRequest} from './read-in-worker.ts';

const {job, port, stand}: WorkerRequest = workerData;

function tell(what: number): void {
	Atomics.store(stand, 0, what);
	Atomics.notify(stand, 0);
}

function answer(): Answer {
	try {
		return {understood: readRunbook(inputOf(job))};
	} catch (error) {
		return {fault: error instanceof Error ? (error.stack ?? error.message) : String(error)};
	}
}

tell(stands.begun);
port.postMessage(answer());
tell(stands.answered);

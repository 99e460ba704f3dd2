/* The thread that reads a large runbook (apart.ts): one errand, one answer. */
import {workerData} from 'node:worker_threads';
import {type Answer, type Errand, inputOf} from './apart.ts';
import {readRunbook} from './read.ts';

const {job, port, done}: Errand = workerData;

function answer(): Answer {
	try {
		return {understood: readRunbook(inputOf(job))};
	} catch (error) {
		return {fault: error instanceof Error ? (error.stack ?? error.message) : String(error)};
	}
}

port.postMessage(answer());
Atomics.store(done, 0, 1);
Atomics.notify(done, 0);

/*
A script that asks gets a process group of its own, and when it has ended, or its time is up, nothing of that group is left
running.
*/
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import type {Readable} from 'node:stream';
import type {Answered} from '../cutover/health/outage/verdict.ts';
import type {Endpoint} from '../cutover/model/endpoint.ts';
import type {Path} from '../cutover/model/runbook.ts';
import type {Trip} from '../net/reach.ts';
import {type Started, startWith} from '../processes/pipe.ts';
import {signal} from '../processes/process.ts';
import {measured} from './measured.ts';
import type {Found, ProbeContext} from './probe.ts';

const mostRead = 4096;
const mostCharacters = 200;
/** How long its last words may take after its end, in ms: what it left in the background may hold the pipe. */
const lastWordsMs = 100;

/** Takes everything, so that the script never waits for us, and keeps the first line that holds any text. */
function firstLine(stream: Readable): () => string {
	let text = '';
	stream.setEncoding('utf8').on('data', (more: string) => {
		if (text.length < mostRead) text += more.slice(0, mostRead);
	});
	return () =>
		text
			.trim()
			.split(/[\r\n]/)[0]
			?.slice(0, mostCharacters)
			.toWellFormed()
			.trim() ?? '';
}

function endGroup({child: {pid}, outputs}: Started): void {
	for (const output of outputs) output.destroy();
	if (pid !== undefined) signal(-pid, 'SIGKILL');
}

function start(script: Path, {workspace, environment, approvedScript}: ProbeContext): Started {
	const ready = approvedScript({script});
	const changed = ready.changed('inPlace');
	if (changed !== null) throw new NotRun(changed);
	const [program, ...args] = ready.run;
	return startWith('', stdio => spawn(program, args, {cwd: workspace, env: environment, detached: true, stdio}));
}

class NotRun extends Error {}

function notStarted(error: unknown): Answered {
	if (error instanceof NotRun) return {fault: `script not run: ${error.message}`};
	return {fault: `script not started: ${error instanceof Error && 'code' in error ? error.code : error}`};
}

const ended = ({child, outputs}: Started, {limit, clock}: Trip): Promise<Answered> =>
	new Promise(done => {
		const [out, err] = [firstLine(outputs[0]), firstLine(outputs[1])];
		const closed = Promise.all(outputs.map(output => once(output, 'close')));
		child.on('error', error => done(notStarted(error)));
		child.once('exit', (exit, signal) => {
			if (exit === null) return done({fault: `script killed by ${signal}`});
			if (exit === 0) return done({exit});
			const tell = (): void => done({exit, said: out() || err()});
			void closed.then(tell);
			limit.atEnd(clock.after(lastWordsMs, tell));
		});
	});

export const runScript = (endpoint: Endpoint & {readonly run: Path}, context: ProbeContext): Promise<Found> =>
	measured(endpoint, context, async trip => {
		let script: Started;
		try {
			script = start(endpoint.run, context);
		} catch (error) {
			return notStarted(error);
		}
		trip.limit.atEnd(() => endGroup(script));
		return ended(script, trip);
	});

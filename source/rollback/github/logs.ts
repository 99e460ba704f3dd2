/*
The log of each job, fetched when the job has ended, because GitHub has none before. It lies on another server, which a
bastion may not reach. The run is followed all the same, the rollback does not wait for a log once the run has ended, and a
line in its place says why there is none.
*/

import {pause} from '../../net/limit.ts';
import {isGood} from './answer.ts';
import {faultOf} from './denial.ts';
import type {JobUpdate} from './look.ts';
import {jobPlace} from './places.ts';
import {type Access, request} from './request.ts';

/** Gets the end of the log of a job, or a line that says why there is none. */
export type HandLog = (name: string, text: string) => void | Promise<void>;

const mostBytes = 2 * 1024 * 1024;
/** GitHub may take a moment to have it. */
const mostTries = 3;
const pauseMs = 5000;
/** A log is larger than any other answer. */
const patience = 3;

async function fetchLog(access: Access, id: number, tries: number): Promise<string> {
	const slow = {...access, timeoutMs: (access.timeoutMs ?? 10_000) * patience};
	const reply = await request(slow, {path: `${jobPlace(access.remote, id)}/logs`, endBytes: mostBytes});
	if (isGood(reply)) return reply.body;
	if (reply.kind !== 'answer' || tries <= 1 || access.signal?.aborted) {
		const wanted = {what: `log of job ${id} in ${access.remote.repository}`, right: 'actions: read'};
		return `GitHub gave no log of this job. ${faultOf(reply, access.remote, wanted)}\n`;
	}
	await pause(access.clock, pauseMs, [access.signal]);
	return fetchLog(access, id, tries - 1);
}

export type Logs = {
	/** Begins to fetch what is new among them. */
	take(jobs: readonly JobUpdate[]): void;
	/** Of a run that has ended: resolves when all that came in the time of one request is handed over; throws what handing threw. */
	rest(): Promise<void>;
};

const hasLog = ({state, conclusion}: JobUpdate): boolean => state === 'completed' && conclusion !== 'skipped';

/** Nothing is fetched where nobody takes it. */
export function logsOf(access: Access, hand: HandLog | undefined): Logs {
	const fetched = new Map<number, Promise<void>>();
	const late = new AbortController();
	const signal = AbortSignal.any([late.signal, ...(access.signal ? [access.signal] : [])]);
	const bring = async ({id, name}: JobUpdate): Promise<void> => {
		const text = await fetchLog({...access, signal}, id, mostTries);
		if (access.signal?.aborted) return;
		await hand?.(name, late.signal.aborted ? 'GitHub gave no log of this job in time.\n' : text);
	};
	return {
		take: jobs => {
			for (const job of jobs) {
				if (!hand || !hasLog(job) || fetched.has(job.id)) continue;
				const brought = bring(job);
				// What it throws is thrown by `rest`, and not before.
				brought.catch(() => {});
				fetched.set(job.id, brought);
			}
		},
		rest: async () => {
			const stop = access.clock.after(access.timeoutMs ?? 10_000, () => late.abort());
			await Promise.all(fetched.values()).finally(stop);
		},
	};
}

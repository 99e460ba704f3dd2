/*
Which run is ours, where the answer to the dispatch did not say. It is looked for until it is surely found or its time is
up: then nobody knows whether it runs, and a person says how it goes on (RULES R5).
*/

import {attemptKey} from '../cutover/model/attempt-target.ts';
import type {Dispatch} from '../cutover/model/state.ts';
import {pause} from '../net/limit.ts';
import {type Ending, journalOrThrow, now} from '../processes/work.ts';
import {local} from '../text/time.ts';
import {type Discovered, discover} from './github/discover.ts';
import {lookAtNamed, type Named} from './github/named.ts';
import type {Candidate} from './github/runs.ts';
import type {Remotely} from './remotely.ts';
import {cancelledBy} from './remotely.ts';

const longestMs = 120_000;
const everyMs = 3000;
/** A run that is not found is not cancelled either: it is worth a little longer. */
const cancelledMs = 30_000;

const unknown = (reason: string): Ending => ({outcome: 'unknown', exit: null, reason});

const candidateText = ({run, url, created, actor}: Candidate): string =>
	`run ${run}${actor === null ? '' : ` of ${actor}`}${created === null ? '' : `, begun ${local(created)}`} ${url}`.trim();

const unfound = (last: Discovered, answered: boolean): string => {
	const sent = answered ? 'GitHub accepted it' : 'Whether GitHub accepted it is unknown';
	if (last.kind === 'unseen') return `${sent}, and its runs cannot be looked at: ${last.why}`;
	return last.kind === 'several'
		? `${sent}, and it is not known which run is ours: ${last.runs.map(candidateText).join('; ')}`
		: `${sent}, and no run of it is to be seen`;
};

const dispatchOf = ({job}: Remotely): Dispatch => {
	const found = now(job).attempts[attemptKey(job.attempt)]?.dispatch;
	if (!found) throw new Error('Nothing was sent, so there is no run to look for.');
	return found;
};

async function journalFound({job}: Remotely, {run, url}: Candidate): Promise<void> {
	const {target, attempt} = job.attempt;
	const nothing = {conclusion: null, approvals: [], declined: null, jobs: []};
	await journalOrThrow(job, {
		id: `${attemptKey(job.attempt)}/found`,
		type: 'recordRun',
		data: {target, attempt, run, url, state: 'queued', ...nothing},
	});
	job.say(`found run ${run} ${url}`);
}

async function look(remotely: Remotely, since: Dispatch): Promise<Discovered> {
	const {access, path, cancel} = remotely;
	const {clock} = access;
	let until = clock.steady() + longestMs;
	const shorten = (): void => {
		until = Math.min(until, clock.steady() + cancelledMs);
	};
	if (cancel.aborted) shorten();
	cancel.addEventListener('abort', shorten, {once: true});
	for (;;) {
		const found = await discover(access, path.workflow, {greatest: since.after, date: since.date, login: since.login});
		if (found.kind === 'found' || clock.steady() + everyMs >= until) return found;
		await pause(clock, everyMs, [access.signal, cancel]);
	}
}

/** Journaled before it is answered. */
export async function findRun(remotely: Remotely): Promise<{readonly run: number} | Ending> {
	const since = dispatchOf(remotely);
	if (since.run !== null) return {run: since.run};
	remotely.job.say('looks for its run');
	const found = await look(remotely, since);
	if (found.kind === 'found') {
		await journalFound(remotely, found.run);
		return {run: found.run.run};
	}
	const cancelled = cancelledBy(remotely.job);
	const why = unfound(found, since.accepted !== null);
	return unknown(cancelled === null ? why : `${cancelled}. ${why}`);
}

/* A run that a person named is looked at before it is watched as the one that was sent. */

const adoptedMs = 60_000;
const adoptedEveryMs = 5000;

async function observedNamed({access, path, cancel}: Remotely, since: Dispatch, run: number): Promise<Named> {
	const {clock} = access;
	for (const until = clock.steady() + adoptedMs; ; await pause(clock, adoptedEveryMs, [access.signal, cancel])) {
		const {after: greatest, date, login} = since;
		const found = await lookAtNamed(access, path.workflow, {greatest, date, login}, run);
		const isLast = cancel.aborted || access.signal?.aborted || clock.steady() + adoptedEveryMs >= until;
		if (found.kind !== 'unseen' || !found.mayPass || isLast) return found;
	}
}

/** Null where it may be the one; else how the path ends: nobody knows, and a person may name another. */
export async function refuseNamed(remotely: Remotely, since: Dispatch): Promise<Ending | null> {
	const {run, adopted, reported} = since;
	if (run === null || adopted === null || reported !== null) return null;
	const found = await observedNamed(remotely, since, run);
	if (found.kind === 'fits') return null;
	const why = found.kind === 'misfit' ? `is not the one that was sent: ${found.why}` : `was not seen: ${found.why}`;
	return {outcome: 'unknown', exit: null, reason: `run ${run}, as it was named, ${why}`};
}

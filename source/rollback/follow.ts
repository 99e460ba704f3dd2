/*
A run that is known, to its end: every change into the journal, the log of every job into the attempt's. Only GitHub's own
word that it ended ends it, also where a person cancels it (RULES R3).
*/

import {attemptKey} from '../cutover/model/attempt-target.ts';
import {StoreFault} from '../cutover/ports.ts';
import {type Ending, journalOrThrow, type Work} from '../processes/work.ts';
import {stamp} from '../text/time.ts';
import {type Change, type Followed, followRun} from './github/follow.ts';
import type {RunUpdate} from './github/look.ts';
import type {Remotely} from './remotely.ts';
import {cancelledBy} from './remotely.ts';

const jobsText = ({jobs}: RunUpdate): string =>
	jobs.map(({name, state, conclusion}) => `${name} ${conclusion ?? state}`).join(', ');

/** What the journal cannot take for a while is recorded again: the run continues meanwhile, and its end must not be lost. */
function journaling(job: Work): (change: Change) => Promise<'later' | undefined> {
	const tell = telling(job);
	return async change => {
		try {
			await tell(change);
			return undefined;
		} catch (error) {
			if (!(error instanceof StoreFault) || !error.mayPass) throw error;
			job.say(`recorded again: ${error.message}`);
			return 'later';
		}
	};
}

/** Ids count on, so that the same look sent again adds nothing. */
function telling(job: Work): (change: Change) => Promise<void> {
	const {target, attempt} = job.attempt;
	let reported = 0;
	return async change => {
		reported++;
		const id = `${attemptKey(job.attempt)}/run/${reported}`;
		if (change.kind === 'seen') {
			const {run, url, state, conclusion, approvals, declined, jobs} = change.run;
			const named = jobs.map(({name, state: word, conclusion: end}) => ({name, state: word, conclusion: end}));
			job.say(
				`run ${run} ${state}${conclusion === null ? '' : ` ${conclusion}`}${jobs.length > 0 ? `: ${jobsText(change.run)}` : ''}`,
			);
			await journalOrThrow(job, {
				id,
				type: 'recordRun',
				data: {target, attempt, run, url, state, conclusion, approvals, declined, jobs: named},
			});
		} else if (change.kind === 'not seen') {
			job.say(`the run cannot be looked at: ${change.why}`);
			await journalOrThrow(job, {
				id,
				type: 'recordRunUnreachable',
				data: {target, attempt, why: change.why, since: stamp(change.since)},
			});
		} else {
			job.say(
				`cancellation${change.forced ? ' by force' : ''} ${change.said}${change.why === null ? '' : `: ${change.why}`}`,
			);
		}
	};
}

const ending = (outcome: Ending['outcome'], reason: string | null): Ending => ({outcome, exit: null, reason});

/** A person's no at GitHub; null where it only failed. */
function noOf({conclusion, run: {declined}}: Extract<Followed, {kind: 'ended'}>, run: number): string | null {
	if (declined !== null)
		return `${declined.by} rejected run ${run} for ${declined.environment}${declined.comment === null ? '' : `: ${declined.comment}`}`;
	return conclusion === 'cancelled' ? `run ${run} was cancelled at GitHub, not from here` : null;
}

function endingOf(job: Work, followed: Followed, run: number): Ending {
	const cancelled = cancelledBy(job);
	if (followed.kind === 'left') return ending('unknown', `run ${run} was left: it continues without being watched`);
	if (followed.kind === 'cancel not confirmed')
		return ending('unknown', `${cancelled ?? 'cancelled'}, and run ${run} may still run: ${followed.why}`);
	if (followed.conclusion === 'success') return ending('pass', null);
	if (followed.conclusion === 'cancelled' && cancelled !== null)
		return ending('stopped', `${cancelled}; run ${run} is cancelled`);
	return ending('fail', noOf(followed, run) ?? `run ${run} ended ${followed.conclusion}`);
}

export async function followToItsEnd({job, access, cancel}: Remotely, run: number): Promise<Ending> {
	const followed = await followRun({
		access,
		run,
		cancel,
		reported: journaling(job),
		log: (name, text) => {
			job.say(`log of job ${name}`);
			job.print(text.endsWith('\n') ? text : `${text}\n`);
		},
	});
	return endingOf(job, followed, run);
}

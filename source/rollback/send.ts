/*
Sends a dispatch. That it is about to be sent is in the journal before, so that whoever comes after a crash knows that
a run may be there.
*/

import {attemptKey} from '../cutover/model/attempt-target.ts';
import {type Ending, journalOrThrow} from '../processes/work.ts';
import {stampOrNull} from '../text/time.ts';
import {type Dispatched, dispatch} from './github/dispatch.ts';
import {greatestRun, whose} from './github/runs.ts';
import type {Remotely} from './remotely.ts';
import {cancelledBy} from './remotely.ts';

async function journalAnswer({job}: Remotely, answer: Extract<Dispatched, {kind: 'sent'}>): Promise<void> {
	const {target, attempt} = job.attempt;
	const {status, run, url, date} = answer;
	await journalOrThrow(job, {
		id: `${attemptKey(job.attempt)}/dispatched`,
		type: 'answerDispatch',
		data: {target, attempt, status, run, url, date: stampOrNull(date)},
	});
	job.say(`answered ${status}${run === null ? ', without its run' : `, run ${run} ${url ?? ''}`}`);
}

/** Null where a run of it is to be looked for, else how the path ended. */
export async function sendOnce(remotely: Remotely): Promise<Ending | null> {
	const {job, access, path} = remotely;
	const {target, attempt} = job.attempt;
	const {workflow, inputs} = path;
	const {repository, ref} = access.remote;
	const [before, login] = await Promise.all([greatestRun(access, workflow), whose(access)]);
	if (before.why !== null) job.say(`the runs before it are not known: ${before.why}`);
	const cancelled = cancelledBy(job);
	if (cancelled !== null) return {outcome: 'stopped', exit: null, reason: `${cancelled}, before it was sent`};
	await journalOrThrow(job, {
		id: `${attemptKey(job.attempt)}/dispatching`,
		type: 'beginDispatch',
		data: {
			target,
			attempt,
			workflow,
			repository,
			ref,
			inputs,
			after: before.greatest,
			date: stampOrNull(before.date),
			login,
		},
	});
	job.say(`dispatches ${workflow} in ${repository} at ${ref}`);
	for (const [name, value] of Object.entries(inputs)) job.say(`${name}: ${value}`);
	const answer = await dispatch(access, workflow, inputs);
	if (answer.kind === 'unavailable') return {outcome: 'fail', exit: null, reason: answer.why};
	if (answer.kind === 'sent') await journalAnswer(remotely, answer);
	else job.say(`whether a run came of it is unknown: ${answer.why}`);
	return null;
}

/*
One look at a run, as an operator reads it. GitHub says of a run that it is queued while jobs of it run, so the jobs are
looked at too. A run that has ended counts as ended even where its jobs cannot be read.
*/

import type {RemoteRun} from '../../cutover/model/event.ts';
import type {Remote} from '../../cutover/model/runbook.ts';
import {type Fields, fieldsOf, listOf, numberOf, parsed, textOf} from '../../text/fields.ts';
import {type Answer, isGood, type Reply} from './answer.ts';
import {type Approval, approvalsOf, declinedIn} from './approval.ts';
import {faultOf, type Wanted} from './denial.ts';
import {runPlace} from './places.ts';
import {type Access, request} from './request.ts';

type Get = (path: string) => Promise<Reply>;

/** GETs that remember what they were answered: GitHub is asked whether that still holds, which costs nothing of the rate limit. */
export function remembering(access: Access): Get {
	const answers = new Map<string, Answer>();
	return async path => {
		const reply = await request(access, {path, known: answers.get(path) ?? null});
		if (reply.kind === 'answer' && reply.status === 200) answers.set(path, reply);
		return reply;
	};
}

/** `state`, `conclusion`: GitHub's words, such as `in_progress` and `success`. */
export type JobUpdate = RemoteRun['jobs'][number] & {readonly id: number; readonly url: string};

export type RunUpdate = Omit<RemoteRun, 'jobs'> & {readonly jobs: readonly JobUpdate[]};

/** `waitSeconds`: how long GitHub asks to be left alone. */
export type RunReading = {readonly waitSeconds: number} & (
	| {readonly kind: 'seen'; readonly run: RunUpdate}
	| {readonly kind: 'unseen'; readonly why: string}
);

const jobOf = (job: Fields): JobUpdate => ({
	id: numberOf(job['id']) ?? 0,
	name: textOf(job['name']) ?? '',
	state: textOf(job['status']) ?? 'unknown',
	conclusion: textOf(job['conclusion']),
	url: textOf(job['html_url']) ?? '',
});

const jobsIn = ({body}: Answer): readonly JobUpdate[] => listOf(fieldsOf(parsed(body))?.['jobs']).map(jobOf);

/** A job that was skipped never ran. */
const hasBegun = ({state, conclusion}: JobUpdate): boolean =>
	state === 'in_progress' || (state === 'completed' && conclusion !== 'skipped');

/** Somebody must act before anything else goes on, so an approval counts before what runs. */
function stateOf(status: string, approvals: readonly Approval[], jobs: readonly JobUpdate[]): RunUpdate['state'] {
	if (status === 'completed') return 'ended';
	if (approvals.length > 0 || status === 'waiting') return 'approval';
	return jobs.some(hasBegun) || (jobs.length === 0 && status === 'in_progress') ? 'running' : 'queued';
}

const waitOf = (replies: readonly Reply[]): number =>
	Math.max(0, ...replies.map(reply => (reply.kind === 'answer' ? (reply.retryAfterSeconds ?? 0) : 0)));

/** `before`: the last look, for what this one cannot see. Never throws. */
export async function readRun(get: Get, remote: Remote, run: number, before: RunUpdate | null): Promise<RunReading> {
	const wanted: Wanted = {what: `run ${run} in ${remote.repository}`, right: 'actions: read'};
	const place = runPlace(remote, run);
	const answer = await get(place);
	const fields = isGood(answer) ? (fieldsOf(parsed(answer.body)) ?? {}) : {};
	const status = textOf(fields['status']);
	if (!isGood(answer)) return {kind: 'unseen', why: faultOf(answer, remote, wanted), waitSeconds: waitOf([answer])};
	if (status === null) return {kind: 'unseen', why: "GitHub's answer says nothing of the run.", waitSeconds: 0};
	const [ofJobs, pending] = await Promise.all([
		get(`${place}/jobs?per_page=100`),
		status === 'completed' ? null : get(`${place}/pending_deployments`),
	]);
	const waitSeconds = waitOf([answer, ofJobs, ...(pending === null ? [] : [pending])]);
	if (!isGood(ofJobs) && status !== 'completed')
		return {kind: 'unseen', why: faultOf(ofJobs, remote, wanted), waitSeconds};
	const jobs = isGood(ofJobs) ? jobsIn(ofJobs) : (before?.jobs ?? []);
	const observed = pending !== null && isGood(pending) ? approvalsOf(pending.body) : (before?.approvals ?? []);
	const approvals = pending === null ? [] : observed;
	const conclusion = textOf(fields['conclusion']);
	const reviews = status === 'completed' && conclusion !== 'success' ? await get(`${place}/approvals`) : null;
	const declined = reviews !== null && isGood(reviews) ? declinedIn(reviews.body) : null;
	const reported = {run, url: textOf(fields['html_url']) ?? '', conclusion, declined};
	return {kind: 'seen', run: {...reported, state: stateOf(status, approvals, jobs), approvals, jobs}, waitSeconds};
}

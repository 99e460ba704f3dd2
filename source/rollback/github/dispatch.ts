/*
Dispatches a workflow, at most once. Only an answer that says so is taken as a refusal, and only a connection that never
recorded as not sent; everything between is unknown, and a person or the list of runs says how it goes on (RULES R3, R5).
*/

import type {Path} from '../../cutover/model/runbook.ts';
import {fieldsOf, numberOf, parsed, textOf} from '../../text/fields.ts';
import type {Inputs} from '../workflow-file.ts';
import type {Answer, Reply, Silent} from './answer.ts';
import {denial, faultOf, type Wanted} from './denial.ts';
import {workflowFileOf, workflowPlace} from './places.ts';
import {type Access, request} from './request.ts';

/** `date`: GitHub's own clock at its answer, in ms; null where its answer has none. */
export type Dispatched =
	| {
			readonly kind: 'sent';
			readonly status: number;
			/** Null: accepted, but GitHub does not say which run it is. */
			readonly run: number | null;
			readonly url: string | null;
			readonly date: number | null;
	  }
	/** Surely no run came of it. */
	| {readonly kind: 'unavailable'; readonly status: number | null; readonly why: string}
	/** A run may have come of it: never to be sent again blindly. */
	| {readonly kind: 'unknown'; readonly status: number | null; readonly why: string; readonly date: number | null};

const mostInputs = 25;

const unavailable = (status: number | null, why: string): Dispatched => ({kind: 'unavailable', status, why});

/** What need not be sent to be refused. */
export function unfit({remote, token}: Access, inputs: Inputs): string | null {
	if (token === '') return `There is no token: ${remote.token} is empty or not set here.`;
	const count = Object.keys(inputs).length;
	return count > mostInputs ? `A workflow takes at most ${mostInputs} inputs, and the runbook gives ${count}.` : null;
}

/** A server may be too old to know how to tell which run it made; it refuses the whole for that, and makes none. */
const knowsNoDetails = (reply: Reply): boolean =>
	reply.kind === 'answer' &&
	(reply.status === 422 || reply.status === 400) &&
	reply.body.includes('return_run_details');

const unknown = (status: number | null, why: string, date: number | null): Dispatched => ({
	kind: 'unknown',
	status,
	why,
	date,
});

/** Of these nobody can say whether a run came of it: what fails, and what is fine but says no more than that. */
const mayHaveRun = (status: number): boolean => status >= 500 || status === 408 || (status >= 200 && status < 300);

function ofAnswer(answer: Answer, {remote}: Access, wanted: Wanted): Dispatched {
	const {status, date} = answer;
	if (status === 204) return {kind: 'sent', status, run: null, url: null, date};
	const details = fieldsOf(parsed(answer.body)) ?? {};
	const run = numberOf(details['workflow_run_id']);
	if (status === 200 && run !== null) return {kind: 'sent', status, run, url: textOf(details['html_url']), date};
	// Something between here and GitHub may have answered in its place.
	if (status < 300) return unknown(status, `The answer was ${status}, but not in GitHub's words.`, date);
	const why = denial(answer, remote, wanted);
	return mayHaveRun(status) ? unknown(status, why, date) : unavailable(status, why);
}

/** The status of a broken answer tells as much as that of a whole one. */
function ofSilence({status, date, why}: Silent): Dispatched {
	if (status === null || mayHaveRun(status)) return unknown(status, `Sent, but not answered: ${why}.`, date);
	return unavailable(status, `GitHub refused it (${status}); its reason was lost: ${why}.`);
}

/** Never throws. */
export async function dispatch(access: Access, workflow: Path, inputs: Inputs): Promise<Dispatched> {
	const {remote} = access;
	const before = unfit(access, inputs);
	if (before !== null) return unavailable(null, before);
	const path = `${workflowPlace(remote, workflow)}/dispatches`;
	const post = {ref: remote.ref, inputs};
	const first = await request(access, {path, post: {...post, return_run_details: true}});
	const reply = knowsNoDetails(first) ? await request(access, {path, post}) : first;
	const wanted = {what: `workflow ${workflowFileOf(workflow)} in ${remote.repository}`, right: 'actions: write'};
	if (reply.kind === 'unsent') return unavailable(null, faultOf(reply, remote, wanted));
	return reply.kind === 'silent' ? ofSilence(reply) : ofAnswer(reply, access, wanted);
}

/*
The runs of a workflow that were dispatched, of every status: how far they went before a dispatch, and which of them may
have come of it. Times are GitHub's own: our clock may be minutes off.
*/

import type {Path, Remote} from '../../cutover/model/runbook.ts';
import {type Fields, fieldsOf, listOf, numberOf, parsed, textOf} from '../../text/fields.ts';
import {parseInstant} from '../../text/time.ts';
import {type Answer, isGood, type Reply} from './answer.ts';
import {faultOf, type Wanted} from './denial.ts';
import {workflowFileOf, workflowPlace} from './places.ts';
import {type Access, request} from './request.ts';

/** `created`: by GitHub's clock, in ms. */
export type Candidate = {
	readonly run: number;
	readonly url: string;
	readonly created: number | null;
	readonly actor: string | null;
};

/** The state before a dispatch; what could not be asked is null, and `why` says why. `greatest` is 0 where there is no run. */
export type Before = {readonly greatest: number | null; readonly date: number | null; readonly why: string | null};

/**
What is known of the dispatch: the greatest run before it, GitHub's Date at its answer or else just before it, and whose
token sent it (null where it is nobody's, such as an app's, or was not given).
*/
export type Since = {readonly greatest: number | null; readonly date: number | null; readonly login: string | null};

const pageSize = 100;
const mostPages = 5;
/** GitHub's machines need not agree to the second (ms). */
export const slackMs = 30_000;

const wantedOf = (workflow: Path, {repository}: Remote): Wanted => ({
	what: `workflow ${workflowFileOf(workflow)} in ${repository}`,
	right: 'actions: read',
});

const pageOf = (access: Access, workflow: Path, page: number, size: number): Promise<Reply> =>
	request(access, {
		path: `${workflowPlace(access.remote, workflow)}/runs?event=workflow_dispatch&per_page=${size}&page=${page}`,
	});

const runsIn = ({body}: Answer): readonly Fields[] => listOf(fieldsOf(parsed(body))?.['workflow_runs']);

const idOf = (fields: Fields): number => numberOf(fields['id']) ?? 0;

/** Asked just before a dispatch; it may fail without harm, discovery is then less sure of itself. */
export async function greatestRun(access: Access, workflow: Path): Promise<Before> {
	const reply = await pageOf(access, workflow, 1, 20);
	const date = reply.kind === 'unsent' ? null : reply.date;
	if (!isGood(reply))
		return {greatest: null, date, why: faultOf(reply, access.remote, wantedOf(workflow, access.remote))};
	return {greatest: Math.max(0, ...runsIn(reply).map(idOf)), date, why: null};
}

/** Whose token it is; null where it is nobody's, such as an app's, or GitHub does not tell. */
export async function whose(access: Access): Promise<string | null> {
	const reply = await request(access, {path: '/user'});
	return isGood(reply) ? textOf(fieldsOf(parsed(reply.body))?.['login']) : null;
}

/** Newest first, as far back as the greatest run before the dispatch. */
async function newerRuns(access: Access, workflow: Path, {greatest}: Since): Promise<readonly Fields[] | string> {
	const found: Fields[] = [];
	for (let page = 1; page <= mostPages; page++) {
		const reply = await pageOf(access, workflow, page, pageSize);
		if (!isGood(reply)) return faultOf(reply, access.remote, wantedOf(workflow, access.remote));
		const runs = runsIn(reply);
		found.push(...runs.filter(run => idOf(run) > (greatest ?? 0)));
		if (runs.length < pageSize || runs.some(run => idOf(run) <= (greatest ?? 0))) break;
	}
	return found;
}

/** The name alone, as a run tells it. */
export const branchOf = (ref: string): string => ref.replace(/^refs\/(?:heads|tags)\//, '');

const candidateOf = (fields: Fields): Candidate => ({
	run: idOf(fields),
	url: textOf(fields['html_url']) ?? '',
	created: parseInstant(textOf(fields['created_at']) ?? ''),
	actor: textOf(fieldsOf(fields['actor'])?.['login']),
});

/** What a run does not tell does not speak against it. */
function candidatesIn(runs: readonly Fields[], {remote}: Access, {date}: Since): readonly Candidate[] {
	const onBranch = runs.filter(
		run => textOf(run['head_branch']) === null || run['head_branch'] === branchOf(remote.ref),
	);
	return onBranch
		.map(candidateOf)
		.filter(({created}) => created === null || date === null || created >= date - slackMs)
		.filter(({run}, index, all) => all.findIndex(other => other.run === run) === index);
}

/** Runs that may have come of the dispatch, or why they are not known. */
export async function runsSince(access: Access, workflow: Path, since: Since): Promise<readonly Candidate[] | string> {
	const runs = await newerRuns(access, workflow, since);
	return typeof runs === 'string' ? runs : candidatesIn(runs, access, since);
}

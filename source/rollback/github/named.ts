/*
Whether a run that a person named can have come of a dispatch: a number is easily mistyped, and the end of another
run would be taken for the end of the rollback.
*/

import type {Path} from '../../cutover/model/runbook.ts';
import {type Fields, fieldsOf, parsed, textOf} from '../../text/fields.ts';
import {parseInstant} from '../../text/time.ts';
import {isGood, type Reply} from './answer.ts';
import {faultOf} from './denial.ts';
import {runPlace, workflowFileOf} from './places.ts';
import {type Access, request} from './request.ts';
import {branchOf, type Since, slackMs} from './runs.ts';

export type Named =
	| {readonly kind: 'fits'}
	/** `why`: what it is instead, as in "it is a run of deploy.yml". */
	| {readonly kind: 'misfit'; readonly why: string}
	/** `mayPass`: the next look may see it. */
	| {readonly kind: 'unseen'; readonly why: string; readonly mayPass: boolean};

/** GitHub may tell a path with the branch behind it. */
const fileOf = (path: string): string => workflowFileOf(path.split('@')[0] ?? path);

/** What it does not tell does not speak against it. */
function misfit(run: Fields, {remote}: Access, workflow: Path, {greatest, date}: Since, id: number): string | null {
	const [path, event, branch] = [textOf(run['path']), textOf(run['event']), textOf(run['head_branch'])];
	const created = parseInstant(textOf(run['created_at']) ?? '');
	if (path !== null && fileOf(path) !== workflowFileOf(workflow)) return `it is a run of ${fileOf(path)}`;
	if (event !== null && event !== 'workflow_dispatch') return `it was begun by ${event}, and not by a dispatch`;
	if (branch !== null && branch !== branchOf(remote.ref)) return `it runs on ${branch}, and not on ${remote.ref}`;
	const isOlder = id <= (greatest ?? 0) || (created !== null && date !== null && created < date - slackMs);
	return isOlder ? 'it was begun before the dispatch' : null;
}

const mayPass = (reply: Reply): boolean => reply.kind !== 'answer' || reply.status >= 500 || reply.status === 429;

/** One look. Never throws. */
export async function lookAtNamed(access: Access, workflow: Path, since: Since, run: number): Promise<Named> {
	const reply = await request(access, {path: runPlace(access.remote, run)});
	if (!isGood(reply)) {
		const wanted = {what: `run ${run} in ${access.remote.repository}`, right: 'actions: read'};
		return {kind: 'unseen', why: faultOf(reply, access.remote, wanted), mayPass: mayPass(reply)};
	}
	const why = misfit(fieldsOf(parsed(reply.body)) ?? {}, access, workflow, since, run);
	return why === null ? {kind: 'fits'} : {kind: 'misfit', why};
}

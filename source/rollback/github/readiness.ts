/*
Whether a workflow could be dispatched now, without dispatching it, and who would have to say yes then. What GitHub could
not be asked is unknown, not a no. Whether a fine-grained token may dispatch cannot be seen from outside: GitHub shows only
what the person behind it may do.
*/

import type {Path} from '../../cutover/model/runbook.ts';
import {fieldsOf, parsed, textOf} from '../../text/fields.ts';
import {environmentsOf, type Inputs, type NamedEnvironment, workflowFault} from '../workflow-file.ts';
import {type Answer, isGood, type Reply} from './answer.ts';
import {type Approval, protectionOf} from './approval.ts';
import {faultOf, isRateLimit, type Wanted} from './denial.ts';
import {unfit} from './dispatch.ts';
import {environmentPlace, filePlace, repositoryPlace, workflowFileOf, workflowPlace} from './places.ts';
import {type Access, request} from './request.ts';

/** `why`: what is not known of it, such as its reviewers; null where all is known. */
export type Approver = Approval & {readonly why: string | null};

/** `checkedAt`: ms on the cutover's clock. */
export type Readiness =
	| {readonly ready: true; readonly approvers: readonly Approver[]; readonly checkedAt: number}
	| {readonly ready: false; readonly why: string}
	| {readonly ready: 'unknown'; readonly why: string};

const no = (why: string): Readiness => ({ready: false, why});

const raw = 'application/vnd.github.raw+json';

const isUndecided = (reply: Reply): boolean => reply.kind !== 'answer' || reply.status >= 500 || isRateLimit(reply);

type Found = {readonly answer: Answer} | {readonly fault: Readiness};

async function ask(access: Access, path: string, wanted: Wanted, accept?: string): Promise<Found> {
	const reply = await request(access, {path, ...(accept === undefined ? {} : {accept})});
	if (isGood(reply)) return {answer: reply};
	return {fault: {ready: isUndecided(reply) ? 'unknown' : false, why: faultOf(reply, access.remote, wanted)}};
}

/** Classic tokens tell their scopes; some kinds of token tell an empty list, which says nothing. */
function lacksScope({scopes}: Answer, isPublic: boolean): boolean {
	const reported = (scopes ?? '')
		.split(',')
		.map(scope => scope.trim())
		.filter(scope => scope !== '');
	return reported.length > 0 && !reported.includes('repo') && !(isPublic && reported.includes('public_repo'));
}

function repositoryFault(answer: Answer, {remote: {repository, token}}: Access): string | null {
	const fields = fieldsOf(parsed(answer.body)) ?? {};
	if (fields['archived'] === true) return `${repository} is archived: nothing runs there.`;
	if (fields['disabled'] === true) return `${repository} is disabled: nothing runs there.`;
	if (fieldsOf(fields['permissions'])?.['push'] === false)
		return `The token in ${token} may not write to ${repository}, so it may not dispatch a workflow there.`;
	return lacksScope(answer, fields['private'] === false)
		? `The token in ${token} lacks the scope "repo": it may not dispatch a workflow.`
		: null;
}

async function approverOf(access: Access, {name, why}: NamedEnvironment): Promise<readonly Approver[]> {
	const nobody = {environment: name, reviewers: [], waitMinutes: null};
	if (why !== null) return [{...nobody, why}];
	const reply = await request(access, {path: environmentPlace(access.remote, name)});
	// GitHub makes an environment that nobody has set up yet without any protection.
	if (reply.kind === 'answer' && reply.status === 404) return [];
	if (!isGood(reply)) {
		const wanted = {what: `environment ${name} in ${access.remote.repository}`, right: 'actions: read'};
		return [{...nobody, why: `who approves is unknown: ${faultOf(reply, access.remote, wanted)}`}];
	}
	const protection = protectionOf(name, reply.body);
	return protection.reviewers.length > 0 || protection.waitMinutes !== null ? [{...protection, why: null}] : [];
}

/** Changes nothing on GitHub. Never throws. */
export async function readiness(access: Access, workflow: Path, inputs: Inputs): Promise<Readiness> {
	const {remote} = access;
	const before = unfit(access, inputs);
	if (before !== null) return no(before);
	const file = workflowFileOf(workflow);
	const repository = await ask(access, repositoryPlace(remote), {
		what: `repository ${remote.repository}`,
		right: 'metadata: read',
	});
	if ('fault' in repository) return repository.fault;
	const fault = repositoryFault(repository.answer, access);
	if (fault !== null) return no(fault);
	const known = await ask(access, workflowPlace(remote, workflow), {
		what: `workflow ${file} in ${remote.repository}`,
		right: 'actions: read',
	});
	if ('fault' in known) return known.fault;
	const {state, path} = fieldsOf(parsed(known.answer.body)) ?? {};
	if (state !== 'active') return no(`GitHub has disabled the workflow ${file} (${String(state)}): enable it there.`);
	const place = textOf(path) ?? workflow;
	const text = await ask(
		access,
		filePlace(remote, place),
		{what: `file ${place} on ${remote.ref} of ${remote.repository}`, right: 'contents: read'},
		raw,
	);
	if ('fault' in text) return text.fault;
	const misfit = workflowFault(place, text.answer.body, inputs);
	if (misfit !== null) return no(`${misfit} (as it is on ${remote.ref}).`);
	const approvers = await Promise.all(
		environmentsOf(text.answer.body, inputs).map(environment => approverOf(access, environment)),
	);
	return {ready: true, approvers: approvers.flat(), checkedAt: access.clock.now()};
}

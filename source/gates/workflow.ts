/*
Whether a GitHub workflow in the workspace could be dispatched as the runbook says, and whether GitHub itself would. What
asks it is loaded when it is needed.
*/

import {readFileSync} from 'node:fs';
import type {Path, Runbook} from '../cutover/model/runbook.ts';
import {rollbackPaths} from '../cutover/model/script.ts';
import {failureText} from '../disk/fault.ts';
import type {Approver} from '../rollback/github/readiness.ts';
import * as workflowFile from '../rollback/workflow-file.ts';
import {type CheckContext, fail, unknown, type Verdict} from './verdict.ts';

/** Inputs that the runbook dispatches this workflow with; null where it only names the file. */
function inputsOf(path: Path, runbook: Runbook): workflowFile.Inputs | null {
	return rollbackPaths(runbook).find(({workflow}) => workflow === path)?.inputs ?? null;
}

const approverText = ({environment, reviewers, waitMinutes, why}: Approver): string =>
	why ??
	`"${environment}" will ask ${reviewers.join(' or ') || 'nobody'}${waitMinutes === null ? '' : `, after ${waitMinutes} min`}`;

/** Where the path is configured and its token is here, GitHub itself is asked, without dispatching anything. */
async function remoteFault(path: Path, inputs: workflowFile.Inputs, context: CheckContext): Promise<Verdict | null> {
	const {access, say} = context;
	if (access === null) return null;
	if (access.token === '') {
		say(`not looked at on GitHub: ${access.remote.token} is not set here`);
		return null;
	}
	const {readiness} = await import('../rollback/github/readiness.ts');
	const found = await readiness(access, path, inputs);
	if (found.ready !== true) return found.ready === false ? fail(found.why) : unknown(found.why);
	say(`GitHub would take the dispatch of ${path} on ${access.remote.ref} of ${access.remote.repository}`);
	for (const approver of found.approvers) say(approverText(approver));
	return null;
}

/** Null where it could be dispatched. */
export async function workflowFault(path: Path, file: Path, context: CheckContext): Promise<Verdict | null> {
	let text: string;
	try {
		text = readFileSync(file, 'utf8');
	} catch (error) {
		return fail(`${path} cannot be read: ${failureText(error)}`);
	}
	const inputs = inputsOf(path, context.runbook);
	const fault = workflowFile.workflowFault(path, text, inputs);
	if (fault !== null) return fail(fault);
	return inputs === null ? null : remoteFault(path, inputs, context);
}

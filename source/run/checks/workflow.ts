/*
Whether a GitHub workflow in the workspace could be dispatched as the runbook says.
*/
import {readFileSync} from 'node:fs';
import type {Path, Runbook} from '../../cutover/runbook.ts';
import * as workflowFile from '../workflow-file.ts';
import {fail, type Verdict} from './verdict.ts';

/** Inputs that the runbook dispatches this workflow with; null where it only names the file. */
function inputsOf(path: Path, {rollback}: Runbook): workflowFile.Inputs | null {
	const found = [rollback?.preferred, rollback?.fallback].find(
		way => way?.kind === 'workflow' && way.workflow === path,
	);
	return found?.kind === 'workflow' ? found.inputs : null;
}

/** Null where it could be dispatched. */
export function workflowFault(path: Path, file: Path, runbook: Runbook): Verdict | null {
	let text: string;
	try {
		text = readFileSync(file, 'utf8');
	} catch (error) {
		return fail(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
	}
	const fault = workflowFile.workflowFault(path, text, inputsOf(path, runbook));
	return fault === null ? null : fail(fault);
}

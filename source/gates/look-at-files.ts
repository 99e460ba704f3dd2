/*
Files that a gate names: each must be there, regular and not empty. A script must also be callable (cutover/model/run-by.ts) and of valid syntax;
a workflow must be dispatchable with what the runbook would dispatch it with.
*/
import {accessSync, constants, statSync} from 'node:fs';
import {resolve} from 'node:path';
import {mustBeExecutable} from '../cutover/model/run-by.ts';
import type {Gate, Path} from '../cutover/model/runbook.ts';
import {shellName} from '../cutover/model/script.ts';
import {ifPossible} from '../disk/fault.ts';
import {beginningOf} from '../disk/file.ts';
import {runProgram} from './run-program.ts';
import {type Check, type CheckContext, fail, pass, type Verdict} from './verdict.ts';
import {workflowFault} from './workflow.ts';

const shellLine = /^#!.*\b(?:bash|sh|dash|ksh)\b/;
const workflowName = /(?:^|\/)\.github\/workflows\/[^/]+\.ya?ml$/;

/** The first line of a file, as far as 256 bytes reach. */
const firstLine = (file: Path): string => beginningOf(file, 256).toString('latin1').split('\n')[0] ?? '';

const isExecutable = (file: Path): boolean => ifPossible(() => accessSync(file, constants.X_OK)) !== null;

async function scriptFault(path: Path, file: Path, gate: Gate, context: CheckContext): Promise<Verdict | null> {
	const first = firstLine(file);
	const shell = shellName.test(path) || shellLine.test(first);
	if (!shell && !first.startsWith('#!')) return null;
	const {runbook} = context;
	if (!isExecutable(file) && mustBeExecutable(path, {...runbook, gates: [...runbook.gates, gate]}))
		return fail(`${path} is not executable: chmod +x ${path}`);
	if (!shell) return null;
	const syntax = await runProgram(['bash', '-n', '--', file], context);
	if (syntax.verdict === 'fail') return fail(`${path} has a syntax error (bash -n, see the log)`, syntax.exit);
	return syntax.verdict === 'pass' ? null : syntax;
}

async function faultOf(path: Path, gate: Gate, context: CheckContext): Promise<Verdict | null> {
	const file = resolve(context.workspace, path);
	const found = ifPossible(() => statSync(file));
	if (found === null) return fail(`${path} is missing`);
	if (!found.isFile()) return fail(`${path} is ${found.isDirectory() ? 'a folder' : 'no regular file'}`);
	if (found.size === 0) return fail(`${path} is empty`);
	if (workflowName.test(path)) return workflowFault(path, file, context);
	return scriptFault(path, file, gate, context);
}

export const lookAtFiles: Check = async (gate, context) => {
	const faults: Verdict[] = [];
	for (const path of gate.files) {
		const fault = await faultOf(path, gate, context);
		context.say(
			`${fault === null ? 'ok     ' : fault.verdict === 'fail' ? 'FAIL   ' : 'UNKNOWN'}  ${fault?.reason ?? path}`,
		);
		if (fault !== null) faults.push(fault);
	}
	if (gate.files.length === 0) return fail('the gate names no file');
	const reason = faults.map(fault => fault.reason).join('; ');
	return faults.find(fault => fault.verdict === 'fail') ? fail(reason) : faults[0] ? {...faults[0], reason} : pass;
};

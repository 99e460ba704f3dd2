/*
What a runbook needs of this machine: files of the workspace, programs of its commands. For `doctor RUNBOOK`.
*/
import {existsSync} from 'node:fs';
import {delimiter, join, resolve} from 'node:path';
import {needsOf} from '../attempts/playbook-api/needs.ts';
import type {Args} from './args.ts';
import type {Finding} from './doctor/finding.ts';
import {readFor} from './opening.ts';

const found = (program: string, workspace: string, path: string): boolean =>
	program.includes('/')
		? existsSync(resolve(workspace, program))
		: path.split(delimiter).some(folder => existsSync(join(folder, program)));

/** One finding a file and a program; nothing without a runbook. Throws Misuse where the runbook has errors. */
export async function lacks(call: Args): Promise<readonly Finding[]> {
	const word = call.word(0);
	if (word === null) return [];
	const {runbook, workspace, problems} = readFor(call, word);
	if (runbook === null) {
		const unread = problems.find(({code}) => code.startsWith('file-'));
		const text = unread?.message ?? `${word} has errors.`;
		return [{name: 'runbook', holds: 'no', text, fix: unread?.fix ?? `See them: cutover-tui check ${word}.`}];
	}
	const {files, programs} = needsOf(runbook);
	const missing = (what: string): Omit<Finding, 'name'> => ({
		holds: 'no',
		text: `${what} is missing.`,
		fix: `Gates that need it cannot pass in ${workspace}.`,
	});
	const there = (what: string): Omit<Finding, 'name'> => ({holds: 'yes', text: what, fix: ''});
	return [
		...files.map(path => ({name: 'file', ...(existsSync(join(workspace, path)) ? there(path) : missing(path))})),
		...programs.map(program => ({
			name: 'program',
			...(found(program, workspace, call.io.env['PATH'] ?? '') ? there(program) : missing(program)),
		})),
	];
}

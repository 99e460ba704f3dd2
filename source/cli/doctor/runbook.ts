/*
What a runbook needs of this machine: files of the workspace, programs of its commands, a place for its page. For `doctor RUNBOOK`.
*/
import {existsSync} from 'node:fs';
import {delimiter, join, resolve} from 'node:path';
import {needsOf} from '../../attempts/playbook-api/needs.ts';
import type {Runbook} from '../../cutover/model/runbook.ts';
import {shortSecrets, shortSecretText} from '../../processes/environment.ts';
import {askGit, headsOf} from '../../workspace/head.ts';
import type {Args} from '../args.ts';
import {systemClock} from '../clock.ts';
import type {Read} from '../opening.ts';
import {beware, type Finding, type Found, no, yes} from './finding.ts';
import {reaches} from './network.ts';
import {pageNeeds} from './page.ts';

const found = (program: string, workspace: string, path: string): boolean =>
	program.includes('/')
		? existsSync(resolve(workspace, program))
		: path.split(delimiter).some(folder => existsSync(join(folder, program)));

/** Whether git, or its files, tell the commit that a pass is for. */
function history({gates}: Runbook, workspace: string): Found {
	const git = askGit(workspace, ['rev-parse', '--git-dir']);
	const paths = gates.flatMap(({paths: some}) => some);
	const head = headsOf()(workspace, paths);
	if (typeof head === 'object' && head !== null)
		return no(
			`${workspace}: ${head.unknown}.`,
			'Until then every pass is stale. For another owner: git config --global --add safe.directory DIR.',
		);
	if (head === null) return beware(`${workspace} has no commits.`, 'No pass turns stale by a change of the workspace.');
	if (typeof git !== 'string')
		return beware(
			`${git.unknown}.`,
			`The commit is read from its files, so a pass still turns stale. For another owner: git config --global --add safe.directory ${workspace}`,
		);
	return yes(`${workspace} is at commit ${head.slice(0, 8)}`);
}

/** `begin` refuses it as well, then with the change window open. */
const tooShort = (runbook: Runbook, env: Args['io']['env']): readonly Finding[] => {
	const names = shortSecrets(env, runbook);
	return names.length === 0 ? [] : [{name: 'secret', ...no(`${shortSecretText(names)}.`, 'Set a longer one.')}];
};

/** One finding a file and a program; of a runbook with errors, that it has some. */
export async function lacks(call: Args, {file: word, runbook, workspace, problems}: Read): Promise<readonly Finding[]> {
	if (runbook === null) {
		const files = problems.filter(({code}) => code.startsWith('file-'));
		if (files.length > 0) return files.map(({message, fix}) => ({name: 'runbook', ...no(message, fix)}));
		return [{name: 'runbook', ...no(`${word} has errors.`, `See them: cutover-tui check ${word}.`)}];
	}
	const {files, programs} = needsOf(runbook);
	const needed = (what: string, isThere: boolean): Found =>
		isThere ? yes(what) : no(`${what} is missing.`, `What needs it cannot run in ${workspace}.`);
	return [
		{name: 'history', ...history(runbook, workspace)},
		...tooShort(runbook, call.io.env),
		...reaches(runbook, workspace, call.io.env),
		...(await pageNeeds(runbook, workspace, {
			env: call.io.env,
			ca: (runbook.ca ?? []).map(file => join(workspace, file)),
			clock: systemClock,
		})),
		...files.map(path => ({name: 'file', ...needed(path, existsSync(join(workspace, path)))})),
		...programs.map(program => ({
			name: 'program',
			...needed(program, found(program, workspace, call.io.env['PATH'] ?? '')),
		})),
	];
}

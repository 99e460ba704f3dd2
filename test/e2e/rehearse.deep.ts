/** The sample's own service, as its cutover and its rollback leave it. */
import assert from 'node:assert/strict';
import {globSync, readFileSync} from 'node:fs';
import {test} from 'node:test';
import {runProgram} from '../harness/program.ts';
import {openProgram} from '../harness/terminal.ts';
import {night, nothingRuns, urlIn} from './rehearsing.ts';

test('T0 of the sample really makes green live, and its rollback really restores blue', async t => {
	const here = night(t);
	const term = openProgram(['rehearse', '--speed', '30'], {env: here.env});
	await term.shows('run T-60 now');
	const must = async (...args: string[]) => {
		const {code, stdout, stderr} = await runProgram([...args, '--state', here.root], {env: here.env});
		assert.equal(code, 0, `${args.join(' ')}: ${stderr}${stdout}`);
	};
	const live = async () => {
		const answer = await fetch(
			`${urlIn(readFileSync(globSync(`${here.root}/workspaces/*/runtime/url`)[0] ?? '', 'utf8'))}/health`,
		);
		return ((await answer.json()) as {version: string}).version;
	};
	const early = ['--early', '--reason', 'a rehearsal'];
	const manager = ['--as', 'Chiara', '--role', 'release-manager'];
	await must('run', 'T-60');
	await must('run', 'T-30');
	for (const group of ['L1', 'L2', 'L3']) await must('acknowledge', 'G4', '--role', group);
	await must('acknowledge', 'G5');
	await must('run', 'T-10', ...manager);
	await must('decide', 'go', ...early, ...manager);
	await must('decide', 'go', ...early, '--as', 'Dmitri', '--role', 'ops-lead');
	assert.equal(await live(), 'blue');
	await must('run', 'T0', '--confirm', 'T0', ...early, ...manager);
	assert.equal(await live(), 'green');
	await must('rollback', '--confirm', 'ROLLBACK', '--reason', 'practice', ...manager);
	assert.equal(await live(), 'blue');
	await term.shows('ROLLED BACK');
	term.kill('SIGTERM');
	assert.equal((await term.exited).code, 143);
	await nothingRuns(here.home);
});

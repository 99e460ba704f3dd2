/** What one command costs beside many old cutovers, when it names its own: least times of interleaved runs. */
import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {performance} from 'node:perf_hooks';
import {runProgram} from '../../test/harness/program.ts';
import {ms, type Row, ratio} from './figure.ts';
import {folderOf} from './journal.ts';

const others = 50;
const entries = 2000;
const rounds = 9;

async function cutover(place: string): Promise<{id: string; env: Record<string, string>}> {
	mkdirSync(place, {mode: 0o700});
	const [runbook, env] = [join(place, 'cutover.md'), {XDG_STATE_HOME: join(place, 'state')}];
	await runProgram(['init', runbook], {env});
	const {stdout, stderr} = await runProgram(['begin', runbook, '--t0', '+1h', '--as', 'bench'], {env});
	const id = stdout.trim().split('\n').at(-1) ?? '';
	if (id === '') throw new Error(`Nothing was begun: ${stderr}`);
	return {id, env};
}

async function timed({id, env}: {id: string; env: Record<string, string>}): Promise<number> {
	const from = performance.now();
	const {code, stderr} = await runProgram(['status', '--cutover', id], {env});
	if (code !== 0) throw new Error(`status ended with ${code}: ${stderr}`);
	return performance.now() - from;
}

export async function besideRows(folder: string): Promise<readonly Row[]> {
	const [alone, crowded] = [await cutover(join(folder, 'alone')), await cutover(join(folder, 'crowded'))];
	const root = join(folder, 'crowded', 'state', 'cutover-tui');
	for (let number = 1; number <= others; number++) folderOf(root, entries, `old-${number}`);
	const [before, after]: [number[], number[]] = [[], []];
	for (let round = 0; round < rounds; round++) {
		before.push(await timed(alone));
		after.push(await timed(crowded));
	}
	for (const {id, env} of [alone, crowded])
		await runProgram(['abandon', '--cutover', id, '--reason', 'measured', '--confirm', 'ABANDON'], {env});
	return [
		[
			`status --cutover ID beside ${others} of ${entries.toLocaleString('en')}`,
			ms(Math.min(...after)),
			`${ratio(Math.min(...after), Math.min(...before))} one beside none; at most 1.2 x`,
		],
	];
}

/**
 * How soon a command and `check` of a runbook answer, against Node alone, and what hostile files of the largest size cost. Least times of
 * interleaved runs stand for the machine at rest.
 */

import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {performance} from 'node:perf_hooks';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {environment, program} from '../../test/harness/program.ts';
import {manyRows} from './boards.ts';
import {ms, type Row, ratio} from './figure.ts';

const rounds = 15;
const size = 1024 * 1024;
const sample = fileURLToPath(new URL('../../docs/samples/search-index.md', import.meta.url));

/** Wall time of one process, in ms; it must end with this code. */
async function timed(args: readonly string[], env: Record<string, string>, wanted = 0): Promise<number> {
	const from = performance.now();
	const [code] = await once(spawn(process.execPath, args, {stdio: 'ignore', env: environment(env)}), 'exit');
	if (code !== wanted) throw new Error(`${args.join(' ')} ended with ${code}, not ${wanted}.`);
	return performance.now() - from;
}

const filled = (unit: string): string => unit.repeat(Math.ceil(size / unit.length)).slice(0, size);

const hostile: Readonly<Record<string, string>> = {
	brackets: filled('['),
	'items of a list': filled('- a\n'),
	'comments that open': filled('a <!--\n'),
	'rows of gates': `| Gate ID | Check | Owner |\n|---|---|---|\n${filled('| G | c | o |\n')}`.slice(0, size),
	'settings of brackets': `---\n${filled('[')}`.slice(0, size - 5).concat('\n---\n'),
};

/** Interleaved, so that a busy moment falls on both alike. */
export async function checkRows(folder: string): Promise<readonly Row[]> {
	const [, bin = ''] = program;
	const env = {XDG_CACHE_HOME: join(folder, 'cache'), XDG_STATE_HOME: join(folder, 'state')};
	const check = (file: string, wanted = 0) => timed([bin, 'check', file], env, wanted);
	await check(sample);
	const bare: number[] = [];
	const ours: number[] = [];
	const lists: number[] = [];
	for (let round = 0; round < rounds; round++) {
		bare.push(await timed(['-e', '0'], env));
		ours.push(await check(sample));
		lists.push(await timed([bin, 'list'], env));
	}
	const base = Math.min(...bare);
	const rows: Row[] = [
		['a command that has little to do', ms(Math.min(...lists)), `${ratio(Math.min(...lists), base)} node -e 0: list`],
		[
			'check of a runbook',
			ms(Math.min(...ours)),
			`at most ${ms(1.5 * base + 60)}: 1.5 x bare node (${ms(base)}) + 60 ms`,
		],
	];
	const many = join(folder, 'many.md');
	writeFileSync(many, manyRows());
	const long = [await check(many), await check(many), await check(many), await check(many)];
	rows.push(['check of 500 rows', ms(Math.min(...long)), `at most ${ms(1.5 * base + 110)}: 1.5 x bare node + 110 ms`]);
	await timed([bin, 'adopt', many, '--yes'], env);
	const mapped = [await check(many), await check(many), await check(many), await check(many)];
	rows.push([
		'check of 500 rows by a map',
		ms(Math.min(...mapped)),
		`${ratio(Math.min(...mapped), Math.min(...long))} one without a map`,
	]);
	for (const [name, text] of Object.entries(hostile)) {
		const file = join(folder, 'hostile.md');
		writeFileSync(file, text);
		const times = [await check(file, 2), await check(file, 2), await check(file, 2)];
		rows.push([`check of 1 MiB of ${name}`, ms(Math.min(...times)), 'at most 2 s']);
	}
	return rows;
}

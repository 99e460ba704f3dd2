/**
 * `npm run bench`: the figures of docs/architecture.md, measured here and now. Absolute ones are this machine's; the
 * ratios last. Measures only what the built program does, in folders of its own that it takes away. `npm run bench --
 * kills` measures only that; there are check, journal, crowd, beside, postgres, screen, watcher and kills.
 */
import {mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {availableParallelism, cpus, tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {runProgram} from '../test/harness/program.ts';
import {besideRows} from './bench/beside.ts';
import {checkRows} from './bench/check.ts';
import {crowdRows} from './bench/crowd.ts';
import type {Row} from './bench/figure.ts';
import {journalRows} from './bench/journal.ts';
import {killRows} from './bench/kills.ts';
import {postgresRows} from './bench/postgres.ts';
import {screenRows} from './bench/screen.ts';
import {watcherRows} from './bench/watcher.ts';

const place = mkdtempSync(join(tmpdir(), 'cutover-bench-'));
const folder = (name: string): string => {
	const path = join(place, name);
	mkdirSync(path, {mode: 0o700});
	return path;
};

const print = (rows: readonly Row[]): void => {
	for (const [what, figure, against] of rows)
		process.stdout.write(`${what.padEnd(42)} ${figure.padEnd(30)} ${against}\n`);
};

/** A cutover of the starter runbook, T0 an hour ahead. */
async function cutover(): Promise<{args: readonly string[]; env: Record<string, string>}> {
	const runbook = join(folder('workspace'), 'cutover.md');
	const env = {XDG_STATE_HOME: folder('state')};
	for (const args of [
		['init', runbook],
		['begin', runbook, '--t0', '+1h', '--as', 'bench'],
	]) {
		const {code, stderr} = await runProgram(args, {env});
		if (code !== 0) throw new Error(`cutover-tui ${args.join(' ')}: ${stderr}`);
	}
	return {args: [runbook], env};
}

async function screen(): Promise<readonly Row[]> {
	const {args, env} = await cutover();
	const rows = await screenRows(args, env);
	await runProgram(['abandon', '--reason', 'measured', '--confirm', 'ABANDON'], {env});
	return rows;
}

const subjects: Record<string, () => Promise<readonly Row[]>> = {
	check: () => checkRows(folder('check')),
	journal: () => journalRows(folder('journal')),
	crowd: () => crowdRows(folder('crowd')),
	beside: () => besideRows(folder('beside')),
	postgres: () => postgresRows(folder('postgres')),
	screen,
	watcher: () => watcherRows(folder),
	kills: () => killRows(Date.now() % 1_000_000),
};

process.stdout.write(`Node ${process.version}, ${availableParallelism()} x ${cpus()[0]?.model ?? 'unknown'}\n`);
const named = process.argv.slice(2);
try {
	for (const name of named.length > 0 ? named : Object.keys(subjects)) {
		const measure = subjects[name];
		if (!measure) throw new Error(`There is no figure "${name}"; there are ${Object.keys(subjects).join(', ')}.`);
		print(await measure());
	}
} finally {
	rmSync(place, {recursive: true, force: true});
}

/** What V8 compiles of the screen until its board is there, of a check and of another command: made by the build, the very first start is as fast as any later one. */

import {chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync} from 'node:fs';
import {constants, tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {keptName} from '../../source/cli/kept-code.ts';
import {observed} from '../../test/harness/observed.ts';
import {mustRun} from '../../test/harness/program.ts';
import {openProgram} from '../../test/harness/terminal.ts';

/** Of the build in `dist`, on a board in a terminal; `home`: an empty folder, where the program keeps it as it does for itself. */
async function compile(names: readonly string[], home: string): Promise<void> {
	const cwd = join(home, 'workspace');
	mkdirSync(cwd);
	const env = {HOME: home, XDG_STATE_HOME: join(home, 'state'), XDG_CACHE_HOME: join(home, 'cache')};
	const verb = (args: readonly string[], cache = 'other'): Promise<string> =>
		mustRun(args, {env: {...env, XDG_CACHE_HOME: join(home, cache)}, cwd});
	await verb(['init', 'cutover.md']);
	await verb(['check', 'cutover.md'], 'cache');
	await verb(['begin', 'cutover.md', '--t0', '+6h', '--as', 'build']);
	// Of all commands the one that calls what most of them do, and little else.
	await verb(['note', 'built', '--as', 'build'], 'cache');
	try {
		await using terminal = openProgram(['cutover.md'], {cols: 120, rows: 40, cwd, env});
		await terminal.shows('NEXT');
		for (const name of names) {
			const kept = join(home, 'cache/cutover-tui/compiled', name);
			await observed('compiled code', () => existsSync(kept));
			const built = join('dist', name);
			copyFileSync(kept, built);
			// Readable for whoever may read the program.
			chmodSync(built, 0o644);
		}
	} finally {
		await verb(['abandon', '--reason', 'built', '--confirm', 'ABANDON', '--as', 'build']);
	}
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Beside the bundle in `dist`, and that of no other bundle. Where there is no terminal to be had, screens start slowly once. */
export async function keepCompiled(): Promise<void> {
	const names = (['screen', 'check', 'command'] as const).map(use => keptName('dist/program.cjs', use));
	const there = readdirSync('dist').filter(file => file.endsWith('.code'));
	const isWhole = names.every(name => there.includes(name));
	// One of two would be taken by the program, which then keeps none.
	for (const name of there) if (!isWhole || !names.includes(name)) rmSync(join('dist', name));
	if (isWhole) return;
	const home = mkdtempSync(join(tmpdir(), 'cutover-build-'));
	/** The watcher of a cutover that is gone ends. */
	const stopped = (signal: NodeJS.Signals): never => {
		rmSync(home, {recursive: true, force: true});
		process.exit(128 + constants.signals[signal]);
	};
	for (const signal of signals) process.once(signal, stopped);
	try {
		await compile(names, home);
	} catch (error) {
		const why = error instanceof Error ? error.message : String(error);
		process.stderr.write(`The screen was not compiled ahead, so that its first start is slower: ${why}\n`);
	} finally {
		for (const signal of signals) process.off(signal, stopped);
		rmSync(home, {recursive: true, force: true});
	}
}

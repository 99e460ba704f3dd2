/** What V8 compiles of the program until its board stands, so that the binary need not compile it: as the program keeps it itself. */
import {mkdirSync, readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {runProgram} from '../../test/harness/program.ts';
import {openProgram} from '../../test/harness/terminal.ts';

/** `name`: under which the program looks for it. */
export type Compiled = {readonly name: string; readonly bytes: Buffer};

const patienceMs = 30_000;
const lookEveryMs = 100;

const isCode = (name: string): boolean => name.endsWith('.code');

/** Throws where the program keeps nothing for half a minute. */
async function kept(folder: string): Promise<Compiled> {
	for (let waited = 0; waited < patienceMs; waited += lookEveryMs) {
		const name = readdirSync(folder).find(isCode);
		if (name !== undefined) return {name, bytes: readFileSync(join(folder, name))};
		await wait(lookEveryMs);
	}
	throw new Error('The program kept no compiled code: the binary would start slowly.');
}

/** Of the build in `dist` on this Node, on a board in a terminal. `folder`: where it may leave files. */
export async function compiledOf(folder: string): Promise<Compiled> {
	const cwd = join(folder, 'workspace');
	mkdirSync(cwd);
	const env = {HOME: folder, XDG_STATE_HOME: join(folder, 'state'), XDG_CACHE_HOME: join(folder, 'cache')};
	const verb = async (...args: readonly string[]): Promise<void> => {
		const {code, stderr} = await runProgram(args, {env, cwd});
		if (code !== 0) throw new Error(`cutover-tui ${args.join(' ')}: ${stderr}`);
	};
	await verb('init', 'cutover.md');
	await verb('begin', 'cutover.md', '--t0', '+6h', '--as', 'build');
	try {
		await using terminal = openProgram(['cutover.md'], {cols: 120, rows: 40, cwd, env});
		await terminal.shows('NEXT');
		return await kept(join(folder, 'cache/cutover-tui/compiled'));
	} finally {
		await verb('abandon', '--reason', 'built', '--confirm', 'ABANDON', '--as', 'build');
	}
}

/** Cutovers of the starter runbook, as several figures need them. */

import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {lastLine} from '../../source/text/error-text.ts';
import {mustRun} from '../../test/harness/program.ts';

export type Starter = {
	readonly id: string;
	readonly env: Readonly<Record<string, string>>;
	/** A command of this cutover; what it prints. */
	run(...args: readonly string[]): Promise<string>;
	/** It is over: its watcher ends. */
	end(): Promise<unknown>;
};

/** `place`: a folder that is there; `name`: of its runbook in it; `settings`: instead of those of the starter. */
export async function starter(
	place: string,
	{name = 'cutover', settings, env: more = {}}: {name?: string; settings?: string; env?: Record<string, string>} = {},
): Promise<Starter> {
	const runbook = join(place, `${name}.md`);
	const env = {XDG_STATE_HOME: join(place, 'state'), ...more};
	await mustRun(['init', runbook], {env});
	if (settings !== undefined) writeFileSync(join(place, `${name}.cutover.yaml`), settings, {mode: 0o600});
	const id = lastLine(await mustRun(['begin', runbook, '--t0', '+5h', '--as', 'bench'], {env}));
	const run = ([verb = '', ...args]: readonly string[]): Promise<string> =>
		mustRun([verb, '--cutover', id, ...args], {env});
	return {
		id,
		env,
		run: (...args) => run(args),
		end: () => run(['abandon', '--reason', 'measured', '--confirm', 'ABANDON']),
	};
}

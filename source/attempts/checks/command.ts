/*
The command lines of a gate, one after another, as the runbook has them: `bash -o pipefail -c` in the workspace. All
must exit 0; the first that does not is the reason.
*/
import {spawn} from 'node:child_process';
import {existsSync} from 'node:fs';
import {type Check, type CheckContext, ofExit, pass, unknown, type Verdict} from './verdict.ts';

/** Runs a program with its output in the log; how it ended. */
export const runProgram = (
	words: readonly [string, ...string[]],
	{workspace, environment, out}: CheckContext,
): Promise<Verdict> =>
	new Promise(done => {
		const [program, ...args] = words;
		const child = spawn(program, args, {cwd: workspace, env: environment, stdio: ['ignore', out, out]});
		child.on('error', error =>
			done(
				unknown(
					existsSync(workspace)
						? `${program} could not be started: ${error.message}`
						: `the workspace ${workspace} does not exist: put it back, then run it again`,
				),
			),
		);
		child.on('exit', (exit, signal) => done(ofExit(exit, signal)));
	});

export const command: Check = async (gate, context) => {
	for (const line of gate.commands) {
		context.say(`$ ${line}`);
		const found = await runProgram(['bash', '-o', 'pipefail', '-c', line], context);
		context.say(found.verdict === 'pass' ? 'exit 0' : (found.reason ?? found.verdict));
		if (found.verdict !== 'pass')
			return gate.commands.length > 1 ? {...found, reason: `${line}: ${found.reason}`} : found;
		if (context.signal.aborted) return unknown('stopped before its last command');
	}
	return gate.commands.length === 0 ? unknown('the gate names no command') : {...pass, exit: 0};
};

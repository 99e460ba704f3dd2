/*
The command lines of a gate, one after another, as the runbook has them: `bash -o pipefail -c` in the workspace. All
must exit 0; the first that does not is the reason. Scripts that they name run as they were approved, or not at all.
*/
import {spawn} from 'node:child_process';
import {existsSync} from 'node:fs';
import {readyLine} from '../approved-run.ts';
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

const nextStep = 'Approve it (cutover-tui approve), or put the approved file back.';

/** Nothing of a changed file runs: neither what it was nor what it is. */
async function runApproved(line: string, context: CheckContext): Promise<Verdict> {
	const ready = readyLine(context.folder, context.approval, line);
	const before = ready.changed('any');
	if (before !== null) return unknown(`not run: ${before}. ${nextStep}`);
	if (ready.run !== line) context.say(`  runs the approved copy: ${ready.run}`);
	const found = await runProgram(['bash', '-o', 'pipefail', '-c', ready.run], context);
	const during = ready.changed('inPlace');
	return during === null ? found : unknown(`${during} while it ran. ${nextStep}`);
}

export const command: Check = async (gate, context) => {
	for (const line of gate.commands) {
		context.say(`$ ${line}`);
		const found = await runApproved(line, context);
		context.say(found.verdict === 'pass' ? 'exit 0' : (found.reason ?? found.verdict));
		if (found.verdict !== 'pass')
			return gate.commands.length > 1 ? {...found, reason: `${line}: ${found.reason}`} : found;
		if (context.signal.aborted) return unknown('stopped before its last command');
	}
	return gate.commands.length === 0 ? unknown('the gate names no command') : {...pass, exit: 0};
};

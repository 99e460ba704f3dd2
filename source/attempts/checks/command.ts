/*
The command lines of a gate, one after another, as the runbook has them: `bash -o pipefail -c` in the workspace. All
must exit 0; the first that does not is the reason. Scripts that they name run as they were approved, or not at all.
*/
import {existsSync} from 'node:fs';
import {readyLine} from '../approved-run.ts';
import {spawnLogged} from '../log/command-output.ts';
import {ofExit} from './exit.ts';
import {type Check, type CheckContext, pass, unknown, type Verdict} from './verdict.ts';

/** Runs a program with its output in the log, stdout and stderr in the order they came; how it ended. */
export const runProgram = (
	words: readonly [string, ...string[]],
	{workspace, environment, output}: CheckContext,
): Promise<Verdict> =>
	new Promise(done => {
		const [program, ...args] = words;
		const {child, outputs} = spawnLogged(
			output,
			program,
			args,
			{cwd: workspace, env: environment, stdio: ['ignore', 'pipe', 'pipe']},
			true,
		);
		child.on('error', error =>
			done(
				unknown(
					existsSync(workspace)
						? `${program} could not be started: ${error.message}`
						: `the workspace ${workspace} does not exist: put it back, then run it again`,
				),
			),
		);
		child.on('close', (exit: number | null, signal: string | null) =>
			done(ofExit(exit, signal, outputs[0]?.tail ?? '')),
		);
	});

const quoted = /'[^']*'|"(?:\\.|[^"\\])*"|\\./gs;
const list = /[;&\n(){}`]|\|\||\$\(|<<|(?:^|\s)(?:if|while|until|for|case|select|!)\s/;

/** One pipeline and nothing else: no part of the line depends on how another part ended. */
export function isPipeline(line: string): boolean {
	const bare = line
		.trim()
		.replace(quoted, 'x')
		.replace(/[0-9]*[<>]&[0-9-]*|&>>?|\|&/g, match => (match === '|&' ? '|' : ' '));
	return bare.includes('|') && !list.test(bare);
}

/**
 * `x | head -1` ends x with SIGPIPE (141) when x has more to say: no failure of x. After the line: where it ended with
 * 141, its last command with 0 and every other with 0 or 141, the line passes. bash has the parts in PIPESTATUS.
 */
const forgiving = `
set -- $? "\${PIPESTATUS[@]}"
[ "$1" = 141 ] || exit "$1"
shift
for ended; do [ "$ended" = 0 ] || [ "$ended" = 141 ] || exit 141; done
[ "$ended" = 0 ] || exit 141
echo 'note: a reader ended before its writer, which SIGPIPE then ended (141): this counts as a pass' >&2
`;

const scriptOf = (line: string): string => (isPipeline(line) ? `${line}\n${forgiving}` : line);

const nextStep = 'Approve it (cutover-tui approve), or put the approved file back.';

/** Nothing of a changed file runs: neither what it was nor what it is. */
async function runApproved(line: string, context: CheckContext): Promise<Verdict> {
	const ready = readyLine(context.folder, context.approval, line);
	const before = ready.changed('any');
	if (before !== null) return unknown(`not run: ${before}. ${nextStep}`);
	if (ready.run !== line) context.say(`  runs the approved copy: ${ready.run}`);
	const found = await runProgram(['bash', '-o', 'pipefail', '-c', scriptOf(ready.run)], context);
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

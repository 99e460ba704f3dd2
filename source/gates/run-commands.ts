/*
The command lines of a gate, one after another, as the runbook has them: `bash -o pipefail -c` in the workspace. All must exit 0,
but for the last where the gate expects something else of it; the first that does not is the reason. Scripts that they name run as they
were approved, or not at all.
*/
import {type Expect, expectText, judgeShown, readsOutput} from '../cutover/model/expect.ts';
import {readyLine} from '../workspace/approved-run.ts';
import {runProgram, runShown, type Words} from './run-program.ts';
import {type Check, type CheckContext, pass, unknown, type Verdict} from './verdict.ts';

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
 * 141, its last command with 0 and every other with 0 or 141, the line passes. bash has the parts in PIPESTATUS. A program that
 * ignores SIGPIPE, as curl does, ends with a code of its own: that is a failure, with a hint. A note would be in an output
 * that is compared.
 */
function scriptOf(line: string, isCompared: boolean): string {
	if (!isPipeline(line)) return line;
	const note = (text: string): string => (isCompared ? 'true' : `echo 'note: ${text}' >&2`);
	return `${line}
set -- $? "\${PIPESTATUS[@]}"
code=$1 last=\${!#}
[ "$code" != 0 ] || exit 0
[ "$last" = 0 ] || exit "$code"
shift
for ended; do [ "$ended" = 0 ] || [ "$ended" = 141 ] || {
${note('the last command of the pipe exited 0, one before it did not: it may have written to a reader that had ended')}
exit "$code"; }; done
${note('a reader ended before its writer, which SIGPIPE then ended (141): this counts as a pass')}`;
}

async function judged(words: Words, expect: Expect, context: CheckContext): Promise<Verdict> {
	if (!readsOutput(expect)) {
		const found = await runProgram(words, context);
		if (found.verdict === 'unknown' || found.exit === null) return found;
		return {...judgeShown(expect, {exit: found.exit, stdout: '', stderr: ''}), exit: found.exit};
	}
	const shown = await runShown(words, context);
	return 'verdict' in shown ? shown : {...judgeShown(expect, shown), exit: shown.exit};
}

const nextStep = 'Approve it (cutover-tui approve), or put the approved file back.';

/** Nothing of a changed file runs: neither what it was nor what it is. `expect`: what the command must show, where that is not exit code 0. */
async function runApproved(line: string, expect: Expect | undefined, context: CheckContext): Promise<Verdict> {
	const ready = readyLine(context.folder, context.approval, line);
	const before = ready.changed('any');
	if (before !== null) return unknown(`not run: ${before}. ${nextStep}`);
	if (ready.run !== line) context.say(`  runs the approved copy: ${ready.run}`);
	const words = ['bash', '-o', 'pipefail', '-c', scriptOf(ready.run, expect !== undefined)] as const;
	const found = expect ? await judged(words, expect, context) : await runProgram(words, context);
	const during = ready.changed('inPlace');
	return during === null ? found : unknown(`${during} while it ran. ${nextStep}`);
}

/** One command line, said and run as approved, with its end. `expect`: what it must show instead of exit code 0. */
export async function runLine(line: string, context: CheckContext, expect?: Expect): Promise<Verdict> {
	context.say(`$ ${line}`);
	const found = await runApproved(line, expect, context);
	if (expect) context.say(`expected: ${expectText(expect)}`);
	context.say(found.verdict === 'pass' ? `exit ${found.exit ?? 0}` : (found.reason ?? found.verdict));
	return found;
}

export const runCommands: Check = async (gate, context) => {
	const last = gate.commands.length - 1;
	for (const [index, line] of gate.commands.entries()) {
		const found = await runLine(line, context, index === last ? gate.expect : undefined);
		if (found.verdict !== 'pass')
			return gate.commands.length > 1 ? {...found, reason: `${line}: ${found.reason}`} : found;
		if (context.signal.aborted) return unknown('stopped before its last command');
	}
	return gate.commands.length === 0 ? unknown('the gate names no command') : {...pass, exit: 0};
};

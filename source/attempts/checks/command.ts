/*
The command lines of a gate, one after another, as the runbook has them: `bash -o pipefail -c` in the workspace. All must exit 0,
but for the last where the gate expects something else of it; the first that does not is the reason. Scripts that they name run as they
were approved, or not at all.
*/
import {spawn} from 'node:child_process';
import {createWriteStream, existsSync} from 'node:fs';
import type {Readable} from 'node:stream';
import {type Expect, expectText, judgeShown, readsOutput, type Shown} from '../../cutover/model/expect.ts';
import {readyLine} from '../approved-run.ts';
import {type Check, type CheckContext, ofExit, pass, unknown, type Verdict} from './verdict.ts';

type Words = readonly [string, ...string[]];

/** More than that is logged and not compared. */
const mostBytes = 1024 * 1024;

/** What a command prints: to the log, and kept to be compared. `isWhole`: false past the bound. */
class Kept {
	#text = '';
	isWhole = true;

	follow(stream: Readable, log: NodeJS.WritableStream): Promise<void> {
		stream.setEncoding('utf8');
		stream.on('data', (chunk: string) => {
			if (this.#text.length + chunk.length > mostBytes) this.isWhole = false;
			else this.#text += chunk;
		});
		stream.pipe(log, {end: false});
		return new Promise(done => stream.on('close', () => done()));
	}

	get text(): string {
		return this.#text;
	}
}

const unstarted = (program: string, workspace: string, error: Error): Verdict =>
	unknown(
		existsSync(workspace)
			? `${program} could not be started: ${error.message}`
			: `the workspace ${workspace} does not exist: put it back, then run it again`,
	);

/** Runs a program with its output in the log; how it ended. */
export const runProgram = (words: Words, {workspace, environment, out}: CheckContext): Promise<Verdict> =>
	new Promise(done => {
		const [program, ...args] = words;
		const child = spawn(program, args, {cwd: workspace, env: environment, stdio: ['ignore', out, out]});
		child.on('error', error => done(unstarted(program, workspace, error)));
		child.on('exit', (exit, signal) => done(ofExit(exit, signal)));
	});

/** As runProgram, with what it prints; a verdict where it could not be run to its end. */
const runShown = (words: Words, {workspace, environment, out}: CheckContext): Promise<Verdict | Shown> =>
	new Promise(done => {
		const [program, ...args] = words;
		const child = spawn(program, args, {cwd: workspace, env: environment, stdio: ['ignore', 'pipe', 'pipe']});
		const log = createWriteStream('', {fd: out, autoClose: false});
		const stdout = new Kept();
		const stderr = new Kept();
		const read = Promise.all([stdout.follow(child.stdout, log), stderr.follow(child.stderr, log)]);
		child.on('error', error => done(unstarted(program, workspace, error)));
		child.on('close', (exit, signal) => {
			void read.then(() =>
				log.end(() => {
					const ended = ofExit(exit, signal);
					if (ended.verdict === 'unknown' || signal !== null) done(ended);
					else if (!stdout.isWhole || !stderr.isWhole)
						done(unknown('it prints more than 1 MiB, which is not compared', exit));
					else done({exit, stdout: stdout.text, stderr: stderr.text});
				}),
			);
		});
	});

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
	const words = ['bash', '-o', 'pipefail', '-c', ready.run] as const;
	const found = expect ? await judged(words, expect, context) : await runProgram(words, context);
	const during = ready.changed('inPlace');
	return during === null ? found : unknown(`${during} while it ran. ${nextStep}`);
}

export const command: Check = async (gate, context) => {
	const last = gate.commands.length - 1;
	for (const [index, line] of gate.commands.entries()) {
		context.say(`$ ${line}`);
		const expect = index === last ? gate.expect : undefined;
		const found = await runApproved(line, expect, context);
		if (expect) context.say(`expected: ${expectText(expect)}`);
		context.say(found.verdict === 'pass' ? `exit ${found.exit ?? 0}` : (found.reason ?? found.verdict));
		if (found.verdict !== 'pass')
			return gate.commands.length > 1 ? {...found, reason: `${line}: ${found.reason}`} : found;
		if (context.signal.aborted) return unknown('stopped before its last command');
	}
	return gate.commands.length === 0 ? unknown('the gate names no command') : {...pass, exit: 0};
};

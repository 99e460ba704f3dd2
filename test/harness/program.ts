/**
 * The built program without a terminal, as a script or a CI job runs it.
 */
import {spawn} from 'node:child_process';
import {constants} from 'node:os';
import process from 'node:process';
import {text} from 'node:stream/consumers';
import {fileURLToPath} from 'node:url';

/** What starts the built program; its own arguments follow. */
export const program: readonly [string, ...string[]] = [
	process.execPath,
	fileURLToPath(new URL('../../bin/cutover-tui.cjs', import.meta.url)),
];

/** Of the test's own surroundings, what would change the program: Ink looks at CI, colours at the rest. */
const withheld =
	/^(CI|CONTINUOUS_INTEGRATION|BUILD_NUMBER|NODE_OPTIONS|NODE_TEST_CONTEXT|NODE_V8_COVERAGE|NO_COLOR|FORCE_COLOR|COLORTERM|GOLDEN|INIT_CWD|npm_.*|ZX_.*|SUDO_.*|SSH_.*|TMUX.*)$/i;

/** The test's environment without what is withheld, in UTF-8, with `added` on top; undefined takes a variable away. */
export function environment(added: Record<string, string | undefined> = {}): Record<string, string> {
	const kept = Object.entries(process.env).filter(([name]) => !withheld.test(name));
	const all = Object.entries({...Object.fromEntries(kept), LANG: 'C.UTF-8', ...added});
	return Object.fromEntries(all.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

export interface Ended {
	/** 128 + n where signal n ended it. */
	code: number;
	stdout: string;
	stderr: string;
}

export interface RunOptions {
	/** What starts it, where that is another than `program`. */
	by?: readonly [string, ...string[]];
	env?: Record<string, string | undefined>;
	cwd?: string;
	/** Written to the standard input, which is at its end otherwise. */
	input?: string;
	signal?: AbortSignal;
}

/** Runs the built program to its end. Rejects only where it could not be started or was aborted. */
export async function runProgram(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
	const [node, ...own] = options.by ?? program;
	const child = spawn(node, [...own, ...args], {
		stdio: 'pipe',
		env: environment(options.env),
		...(options.cwd === undefined ? {} : {cwd: options.cwd}),
		...(options.signal === undefined ? {} : {signal: options.signal}),
	});
	child.stdin.on('error', () => {}).end(options.input ?? '');
	const ended = new Promise<number>((resolve, reject) => {
		child.once('error', reject);
		child.once('close', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
	});
	const [code, stdout, stderr] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
	return {code, stdout, stderr};
}

/** What it prints. Throws what it complains of where it does not end with 0. */
export async function mustRun(args: readonly string[], options: RunOptions = {}): Promise<string> {
	const {code, stdout, stderr} = await runProgram(args, options);
	if (code !== 0) throw new Error(`cutover-tui ${args.join(' ')}: ${stderr}`);
	return stdout;
}

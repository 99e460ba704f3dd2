/* Runs a program for a check: its output goes into the log, and where somebody compares it, it is kept too. */
import {existsSync} from 'node:fs';
import type {Readable} from 'node:stream';
import type {Shown} from '../cutover/model/expect.ts';
import {spawnLogged} from '../processes/command-output.ts';
import {ofExit} from './exit.ts';
import {type CheckContext, unknown, type Verdict} from './verdict.ts';

export type Words = readonly [string, ...string[]];

/** More than that is logged and not compared. */
const mostBytes = 1024 * 1024;

/** What a command prints, kept to be compared. `isWhole`: false past the bound. */
class Kept {
	isWhole = true;
	readonly #chunks: Uint8Array[] = [];
	#bytes = 0;

	constructor(stream: Readable | null) {
		// Not the encoding of the stream itself: the log reads the same one, byte for byte.
		stream?.on('data', (chunk: Uint8Array) => {
			this.#bytes += chunk.length;
			this.isWhole = this.#bytes <= mostBytes;
			if (this.isWhole) this.#chunks.push(chunk);
		});
	}

	/** Decoded at the end: a character may come in two chunks, or lack its last byte. */
	get text(): string {
		return Buffer.concat(this.#chunks).toString('utf8');
	}
}

type Ended = {readonly verdict: Verdict; readonly stdout: Kept; readonly stderr: Kept};

/** `kept`: stdout and stderr apart, else both in the order they came. */
const run = (words: Words, {workspace, environment, output}: CheckContext, kept: boolean): Promise<Ended> =>
	new Promise(done => {
		const [program, ...args] = words;
		const options = {cwd: workspace, env: environment, stdio: ['ignore', 'pipe', 'pipe'] as ['ignore', 'pipe', 'pipe']};
		const {child, outputs} = spawnLogged(output, program, args, options, !kept);
		const [stdout, stderr] = [new Kept(kept ? child.stdout : null), new Kept(kept ? child.stderr : null)];
		child.on('error', error => {
			const why = existsSync(workspace)
				? `${program} could not be started: ${error.message}`
				: `the workspace ${workspace} does not exist: put it back, then run it again`;
			done({verdict: unknown(why), stdout, stderr});
		});
		child.on('close', (exit: number | null, signal: string | null) => {
			const tail = outputs.map(({tail}) => tail).join('\n');
			done({verdict: ofExit(exit, signal, tail), stdout, stderr});
		});
	});

/** How it ended. */
export const runProgram = async (words: Words, context: CheckContext): Promise<Verdict> =>
	(await run(words, context, false)).verdict;

/** The same with what it printed; a verdict where it could not be run to its end. */
export async function runShown(words: Words, context: CheckContext): Promise<Verdict | Shown> {
	const {verdict, stdout, stderr} = await run(words, context, true);
	if (verdict.verdict === 'unknown' || verdict.exit === null) return verdict;
	if (!stdout.isWhole || !stderr.isWhole)
		return unknown('it prints more than 1 MiB, which is not compared', verdict.exit);
	return {exit: verdict.exit, stdout: stdout.text, stderr: stderr.text};
}

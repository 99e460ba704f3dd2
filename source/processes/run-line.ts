/* A command line in a process group of its own, from its start until it exits. */
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import type {Clock} from '../cutover/ports.ts';
import {inOneLine} from '../text/error-text.ts';
import {type Started, startWith} from './pipe.ts';
import {signal as signalProcess} from './process.ts';

/** Takes what a command prints, one character per byte (latin1), until nobody has its output open any more. */
export type Printed = {push(chunk: string): void; end(): void};

export type LineWorld = {
	readonly cwd: string;
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly input: string;
	readonly clock: Pick<Clock, 'after'>;
	/** Kills the command and its process group. */
	readonly signal: AbortSignal;
	/** Where its stdout goes; null: nowhere. */
	readonly output: Printed | null;
	readonly errors: Printed;
};

/** ms. What a command leaves in the background may hold its output open: what it printed itself is there long before. */
const leftOpenMs = 500;

/** Resolves with why it failed (`exit 1`, `killed by SIGKILL`), null where it exits 0. Never rejects. */
export async function runLine(line: string, world: LineWorld): Promise<string | null> {
	const {cwd, env} = world;
	let started: Started;
	try {
		started = startWith(world.input, stdio =>
			spawn('bash', ['-o', 'pipefail', '-c', line], {cwd, env: {...env}, detached: true, stdio}),
		);
	} catch (error) {
		return inOneLine(error);
	}
	const {child, outputs} = started;
	const [stdout, stderr] = outputs;
	stdout.setEncoding('latin1').on('data', (chunk: string) => world.output?.push(chunk));
	stderr.setEncoding('latin1').on('data', (chunk: string) => world.errors.push(chunk));
	const kill = (): void => {
		if (child.pid !== undefined) signalProcess(-child.pid, 'SIGKILL');
	};
	world.signal.addEventListener('abort', kill, {once: true});
	const over = Promise.withResolvers<void>();
	void Promise.all(outputs.map(stream => once(stream, 'close'))).then(() => {
		world.output?.end();
		world.errors.end();
		over.resolve();
	});
	const failed = await new Promise<string | null>(done => {
		child.once('error', error => done(inOneLine(error)));
		child.once('exit', (exit, ended) =>
			done(exit === 0 ? null : exit === null ? `killed by ${ended}` : `exit ${exit}`),
		);
	});
	const stop = world.clock.after(leftOpenMs, over.resolve);
	await over.promise;
	stop();
	// What still prints is read while this process lives, and does not keep it alive.
	for (const output of outputs) output.unref();
	return failed;
}

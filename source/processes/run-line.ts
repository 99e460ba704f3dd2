/* A command line in a process group of its own, from its start until it exits. */
import {spawn} from 'node:child_process';
import {Socket} from 'node:net';
import type {Clock} from '../cutover/ports.ts';
import {inOneLine} from '../text/error-text.ts';
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
	const child = spawn('bash', ['-o', 'pipefail', '-c', line], {
		cwd: world.cwd,
		env: {...world.env},
		detached: true,
		stdio: ['pipe', world.output === null ? 'ignore' : 'pipe', 'pipe'],
	});
	child.stdout?.setEncoding('latin1').on('data', (chunk: string) => world.output?.push(chunk));
	child.stderr?.setEncoding('latin1').on('data', (chunk: string) => world.errors.push(chunk));
	// A command that does not read its input ends it early.
	child.stdin?.on('error', () => {}).end(world.input);
	const kill = (): void => {
		if (child.pid !== undefined) signalProcess(-child.pid, 'SIGKILL');
	};
	world.signal.addEventListener('abort', kill, {once: true});
	const over = Promise.withResolvers<void>();
	child.once('close', () => {
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
	for (const stream of [child.stdout, child.stderr]) if (stream instanceof Socket) stream.unref();
	return failed;
}

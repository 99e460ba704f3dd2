/* Where a published page goes: a file that a web server shows, or the standard input of a command line. */
import {spawn} from 'node:child_process';
import type {Clock} from '../cutover/ports.ts';
import {replaceFile} from '../disk/atomic-file.ts';
import {signal} from '../processes/process.ts';
import {inOneLine} from '../text/error-text.ts';

export type Target = {
	/** Between two writes, ms. */
	readonly leastMs: number;
	write(page: string): Promise<void>;
};

/** Readable for the account of a web server. */
export const toFile = (file: string): Target => ({
	leastMs: 1000,
	write: async page => replaceFile(file, Buffer.from(page), 'bytes', 0o644),
});

const longestMs = 30_000;

export type Command = {
	/** The command line as it may run now. Throws why it may not. */
	line(): string;
	readonly cwd: string;
	readonly env: Readonly<Record<string, string | undefined>>;
};

/** Rejects where it does not exit 0, or takes longer than 30 s. */
export const toCommand = ({line, cwd, env}: Command, {after}: Pick<Clock, 'after'>): Target => ({
	leastMs: 5000,
	write: page =>
		new Promise((resolve, reject) => {
			const child = spawn('bash', ['-o', 'pipefail', '-c', line()], {
				cwd,
				env: {...env},
				detached: true,
				stdio: ['pipe', 'ignore', 'pipe'],
			});
			let said = '';
			child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
				said = (said + chunk).slice(-2000);
			});
			const stop = after(longestMs, () => {
				if (child.pid !== undefined) signal(-child.pid, 'SIGKILL');
			});
			child.once('error', error => reject(new Error(inOneLine(error))));
			child.once('close', (exit, ended) => {
				stop();
				const last = said.trim().split('\n').at(-1) ?? '';
				if (exit === 0) resolve();
				else
					reject(
						new Error(`${exit === null ? `killed by ${ended}` : `exit ${exit}`}${last === '' ? '' : `: ${last}`}`),
					);
			});
			// A command that does not read its input ends it early.
			child.stdin.on('error', () => {}).end(page);
		}),
});

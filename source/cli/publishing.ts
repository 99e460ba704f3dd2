/* Where a published page goes: a file that a web server shows, or the standard input of a command line. */

import type {Clock} from '../cutover/ports.ts';
import {isSystemError, systemFault} from '../disk/fault.ts';
import {writeWhole} from '../evidence/write.ts';
import type {Environment} from '../net/proxy.ts';
import {runLine} from '../processes/run-line.ts';
import type {PublishWorld} from '../serve/publish.ts';
import {lastLine} from '../text/error-text.ts';

export type Target = Pick<PublishWorld, 'leastMs' | 'write'>;

/** Readable for the account of a web server. */
export const toFile = (file: string): Target => ({
	leastMs: 1000,
	async write(page) {
		try {
			writeWhole(file, page, {overwrite: true, mode: 0o644});
		} catch (error) {
			if (!isSystemError(error)) throw error;
			// The error itself names a temporary file, another one each time.
			throw new Error(systemFault(error, file).text);
		}
	},
});

const longestMs = 30_000;

export type Command = {
	/** The command line as it may run now. Throws why it may not. */
	line(): string;
	readonly cwd: string;
	readonly env: Environment;
};

const mostSaid = 4000;

/** Rejects where it does not exit 0, or takes longer than 30 s. */
export const toCommand = ({line, cwd, env}: Command, clock: Pick<Clock, 'after'>): Target => ({
	leastMs: 5000,
	async write(page) {
		let said = '';
		const push = (chunk: string): void => {
			said = (said + chunk).slice(-mostSaid);
		};
		const over = new AbortController();
		const stop = clock.after(longestMs, () => over.abort());
		const {signal} = over;
		const errors = {push, end() {}};
		const failed = await runLine(line(), {cwd, env, input: page, clock, signal, output: null, errors}).finally(stop);
		if (failed === null) return;
		const last = lastLine(Buffer.from(said, 'latin1').toString());
		throw new Error(last === '' ? failed : `${failed}: ${last}`);
	},
});

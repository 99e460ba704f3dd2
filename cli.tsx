/*
The program: argv -> verb -> exit code. What cannot be printed is never taken for an answer: a reader that is gone ends
it as SIGPIPE would, a full disk under stdout is exit 3.
*/
import {writeSync} from 'node:fs';
import process from 'node:process';
import {processIo} from './source/cli/io.ts';
import {run} from './source/cli/main.ts';
import {systemFault} from './source/disk/fault.ts';
import type {Taken} from './source/screen/terminal/take-terminal.ts';

const gone: ReadonlySet<unknown> = new Set(['EPIPE', 'EIO']);

/** After the first frame, so that nobody waits for it, and the first key is among what is kept. */
const keepAfterMs = 1500;

function complain(error: unknown): void {
	const {text, fix} = systemFault(error);
	try {
		writeSync(2, `The answer could not be written. ${text}. ${fix}\n`);
	} catch {
		// It goes where the answer went.
	}
}

/** `taken`: the terminal, where it was taken already. `keep`: keeps the compiled code of this program. */
export async function main(taken: Taken | null, keep: () => void): Promise<void> {
	for (const stream of [process.stdout, process.stderr]) {
		stream.on('error', (error: NodeJS.ErrnoException) => {
			if (gone.has(error.code)) process.exit(141);
			if (stream === process.stdout) complain(error);
			process.exit(3);
		});
	}
	const shown = (): void => void setTimeout(keep, keepAfterMs).unref();
	process.exitCode = await run(process.argv.slice(2), processIo(taken, shown));
	taken?.giveBack();
}

/*
The program: argv -> verb -> exit code.
*/
import process from 'node:process';
import {processIo} from './source/cli/io.ts';
import {run} from './source/cli/main.ts';

for (const stream of [process.stdout, process.stderr]) {
	stream.on('error', (error: NodeJS.ErrnoException) => {
		// Whoever read is gone: as a process that SIGPIPE ends, and without a word, because nobody would hear it.
		if (error.code === 'EPIPE' || error.code === 'EIO') process.exit(141);
		throw error;
	});
}

process.exitCode = await run(process.argv.slice(2), processIo());

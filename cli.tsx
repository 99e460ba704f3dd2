/*
The program: argv -> verb -> exit code. A closed pipe at the other end is an ordinary way to stop reading.
*/
import process from 'node:process';
import {processIo} from './source/cli/io.ts';
import {run} from './source/cli/main.ts';

for (const stream of [process.stdout, process.stderr]) {
	stream.on('error', (error: NodeJS.ErrnoException) => {
		if (error.code === 'EPIPE') process.exit(0);
		throw error;
	});
}

process.exitCode = await run(process.argv.slice(2), processIo());

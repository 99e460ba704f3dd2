/* A log in memory for commands that run without an attempt. */
import {openSync} from 'node:fs';
import {systemClock} from '../../source/cli/clock.ts';
import {CommandOutput, commandInput, type OutputSink} from '../../source/processes/command-output.ts';
import {makeFifos, openReader, openWriter} from '../../source/processes/pipe.ts';

/** `text`: what commands wrote so far. Their pipes are made in `folder`. */
export function sinkIn(folder: string): OutputSink & {text(): string} {
	const chunks: Buffer[] = [];
	let made = 0;
	const fifo = (): string => makeFifos(folder, [`.fifo-${made++}`])[0] ?? '';
	return {
		clock: systemClock,
		out: openSync('/dev/null', 'w'),
		output(unread) {
			const file = fifo();
			return new CommandOutput({
				read: openReader(file),
				write: openWriter(file),
				unread,
				clock: systemClock,
				print: (chunk, done) => {
					chunks.push(Buffer.from(chunk));
					done();
				},
				closed: () => {},
			});
		},
		input: () => commandInput(fifo(), systemClock),
		text: () => Buffer.concat(chunks).toString(),
	};
}

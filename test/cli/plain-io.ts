/** A process that nobody looks at: streams that go nowhere. */
import {PassThrough} from 'node:stream';
import type {Io} from '../../source/cli/io.ts';

export const io = (): Io => ({
	stdin: new PassThrough().end(),
	stdout: new PassThrough(),
	stderr: new PassThrough(),
	env: {},
	cwd: '/',
	onSignal: () => () => {},
});

/** A page beside the screen of a cutover, on a terminal. */
import assert from 'node:assert/strict';
import {PassThrough} from 'node:stream';
import {test} from 'node:test';
import {runChoose} from '../../source/screen/choose/run-choose.tsx';
import {clockAt} from './stage.tsx';
import {TestTerminal} from './terminal/terminal.ts';

test('Ctrl-Z on a page gives the terminal to the shell, and the page is there again once it goes on', async () => {
	const modes: boolean[] = [];
	const input = Object.assign(new PassThrough(), {setRawMode: (on: boolean) => modes.push(on)});
	const terminal = new TestTerminal(80, 24);
	const stopped = Promise.withResolvers<() => void>();
	const choices = {open: () => [], closed: [], runbooks: [], folder: '/srv'};
	const over = runChoose(choices, null, {
		terminal: {input, output: terminal},
		clock: clockAt('21:47:19', 'real'),
		ascii: false,
		colour: true,
		onSignal: () => () => {},
		stop: stopped.resolve,
	});
	input.write('\u001a');
	const resumed = await stopped.promise;
	assert.equal(await terminal.buffer(), 'normal');
	assert.deepEqual(modes, [true, false]);
	resumed();
	assert.equal(await terminal.buffer(), 'alternate');
	assert.deepEqual(modes, [true, false, true]);
	input.write('q');
	assert.deepEqual(await over, {kind: 'nothing'});
	assert.equal(await terminal.buffer(), 'normal');
});

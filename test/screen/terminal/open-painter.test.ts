import assert from 'node:assert/strict';
import {PassThrough} from 'node:stream';
import test from 'node:test';
import {render, Text, useInput} from 'ink';
import {createElement as h} from 'react';
import type {Press} from '../../../source/screen/terminal/keys-in.ts';
import {openPainter} from '../../../source/screen/terminal/open-painter.ts';
import {testClock} from './clock.ts';
import {TestTerminal} from './terminal.ts';

const turn = () => new Promise(resolve => setImmediate(resolve));

function opened(columns = 40, rows = 4) {
	const clock = testClock();
	const modes: boolean[] = [];
	const input = Object.assign(new PassThrough(), {setRawMode: (on: boolean) => modes.push(on)});
	const terminal = new TestTerminal(columns, rows);
	let gone = 0;
	const painter = openPainter({input, output: terminal, clock, gone: () => gone++});
	const presses: Press[] = [];
	const stop = painter.keys(press => presses.push(press));
	const type = async (text: string) => {
		input.write(text);
		await turn();
	};
	return {clock, modes, input, terminal, painter, presses, stop, type, hungUp: () => gone};
}

test('opening asks one question and sets raw mode; closing ends it', async () => {
	const {terminal, modes, painter, type} = opened();
	assert.equal(terminal.bytes, '\u001b[5n');
	assert.deepEqual(modes, [true]);
	await type('\u001b[0n');
	await painter.close();
	assert.deepEqual(modes, [true, false]);
});

test('keys are heard and replies are not', async () => {
	const {presses, stop, type} = opened();
	await type('g\u001b[0n');
	await type('é'.normalize('NFC'));
	stop();
	await type('x');
	assert.deepEqual(presses, [
		{key: 'g', alone: true},
		{key: 'é', alone: true},
	]);
});

test('a character whose bytes are split is one key', async () => {
	const {presses, input} = opened();
	for (const byte of Buffer.from('日')) input.write(Buffer.of(byte));
	await turn();
	assert.deepEqual(presses, [{key: '日', alone: true}]);
});

test('Ink draws on it and hears its keys, without the replies', async () => {
	const {painter, terminal, type} = opened();
	const heard: string[] = [];
	const Screen = () => {
		useInput((text, key) => heard.push(key.upArrow ? 'up' : text));
		return h(Text, null, 'drawn by Ink');
	};
	const {stdout, stdin} = painter;
	const ink = render(h(Screen), {stdout, stdin, interactive: true, patchConsole: false, exitOnCtrlC: false});
	await ink.waitUntilRenderFlush();
	assert.deepEqual(await terminal.lines(), ['drawn by Ink', '', '', '']);
	await type('\u001b[0na\u001b[A');
	assert.deepEqual(heard, ['a', 'up']);
	ink.unmount();
	await painter.close();
});

test('nothing is kept for an Ink that reads nothing', async () => {
	const {painter, type} = opened();
	for (let count = 0; count < 50; count++) await type('typed');
	assert.equal(painter.stdin.readableLength, 0);
});

test('Ink learns the size, and each new one', () => {
	const {painter, terminal} = opened();
	const sizes: number[][] = [];
	painter.stdout.on('resize', () => sizes.push([painter.stdout.columns, painter.stdout.rows]));
	terminal.resize(100, 30);
	assert.deepEqual(sizes, [[100, 30]]);
});

test('closing waits for a pending terminal reply, so that it does not reach the shell', async () => {
	const {painter, modes, clock, type} = opened();
	let closed = false;
	const closing = painter.close().then(() => {
		closed = true;
	});
	await turn();
	assert.deepEqual([closed, modes], [false, [true]]);
	await type('\u001b[0n');
	await closing;
	assert.deepEqual(modes, [true, false]);
	const mute = opened();
	const ending = mute.painter.close();
	mute.clock.pass(300);
	await ending;
	clock.pass(10_000);
});

test('after closing nothing is written any more', async () => {
	const {painter, terminal, type} = opened();
	await type('\u001b[0n');
	terminal.taken();
	void painter.close();
	painter.stdout.write('late frame');
	painter.send('\u0007');
	painter.repaint();
	terminal.resize(20, 5);
	assert.equal(terminal.taken(), '');
});

test('what moves no cursor is sent past the cells', () => {
	const {painter, terminal} = opened();
	terminal.taken();
	painter.send('\u0007');
	assert.equal(terminal.taken(), '\u0007');
});

test('a terminal hang-up is reported once', async () => {
	const {input, terminal, hungUp} = opened();
	input.end();
	await turn();
	terminal.emit('error', new Error('EIO'));
	assert.equal(hungUp(), 1);
});

test('a terminal is left to the shell only when its reply has come, and hears no key meanwhile', async () => {
	const {modes, painter, presses, type} = opened();
	const left = painter.pause();
	await type('q');
	assert.deepEqual([modes, presses], [[true], []]);
	assert.equal(await painter.pause(), false);
	await type('\u001b[0n');
	assert.equal(await left, true);
	assert.deepEqual(modes, [true, false]);
	painter.resume();
	await type('q');
	assert.deepEqual(presses, [{key: 'q', alone: true}]);
});

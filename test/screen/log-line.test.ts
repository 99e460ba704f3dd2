/** A line of a log as a terminal would show it. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {logLine, logText, readsLikeFailure} from '../../source/screen/panels/run/log-line.ts';
import {inZone} from './draw.tsx';
import {hostile} from './histories.ts';

test('the time before a line is taken off and shown short and local', () => {
	const {time, spans} = inZone(() => logLine('2031-01-14T20:41:02.000Z build: 214 files', false));
	assert.equal(time, '21:41:02');
	assert.deepEqual(
		spans.map(({text}) => text),
		['build: 214 files'],
	);
});

test('the 16 colours stay, other escape sequences are removed', () => {
	const {spans} = logLine(
		'\u001b[32mok\u001b[0m \u001b]8;;http://x\u0007link\u001b]8;;\u0007\u001b[2J\u001b[38;2;1;2;3mtrue\u001b[38;5;9mred',
		false,
	);
	assert.deepEqual(
		spans.map(({text, look}) => [text, look.colour]),
		[
			['ok', 'green'],
			[' linktrue', undefined],
			['red', 'red'],
		],
	);
});

test('a progress bar of 400 steps is one line that shows the last step', () => {
	const bar = Array.from({length: 401}, (_, step) => `${step} of 400`).join('\r');
	assert.equal(logText(bar), '400 of 400');
});

test('a shorter text after a carriage return leaves the rest, an erase does not', () => {
	assert.equal(logText('downloading\rdone'), 'doneloading');
	assert.equal(logText('downloading\r\u001b[Kdone'), 'done');
	assert.equal(logText('50 %\b\b\b\b60 %\r'), '60 %');
});

test('raw shows what came', () => {
	assert.equal(
		logLine('a\rb\u001b[1m', true)
			.spans.map(({text}) => text)
			.join(''),
		'a␍b␛[1m',
	);
});

test('no line of a log controls the terminal', () =>
	fc.assert(
		fc.property(hostile, fc.boolean(), (text, raw) => {
			for (const {text: shown} of logLine(text, raw).spans) assert.doesNotMatch(shown, /[\u0000-\u001f\u007f-\u009f]/);
		}),
	));

test('a line that counts no failures does not read like one', () => {
	for (const line of ['✗ refunds', 'ERROR: 500', 'Error: expected 200', 'not ok 3', 'make: *** failed'])
		assert.ok(readsLikeFailure(line), line);
	for (const line of ['12 passed, 0 failed', 'no errors', 'errors: 0', 'failover ready', 'error-budget ok'])
		assert.ok(!readsLikeFailure(line), line);
});

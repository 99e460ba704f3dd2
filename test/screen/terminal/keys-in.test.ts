import assert from 'node:assert/strict';
import test from 'node:test';
import {keysIn, type Press} from '../../../source/screen/terminal/keys-in.ts';
import {testClock} from './clock.ts';

/** What is pressed, replied and passed on when these chunks come, with a long pause after the last. */
function heard(...chunks: readonly string[]) {
	const clock = testClock();
	const presses: Press[] = [];
	const passed: string[] = [];
	let replies = 0;
	const feed = keysIn({
		after: clock.after,
		press: press => presses.push(press),
		reply: () => replies++,
		pass: text => passed.push(text),
	});
	for (const chunk of chunks) feed(chunk);
	clock.pass(10_000);
	return {presses, passed, replies};
}

/** The names of the keys, a paste in quotes. */
const names = (...chunks: readonly string[]) =>
	heard(...chunks).presses.map(press => ('paste' in press ? JSON.stringify(press.paste) : press.key));

const named = {
	'\r': 'enter',
	'\n': 'enter',
	'\t': 'tab',
	'\u007f': 'backspace',
	'\b': 'backspace',
	'\u0003': 'ctrl-c',
	'\u0018': 'ctrl-x',
	' ': ' ',
	'!': '!',
	é: 'é',
	'👩‍👩‍👧': '👩‍👩‍👧',
	'\u001b[A': 'up',
	'\u001bOB': 'down',
	'\u001b[C': 'right',
	'\u001bOD': 'left',
	'\u001b[Z': 'shift-tab',
	'\u001b[5~': 'page-up',
	'\u001b[6~': 'page-down',
	'\u001b[H': 'home',
	'\u001b[1~': 'home',
	'\u001bOF': 'end',
	'\u001b[4~': 'end',
	'\u001b[3~': 'delete',
	'\u001bOP': 'f1',
	'\u001b[[B': 'f2',
	'\u001b[15~': 'f5',
	'\u001b[1;5C': 'ctrl-right',
	'\u001b[5;2~': 'shift-page-up',
	'\u001b[1;3A': 'alt-up',
	'\u001bx': 'alt-x',
	'\u001b\r': 'alt-enter',
	'\u001b': 'esc',
};

test('each key has its name, however its sequence is split', () => {
	for (const [sequence, key] of Object.entries(named)) {
		assert.deepEqual(heard(sequence).presses, [{key, alone: true}], JSON.stringify(sequence));
		if (!sequence.startsWith('\u001b')) continue;
		assert.deepEqual(heard(...sequence).presses, [{key, alone: true}], `${JSON.stringify(sequence)} split`);
	}
});

test('characters of one chunk are keys one by one, and none of them is alone', () => {
	assert.deepEqual(names('T0\r'), ['T', '0', 'enter']);
	assert.ok(heard('T0\r').presses.every(press => 'key' in press && !press.alone));
	assert.deepEqual(names('y\u001b[A\r\nz'), ['y', 'up', 'enter', 'z']);
});

test('an Enter that came by itself is alone', () => {
	assert.deepEqual(heard('GO', '\r').presses.at(-1), {key: 'enter', alone: true});
});

test('an escape at the end of a chunk with other keys is not alone', () => {
	assert.deepEqual(heard('q\u001b').presses, [
		{key: 'q', alone: false},
		{key: 'esc', alone: false},
	]);
	assert.deepEqual(heard('\u001b', '\r').presses, [{key: 'alt-enter', alone: true}]);
});

test('a lone escape is the key once a short time has passed, and not before', () => {
	const clock = testClock();
	const presses: Press[] = [];
	const feed = keysIn({after: clock.after, press: press => presses.push(press), reply() {}, pass() {}});
	feed('\u001b');
	clock.pass(49);
	assert.deepEqual(presses, []);
	clock.pass(1);
	assert.deepEqual(presses, [{key: 'esc', alone: true}]);
	feed('[A');
	assert.deepEqual(presses.length, 3);
});

test('two escapes are two keys', () => {
	assert.deepEqual(names('\u001b\u001b'), ['esc', 'esc']);
	assert.deepEqual(names('\u001b\u001b[A'), ['esc', 'up']);
});

test('a bracketed paste is one event, line breaks and escapes within it too, in however many chunks', () => {
	const paste = '\u001b[200~GO\r\nrm -rf\u001b[A\u001b[201~';
	assert.deepEqual(heard(paste).presses, [{paste: 'GO\r\nrm -rf\u001b[A'}]);
	assert.deepEqual(heard(...paste).presses, [{paste: 'GO\r\nrm -rf\u001b[A'}]);
	assert.deepEqual(names(`a${paste}\r`), ['a', JSON.stringify('GO\r\nrm -rf\u001b[A'), 'enter']);
});

test('a paste whose end never comes ends after a while, and keys work again', () => {
	assert.deepEqual(names('\u001b[200~half'), ['"half"']);
	assert.deepEqual(heard('\u001b[200~half').presses, [{paste: 'half', isCut: true}]);
});

test('a terminal reply is removed anywhere in the input and leaves an adjacent Enter', () => {
	assert.deepEqual(heard('\u001b[0n\r'), {presses: [{key: 'enter', alone: true}], passed: ['\r'], replies: 1});
	assert.deepEqual(heard('a', '\u001b[0', 'n', '\u001b[3n'), {
		presses: [{key: 'a', alone: true}],
		passed: ['a'],
		replies: 2,
	});
});

test('reports and unknown sequences are no keys', () => {
	assert.deepEqual(
		names('\u001b[?1;2c\u001b[I\u001b[<0;1;1M\u001b]11;rgb:0/0/0\u0007\u001bP1$r0m\u001b\\\u001b[M\u0085'),
		[],
	);
});

test('an unfinished sequence is forgotten and types nothing', () => {
	assert.deepEqual(names('\u001b[12;'), []);
	assert.deepEqual(names('\u001b]0;title'), []);
	assert.deepEqual(names('\u001b['), ['alt-[']);
});

import assert from 'node:assert/strict';
import test from 'node:test';
import {Acknowledgement} from '../../../source/screen/terminal/flow-control.ts';
import {Painter} from '../../../source/screen/terminal/painter.ts';
import {testClock} from './clock.ts';
import {TestTerminal} from './terminal.ts';

function painted(columns: number, rows: number, ascii = false) {
	const clock = testClock();
	const terminal = new TestTerminal(columns, rows);
	const write = (bytes: string) => terminal.write(bytes);
	const acknowledgement = new Acknowledgement({clock, send: write, ready: () => painter.flush()});
	const painter = new Painter(columns, rows, {write, acknowledgement, ascii});
	return {clock, terminal, acknowledgement, painter};
}

/** A whole frame, as Ink would write it over the last one. */
const frame = (...lines: readonly string[]) => `\u001b[?25l\u001b[H\u001b[J${lines.join('\n')}`;

test('a frame that is the same as the last one costs no byte', () => {
	const {painter, terminal} = painted(80, 24);
	painter.write(frame('\u001b[7m HOLD \u001b[27m G5 failed', '', 'now 21:47:19'));
	assert.notEqual(terminal.taken(), '');
	painter.write(frame('\u001b[7m HOLD \u001b[27m G5 failed', '', 'now 21:47:19'));
	assert.equal(terminal.taken(), '');
});

test('one changed cell costs a move and a character', () => {
	const {painter, terminal} = painted(80, 24);
	painter.write(frame('', '', '', '', ' now 21:47:19'));
	terminal.taken();
	painter.write(frame('', '', '', '', ' now 21:47:20'));
	assert.equal(terminal.taken(), '\u001b[2D20');
	painter.write(frame('', '', '', '', ' now 21:47:21'));
	assert.equal(terminal.taken(), '\b1');
});

test('of several changes within an open frame only the last is painted', async () => {
	const {painter, terminal} = painted(20, 3);
	painter.write('\u001b[?2026h');
	painter.write(frame('one'));
	painter.write(frame('two'));
	assert.equal(terminal.taken(), '');
	painter.write('\u001b[?2026l');
	assert.deepEqual(await terminal.lines(), ['two', '', '']);
});

test('a frame of some size is shown at once', () => {
	const {painter, terminal} = painted(80, 24);
	painter.write(frame('x'.repeat(80)));
	assert.match(terminal.taken(), /^\u001b\[\?2026h.*\u001b\[\?2026l$/s);
});

test('the end of a line is erased, not overwritten', () => {
	const {painter, terminal} = painted(80, 24);
	painter.write(frame('a long line that will be short'));
	terminal.taken();
	painter.write(frame('a long'));
	assert.equal(terminal.taken(), '\u001b[8G\u001b[K');
});

test('a style is worn for as long as it lasts, and taken off where the line is erased', async () => {
	const {painter, terminal} = painted(20, 2);
	painter.write(frame('\u001b[1;31mFAIL\u001b[39m bold\u001b[22m plain'));
	assert.match(terminal.taken(), /\u001b\[1;31mFAIL \u001b\[39mbold \u001b\[mplain/);
	painter.write(frame('\u001b[44mFAIL\u001b[49m'));
	const [line = []] = await terminal.cells();
	assert.deepEqual(line.slice(4), new Array(16).fill(' '));
});

test('wide characters are replaced whole, whichever half changes', async () => {
	const {painter, terminal} = painted(10, 1);
	for (const line of ['日本語', 'a本語', ' 日語', '日本語', '日 x語', 'xxxxxxxx', '日本語日本', '日']) {
		painter.write(frame(line));
		assert.deepEqual(await terminal.lines(), [line], line);
	}
});

test('what is too long for a row stays in it', async () => {
	const {painter, terminal} = painted(6, 3);
	painter.write(frame('one two three', 'abcde日', 'end'));
	assert.deepEqual(await terminal.lines(), ['one tw', 'abcde', 'end']);
});

test('where terminals differ on the width of an emoji or a trigram, the text after it keeps its place', async () => {
	// The emulator takes them for one cell, the layout for two.
	for (const wide of ['👍', '☷']) {
		const {painter, terminal} = painted(20, 1);
		painter.write(frame(`${wide} ok`));
		painter.write(frame(`${wide} no`));
		assert.deepEqual(await terminal.lines(), [`${wide}  no`]);
		painter.write(frame('up no'));
		assert.deepEqual(await terminal.lines(), ['up no']);
	}
});

test('the neighbour of an emoji is written again with it, in case the emoji lies across it', () => {
	const {painter, terminal} = painted(20, 1);
	painter.write(frame('a👍z'));
	terminal.taken();
	painter.write(frame('a👌z'));
	assert.match(terminal.taken(), /👌\u001b\[4Gz/);
});

test('a blank between inverse words is not inverse', async () => {
	const {painter, terminal} = painted(20, 1);
	painter.write(frame('\u001b[7mHOLD\u001b[27m \u001b[7mG5\u001b[27m \u001b[4mhere\u001b[24m x'));
	const [line = []] = await terminal.cells();
	assert.deepEqual([line[4], line[7], line[12]], [' ', ' ', ' ']);
});

test('a full last column leaves no doubt where the next cell goes', async () => {
	const {painter, terminal} = painted(5, 2);
	for (const lines of [
		['12345', 'abcde'],
		['1234x', 'xbcde'],
		['x234y', 'xbcdy'],
	]) {
		painter.write(frame(...lines));
		assert.deepEqual(await terminal.lines(), lines);
	}
	painter.write(`${frame('12345', '67890')}\u001b[5G\u001b[?25h`);
	assert.deepEqual(await terminal.cursor(), {row: 1, column: 4});
});

test('what Ink never says does not reach the terminal', async () => {
	const {painter, terminal} = painted(20, 2);
	painter.write(frame('a\u001b]0;title\u0007b\u001b[5nc\u001b[?1000hd\u0007\u009b31me\u001bcf\u001bP1\u001b\\g'));
	assert.doesNotMatch(terminal.taken(), /title|\[5n|1000|[\u0007\u0080-\u009f]|\u001bc|\u001bP/);
});

test('a terminal that knows ASCII only gets nothing else', async () => {
	const {painter, terminal} = painted(20, 1, true);
	painter.write(frame('é 日 ─ Û ok'));
	assert.match(terminal.bytes, /^[\u001b -~]*$/);
	assert.deepEqual(await terminal.lines(), ['? ?? ? ? ok']);
});

test('the cursor is shown where Ink put it, and hidden when Ink hides it', async () => {
	const {painter, terminal} = painted(20, 3);
	painter.write(`${frame('one', 'type: ', 'three')}\u001b[1A\u001b[7G\u001b[?25h`);
	assert.match(terminal.taken(), /\u001b\[\?25h/);
	assert.deepEqual(await terminal.cursor(), {row: 1, column: 6});
	painter.write('\u001b[?25l');
	assert.equal(terminal.taken(), '\u001b[?25l');
});

test('a resize repaints everything once', async () => {
	const {painter, terminal} = painted(20, 3);
	painter.write(frame('one', 'two', 'three'));
	terminal.resize(10, 2);
	terminal.taken();
	painter.resize(10, 2, () => {
		painter.write(frame('one'));
		painter.write(frame('one', 'two'));
	});
	assert.equal(terminal.taken().split('\u001b[2J').length, 2);
	assert.deepEqual(await terminal.lines(), ['one', 'two']);
});

test('a resize paints although a reply is awaited', async () => {
	const {painter, terminal, acknowledgement} = painted(20, 3);
	acknowledgement.replied();
	painter.write(frame('one '.repeat(5), 'two '.repeat(5), 'three'));
	assert.ok(acknowledgement.waiting);
	terminal.resize(10, 2);
	painter.resize(10, 2, () => painter.write(frame('now')));
	assert.deepEqual(await terminal.lines(), ['now', '']);
});

test('the screen can be repainted after another program wrote on the terminal', async () => {
	const {painter, terminal} = painted(20, 2);
	painter.write(frame('one', 'two'));
	terminal.write('\u001b[H\u001b[41mgarbage\u001b[5;5H');
	painter.repaint();
	assert.deepEqual(await terminal.lines(), ['one', 'two']);
});

test('while a reply is awaited nothing is sent, and then only how it is by then', async () => {
	const {painter, terminal, acknowledgement} = painted(40, 3);
	painter.write(frame('first'));
	acknowledgement.replied();
	painter.write(frame('a line that is long enough to be asked for.'));
	assert.match(terminal.taken(), /\u001b\[5n$/);
	for (let count = 0; count < 100; count++) painter.write(frame(`frame ${count}`));
	assert.equal(terminal.taken(), '');
	acknowledgement.replied();
	assert.deepEqual(await terminal.lines(), ['frame 99', '', '']);
});

test('what a key changed goes beside a frame that is on its way, but not without end, and never the tail', async () => {
	const {painter, terminal, acknowledgement} = painted(40, 4);
	painter.last = {from: 2, to: 4};
	painter.write(frame('first'));
	acknowledgement.replied();
	painter.write(frame('a line that is long enough to be asked for.'));
	terminal.taken();
	painter.write(frame('a tick'));
	assert.equal(terminal.taken(), '', 'only a key may');
	painter.hurry();
	painter.write(frame('typed', '', 'tail 1', 'tail 2'));
	assert.deepEqual(await terminal.lines(), ['typed', '', '', '']);
	for (let key = 0; key < 50; key++) {
		painter.hurry();
		painter.write(frame(`typed ${key}`, '', `tail ${key}`));
	}
	const beside = terminal.taken();
	assert.ok(beside.length < 200 && !beside.includes('\u001b[5n'), JSON.stringify(beside));
	acknowledgement.replied();
	assert.deepEqual(await terminal.lines(), ['typed 49', '', 'tail 49', '']);
});

test('on a slow line a frame ends within its budget, and the rows of the tail come last', async () => {
	const {painter, terminal, acknowledgement} = painted(80, 24);
	const lines = (text: string) => Array.from({length: 24}, (_, row) => `${text} ${row} `.padEnd(80, '.'));
	painter.last = {from: 10, to: 20};
	painter.write(frame(...lines('old')));
	acknowledgement.replied();
	acknowledgement.budget = 400;
	terminal.taken();
	painter.write(frame(...lines('new')));
	for (let part = 0; part < 40 && acknowledgement.waiting; part++) {
		assert.ok(terminal.taken().length < 600);
		const reported = (await terminal.lines()).map(line => line.slice(0, 3));
		if (reported.slice(10, 20).includes('new'))
			assert.ok(![...reported.slice(0, 10), ...reported.slice(20)].includes('old'));
		if (reported[10] === 'new') assert.ok(!reported.slice(10, 20).includes('old'));
		acknowledgement.replied();
	}
	assert.deepEqual(await terminal.lines(), lines('new'));
});

test('a terminal that takes no more is left alone until it does', async () => {
	const terminal = new TestTerminal(20, 1);
	let full = false;
	const acknowledgement = new Acknowledgement({clock: testClock(), send() {}, ready() {}});
	const write = (bytes: string) => terminal.write(bytes) && !full;
	const painter = new Painter(20, 1, {write, acknowledgement, ascii: false});
	full = true;
	painter.write(frame('one'));
	terminal.taken();
	painter.write(frame('two'));
	assert.equal(terminal.taken(), '');
	full = false;
	painter.drained();
	assert.deepEqual(await terminal.lines(), ['two']);
});

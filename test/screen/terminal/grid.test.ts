import assert from 'node:assert/strict';
import test from 'node:test';
import {Grid} from '../../../source/screen/terminal/grid.ts';
import {interpret} from '../../../source/screen/terminal/parse.ts';
import {numbersFrom, pick} from './random.ts';
import {TestTerminal} from './terminal.ts';

/** Each row as text, without the blanks at its end. */
const lines = ({cells: {text, columns, rows}}: Grid) =>
	Array.from({length: rows}, (_, row) =>
		text
			.slice(row * columns, (row + 1) * columns)
			.join('')
			.trimEnd(),
	);

const moves = [
	'\r',
	'\n',
	'\u001b[A',
	'\u001b[2B',
	'\u001b[3C',
	'\u001b[D',
	'\u001b[E',
	'\u001b[F',
	'\u001b[4G',
	'\u001b[H',
	'\u001b[2;5H',
];
const erasures = ['\u001b[K', '\u001b[1K', '\u001b[2K', '\u001b[J', '\u001b[1J', '\u001b[2J'];
const texts = ['a', 'xyz', '日', '日本', 'e\u0301', ' ', '─'];

test('what is written lands where a real terminal puts it', async () => {
	const next = numbersFrom(7);
	for (let run = 0; run < 150; run++) {
		const grid = new Grid(12, 4);
		const terminal = new TestTerminal(12, 4);
		terminal.write('\u001b[?1049h\u001b[H');
		for (let count = 0; count < 30; count++) {
			const bytes = pick(next, [...moves, ...texts, ...texts, ...(next() < 0.1 ? erasures : [])]);
			if (texts.includes(bytes) && grid.column + 4 > 12) continue;
			interpret(grid, bytes);
			terminal.write(bytes);
		}
		assert.deepEqual(lines(grid), await terminal.lines(), `run ${run}`);
		assert.deepEqual({row: grid.row, column: grid.column}, await terminal.cursor(), `run ${run}`);
	}
});

test('a full row keeps its last character however it is left', () => {
	const grid = new Grid(4, 2);
	interpret(grid, 'abcdef\u001b[K');
	assert.deepEqual(lines(grid), ['abc', '']);
	interpret(grid, '\r\u001b[Kabc日\nnext');
	assert.deepEqual(lines(grid), ['abc', 'next']);
});

test('a mark without a width joins the character before it', () => {
	const grid = new Grid(6, 1);
	for (const text of ['日', '\u0301', 'x', '\u0308']) interpret(grid, text);
	assert.deepEqual(lines(grid), ['日\u0301x\u0308']);
});

test('a smaller window keeps the row of the cursor, a larger one its content', () => {
	const grid = new Grid(6, 4);
	interpret(grid, 'one\ntwo\nthree\nfour');
	grid.resize(6, 2);
	assert.deepEqual(lines(grid), ['three', 'four']);
	assert.deepEqual([grid.row, grid.column], [1, 4]);
	grid.resize(8, 3);
	assert.deepEqual(lines(grid), ['three', 'four', '']);
});

test('a wide character that a smaller window halves is gone', () => {
	const grid = new Grid(6, 1);
	interpret(grid, 'abc日');
	grid.resize(4, 1);
	assert.deepEqual(lines(grid), ['abc']);
});

// The painter's promise: whatever Ink draws, the real terminal ends up as if Ink had drawn it there itself.
import './colours.ts';
import assert from 'node:assert/strict';
import {PassThrough} from 'node:stream';
import test from 'node:test';
import {Box, render, Text} from 'ink';
import {createElement as h, type ReactElement} from 'react';
import {openPainter} from '../../../source/screen/terminal/open-painter.ts';
import {cut} from '../../../source/text/fit.ts';
import {testClock} from './clock.ts';
import {numbersFrom, pick} from './random.ts';
import {TestTerminal} from './terminal.ts';

type Piece = {readonly text: string; readonly style: object};
type Screen = ReadonlyArray<readonly Piece[]>;

const styles = [
	{},
	{},
	{},
	{bold: true},
	{color: 'red'},
	{inverse: true},
	{underline: true, color: 'cyan'},
	{dimColor: true},
];
const more = [
	{backgroundColor: 'blue'},
	{strikethrough: true},
	{color: '#12ab34', italic: true},
	{color: 'ansi256(140)', bold: true},
];
const texts = [
	'',
	'a',
	'PASS',
	'G5 failed',
	'✔ ok',
	'日本語',
	'한글 x',
	'─'.repeat(20),
	'   ',
	'00:12:41',
	'café',
	'█░░',
];

const options = {patchConsole: false, exitOnCtrlC: false, interactive: true} as const;
const quiet = () => Object.assign(new PassThrough(), {isTTY: true, setRawMode() {}, ref() {}, unref() {}});

function randomRow(next: () => number): Piece[] {
	return Array.from({length: Math.floor(next() * 6)}, () => ({
		text: pick(next, texts),
		style: pick(next, [...styles, ...more]),
	}));
}

function changed(next: () => number, screen: Screen, rows: number): Screen {
	const all = next() < 0.1;
	return Array.from({length: rows}, (_, row) =>
		all || next() < 0.2 ? randomRow(next) : (screen[row] ?? randomRow(next)),
	);
}

const drawn = (screen: Screen, columns: number, rows: number): ReactElement =>
	h(
		Box,
		{width: columns, height: rows, flexDirection: 'column'},
		screen.map((pieces, row) =>
			h(
				Box,
				{key: row, height: 1, width: columns, flexShrink: 0, overflow: 'hidden'},
				pieces.map(({text, style}, index) =>
					h(Box, {key: index, width: 9, flexShrink: 0}, h(Text, {...style, wrap: 'truncate'}, cut(text, 9))),
				),
			),
		),
	);

async function plainly(screen: Screen, columns: number, rows: number): Promise<string[][]> {
	const terminal = new TestTerminal(columns, rows);
	const ink = render(drawn(screen, columns, rows), {...options, stdout: terminal, stdin: quiet()});
	await ink.waitUntilRenderFlush();
	const cells = await terminal.cells();
	ink.unmount();
	return cells;
}

for (const incrementalRendering of [true, false]) {
	test(`random screens and sizes look as if Ink had drawn them, ${incrementalRendering ? 'incremental' : 'whole'} frames`, async () => {
		for (let seed = 1; seed <= 3; seed++) {
			const next = numbersFrom(seed);
			let [columns, rows] = [40, 8];
			let screen = changed(next, [], rows);
			const terminal = new TestTerminal(columns, rows);
			const clock = testClock();
			const painter = openPainter({input: quiet(), output: terminal, clock});
			const {stdout, stdin} = painter;
			const ink = render(drawn(screen, columns, rows), {...options, incrementalRendering, maxFps: 1000, stdout, stdin});
			for (let frame = 0; frame < 25; frame++) {
				if (next() < 0.2) {
					[columns, rows] = [20 + Math.floor(next() * 40), 3 + Math.floor(next() * 10)];
					terminal.resize(columns, rows);
				}
				screen = changed(next, screen, rows);
				ink.rerender(drawn(screen, columns, rows));
				await ink.waitUntilRenderFlush();
				assert.deepEqual(await terminal.cells(), await plainly(screen, columns, rows), `seed ${seed}, frame ${frame}`);
			}
			ink.unmount();
			const closed = painter.close();
			clock.pass(1000);
			await closed;
		}
	});
}

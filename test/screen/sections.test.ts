/** Rows and sections: what is cut says so, and what is chosen is to be seen. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {toAscii} from '../../source/screen/panels/ascii.ts';
import {cell, fitted, inset, type Line, span, spread, widthOf} from '../../source/screen/panels/line.ts';
import {outputRows} from '../../source/screen/panels/run/output.ts';
import {lazyRow, row, type Section, stacked} from '../../source/screen/panels/section.ts';
import {openTheme} from '../../source/screen/theme.ts';
import {safe} from '../../source/text/clean.ts';
import {cells} from '../../source/text/fit.ts';
import {cost} from '../harness/cost.ts';
import {hostile} from './histories.ts';

const theme = openTheme({ascii: false, colour: false});
const textIn = (line: Line | undefined): string => (line ?? []).map(({text}) => text).join('');
const words = (...texts: readonly string[]): Line => texts.map(text => span(safe(text)));

test('a row has exactly the width it was given, for any content', () =>
	fc.assert(
		fc.property(
			fc.array(hostile, {maxLength: 6}),
			fc.array(hostile, {maxLength: 2}),
			fc.nat({max: 130}),
			(left, right, width) => {
				assert.equal(widthOf(fitted(words(...left), width)), width);
				assert.equal(widthOf(spread(width, words(...left), words(...right))), width);
				assert.equal(widthOf(inset(width, words(...left), words(...right))), width);
			},
		),
	));

test('a row that is cut ends in …, also where a span ends with the row', () => {
	assert.equal(textIn(fitted(words('gate ', 'G5 failed'), 9)), 'gate G5 …');
	assert.equal(textIn(fitted(words('gate ', 'G5', ' failed'), 7)), 'gate G…');
	assert.equal(textIn(fitted(words('gate ', 'G5'), 7)), 'gate G5');
});

test('the end of a row stays whole and its beginning is cut', () => {
	assert.equal(textIn(spread(20, words('a very long reason'), words('attempt 2'))), 'a very lo… attempt 2');
	assert.equal(textIn(spread(20, words('short'), words('attempt 2'))), 'short      attempt 2');
});

test('ASCII replacements take the same cells', () =>
	fc.assert(
		fc.property(hostile, text => {
			const clean = safe(text);
			const plain = toAscii(clean);
			assert.match(plain, /^[ -~]*$/);
			assert.equal(cells(plain), cells(clean));
		}),
	));

test('an accented name keeps its letters in ASCII, a name in another script its cells', () => {
	assert.equal(toAscii(safe('Zoë')), 'Zoe');
	assert.equal(toAscii(safe('✖ 太郎')), 'x ????');
});

const section = (title: string, count: number, chosen: number | null, least: number): Section => ({
	title: safe(title),
	about: safe(''),
	rows: Array.from({length: count}, (_, at) =>
		row(
			[`${title}${at}`],
			Array.from({length: 1 + (at % 3)}, (_line, part) => [cell(safe(`${title}${at}.${part}`), 10)]),
		),
	),
	chosen: chosen === null ? null : `${title}${chosen % count}`,
	least,
});

const counts = fc.array(fc.integer({min: 1, max: 20}), {minLength: 1, maxLength: 4});

test('the chosen row is always to be seen, however little room there is', () =>
	fc.assert(
		fc.property(
			counts,
			fc.nat({max: 3}),
			fc.nat({max: 19}),
			fc.integer({min: 2, max: 30}),
			(sizes, used, marked, rows) => {
				const inUse = used % sizes.length;
				const sections = sizes.map((count, at) => section('abcd'[at] ?? 'e', count, at === inUse ? marked : null, 2));
				const lines = stacked(sections, {columns: 40, rows}, theme).map(textIn);
				assert.ok(lines.length <= rows);
				assert.ok(
					lines.some(line => line.startsWith(`${sections[inUse]?.chosen ?? ''}.0`)),
					lines.join('\n'),
				);
			},
		),
	));

test('a section that hides lines says how many', () => {
	const [head] = stacked([section('a', 9, 0, 1)], {columns: 40, rows: 5}, theme);
	assert.match(textIn(head), /^── a ─+ 14 more ──$/);
	const [end] = stacked([section('a', 9, 8, 1)], {columns: 40, rows: 5}, theme);
	assert.match(textIn(end), /^── a ─+ 13 more above, 1 below ──$/);
});

test('the row with the mark is a bar of reverse video, the others are not', () => {
	const [, first, second] = stacked([section('a', 2, 1, 1)], {columns: 40, rows: 4}, theme);
	assert.deepEqual(
		[first, second].map(line => line?.every(({look}) => look.inverse === true)),
		[false, true],
	);
});

test('only rows in the window are made, however long the list is', () => {
	let made = 0;
	const rows = Array.from({length: 1000}, (_, at) =>
		lazyRow([`r${at}`], 1, () => {
			made++;
			return [[span(safe(`r${at}`))]];
		}),
	);
	for (const room of [2, 12])
		stacked(
			[{...section('a', 1, 0, 2), rows, chosen: 'r500'}, section('b', 3, null, 2)],
			{columns: 40, rows: room},
			theme,
		);
	assert.ok(made <= 14, `${made} rows were made`);
});

test('only the lines of an output that are shown are cleaned, a flood of one line too', () => {
	const flood = `${'x'.repeat(5_000_000)}\u001b[2J`;
	let rows: ReturnType<typeof outputRows> = [];
	const shown = cost(() => {
		rows = outputRows([flood, '\u001b[1mok'], 80, {wrap: false, times: true, raw: true});
	});
	assert.equal(textIn(rows[1]), '␛[1mok');
	const whole = cost(() => safe(flood));
	assert.ok(shown < whole / 2, `${shown} of ${whole} ms`);
});

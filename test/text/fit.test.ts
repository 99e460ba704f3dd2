import assert from 'node:assert/strict';
import test from 'node:test';
import {cells, cut, pad, padStart, wrap, wrapHanging} from '../../source/text/fit.ts';

const texts = [
	'',
	'a',
	'hello world',
	'日本語テキスト',
	'a日b',
	'👩‍👩‍👧 family',
	'cafe\u0301 ole\u0301',
	'✔ PASS',
	'한글',
	'⚠️ 1️⃣',
];
const widths = Array.from({length: 14}, (_, width) => width);

test('wide characters and emoji take two cells, combining marks none', () => {
	assert.deepEqual(['a', '日', '👍', 'e\u0301', '✔', '…', ''].map(cells), [1, 2, 2, 1, 1, 1, 0]);
});

test('a cut text is never wider than its width, and whole where it fits', () => {
	for (const text of texts) {
		for (const width of widths) {
			assert.ok(cells(cut(text, width)) <= width, `${text} in ${width}`);
			if (cells(text) <= width) assert.equal(cut(text, width), text);
		}
	}
	assert.equal(cut('hello world', 5), 'hell…');
	assert.equal(cut('日本語', 4), '日…');
	assert.equal(cut('hello', 4, {ascii: true}), 'hel~');
	assert.equal(cut('hello', 0), '');
});

test('a padded text takes exactly its width', () => {
	for (const text of texts) {
		for (const width of widths) {
			assert.equal(cells(pad(text, width)), width, `${text} in ${width}`);
			assert.equal(cells(padStart(text, width)), width, `${text} in ${width}`);
		}
	}
	assert.equal(padStart('7', 3), '  7');
	assert.equal(pad('日本語', 4), '日… ');
});

test('words wrap at spaces, and only a word wider than the line is broken', () => {
	assert.deepEqual(wrap('the quick brown fox', 10), ['the quick', 'brown fox']);
	assert.deepEqual(wrap('a overtheverylazydog b', 8), ['a', 'overthev', 'erylazyd', 'og b']);
	assert.deepEqual(wrap('  kept', 10), ['  kept']);
	assert.deepEqual(wrap('', 10), ['']);
});

test('what goes on in the next line begins two cells right of where its text begins', () => {
	assert.deepEqual(wrapHanging('  G1  bash ops/preflight.sh --strict', 20), [
		'  G1  bash',
		'    ops/preflight.sh',
		'    --strict',
	]);
	assert.deepEqual(wrapHanging('  G1  bash', 20), ['  G1  bash']);
});

test('no wrapped line is wider than the line, and nothing but spaces is lost', () => {
	for (const text of texts) {
		for (const width of widths.slice(2)) {
			const lines = wrap(text, width);
			for (const line of lines) assert.ok(cells(line) <= width, `${text} in ${width}`);
			assert.equal(lines.join('').replaceAll(' ', ''), text.replaceAll(' ', ''));
		}
	}
});

test('a grapheme wider than the line becomes a mark', () => {
	assert.deepEqual(wrap('日', 1), ['…']);
});

test('a word of a hundred thousand letters wraps whole', () => {
	assert.equal(wrap('é'.repeat(200_000), 80).length, 2500);
});

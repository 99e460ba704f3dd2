import assert from 'node:assert/strict';
import process from 'node:process';
import test from 'node:test';
import {hiddenCharacter, joinSafe, json, phrase, safe, safeLines} from '../../source/text/clean.ts';

const everyControl = Array.from({length: 0xa0}, (_, code) => String.fromCharCode(code)).filter(
	character => character < ' ' || character > '~',
);

test('no control character survives, whichever it is', () => {
	for (const character of everyControl) assert.match(safe(`a${character}b`), /^a[^\u0000-\u001f\u007f-\u009f]+b$/u);
});

test('controls become pictures, and C1 ones the escape sequence that they are short for', () => {
	assert.equal(safe('\u001b[2J\u0007\u007f'), '␛[2J␇␡');
	assert.equal(safe('\u009b31m'), '␛[31m');
	assert.equal(safe('one\r\ntwo'), 'one␍␊two');
	assert.equal(safe('a\tb'), 'a    b');
});

test('what reorders or hides text is shown by its code point', () => {
	assert.equal(safe('pay\u202elap'), 'pay<U+202E>lap');
	assert.equal(safe('a\u200bb\u2066c\u00add\ufeffe'), 'a<U+200B>b<U+2066>c<U+00AD>d<U+FEFF>e');
	assert.equal(safe('x\u{e0041}\u2028'), 'x<U+E0041><U+2028>');
});

test('honest text stays as it is: accents, other scripts, emoji of several code points', () => {
	for (const text of ['plain', 'Zuständig', 'e\u0301', '日本語', 'עברית', '👩‍👩‍👧 ⚠️ 👍🏽', '✔ PASS ─│'])
		assert.equal(safe(text), text);
});

test('a joiner that joins no emoji is shown', () => {
	assert.equal(safe('a\u200db'), 'a<U+200D>b');
	assert.equal(safe('a\ufe0f'), 'a<U+FE0F>');
});

test('combining marks are limited, and none precedes the first letter', () => {
	assert.equal(safe(`e${'\u0301'.repeat(1000)}x`), `e${'\u0301'.repeat(4)}\ufffdx`);
	assert.equal(safe('\u0301a'), '\u25cc\u0301a');
});

test('half a surrogate pair is replaced', () => {
	assert.equal(safe('a\ud800b\udc00'), 'a\ufffdb\ufffd');
});

test('safe text is safe already', () => {
	for (const text of [...everyControl, '\u202e', '\u0301a', `e${'\u0301'.repeat(9)}`])
		assert.equal(safe(safe(text)), safe(text));
});

test('lines end at LF and CRLF, and a CR alone is shown', () => {
	assert.deepEqual(safeLines('one\r\ntwo\n\nten\r20\n'), ['one', 'two', '', 'ten␍20']);
	assert.deepEqual(safeLines(''), []);
});

test('safe text, numbers and literals make safe text', () => {
	assert.equal(phrase`G${5} failed: "${safe('a\u0007')}"`, 'G5 failed: "a␇"');
	assert.equal(joinSafe([safe('a'), safe('b')], ' · '), 'a · b');
});

test('JSON escapes what a terminal or an editor would obey, and reads back the same', () => {
	const value = {'key\u009b': 'a\u001b\u007f\u0085\u202e\u2028\u200b\ufeffé日'};
	const text = json(value);
	assert.doesNotMatch(text, /[\u0000-\u001f\u007f-\u009f\u202e\u2028\u200b\ufeff]/);
	assert.match(text, /é日/);
	assert.deepEqual(JSON.parse(text), value);
	assert.equal(json([1], 2), '[\n  1\n]');
	assert.equal(json(undefined), 'null');
});

test('a hidden character is named with its place, the gravest kind first', () => {
	assert.deepEqual(hiddenCharacter('a\u200bb\u0000'), {index: 3, kind: 'control', name: 'U+0000 null'});
	assert.deepEqual(hiddenCharacter('ab\u202e'), {
		index: 2,
		kind: 'bidirectional',
		name: 'U+202E right-to-left override',
	});
	assert.deepEqual(hiddenCharacter('ab\u200b'), {index: 2, kind: 'invisible', name: 'U+200B zero width space'});
});

test('a word of letters that look alike is found, a word of scripts that belong together is not', () => {
	assert.deepEqual(hiddenCharacter('to pаypal'), {index: 3, kind: 'mixed scripts', name: 'Latin and Cyrillic'});
	for (const text of ['K8s集群', 'GoノーゴーOK', 'réseau', 'Привет world', 'tab\tand\r\nlines', '⚠️ T-60'])
		assert.equal(hiddenCharacter(text), null, text);
});

test('a hostile text of a megabyte is cleaned in linear time', () => {
	// Time of the processor: others may keep it busy.
	const began = process.cpuUsage();
	safe('\u0301'.repeat(500_000));
	safe('\u200d'.repeat(500_000));
	hiddenCharacter('а\u0301'.repeat(250_000));
	assert.ok(process.cpuUsage(began).user < 2_000_000);
});

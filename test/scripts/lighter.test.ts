/* Texts that the bundle takes for plain, without a look at Unicode's tables, are what those tables say. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import stringWidth from 'string-width';
import {plain} from '../../scripts/build/lighter.ts';

const one = new RegExp(`^[${plain}]$`);
const bmp = Array.from({length: 0x1_00_00}, (_, code) => String.fromCharCode(code));
const all = bmp.filter(character => one.test(character));
const graphemes = new Intl.Segmenter(undefined, {granularity: 'grapheme'});
const count = (text: string): number => [...graphemes.segment(text)].length;

test('every plain character takes one cell', () => {
	assert.ok(all.length > 1000);
	assert.deepEqual(
		all.filter(character => stringWidth(character) !== 1),
		[],
	);
});

test('a plain character joins no other one', () => {
	const joins = (character: string): boolean =>
		count(`a${character}`) !== 2 || count(`${character}a`) !== 2 || count(character + character) !== 2;
	assert.deepEqual(all.filter(joins), []);
	// Every one beside every other, in two texts of all of them.
	for (let step = 1; step < 20; step++) {
		const text = all.map((_, at) => all[(at * step) % all.length]).join('');
		assert.equal(count(text), text.length);
	}
});

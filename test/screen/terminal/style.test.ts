import assert from 'node:assert/strict';
import test from 'node:test';
import {afterSgr, sgrBetween, showsOnBlank} from '../../../source/screen/terminal/style.ts';
import {numbersFrom, pick} from './random.ts';

const parameters = [
	'',
	'0',
	'1',
	'2',
	'3',
	'4',
	'7',
	'9',
	'22',
	'23',
	'24',
	'27',
	'29',
	'31',
	'92',
	'39',
	'44',
	'103',
	'49',
];
const colours = ['38;5;140', '48;5;7', '38;2;1;2;3', '48;2;7;9;4', '1;31;44', '0;2;7'];

test('the bytes between two styles lead from the one to the other', () => {
	const next = numbersFrom(1);
	let [from, to] = [0, 0];
	for (let count = 0; count < 5000; count++) {
		from = afterSgr(from, pick(next, [...parameters, ...colours]));
		to = afterSgr(to, pick(next, [...parameters, ...colours]));
		const bytes = sgrBetween(from, to);
		assert.equal(from === to ? '' : 'some', bytes === '' ? '' : 'some');
		if (bytes !== '') assert.equal(afterSgr(from, bytes.slice(2, -1)), to);
	}
});

test('the bytes between two styles are few', () => {
	const [red, boldRed, bold] = [afterSgr(0, '31'), afterSgr(0, '1;31'), afterSgr(0, '1')];
	assert.equal(sgrBetween(red, boldRed), '\u001b[1m');
	assert.equal(sgrBetween(boldRed, bold), '\u001b[39m');
	assert.equal(sgrBetween(boldRed, red), '\u001b[22m');
	assert.equal(sgrBetween(boldRed, 0), '\u001b[m');
	assert.equal(sgrBetween(afterSgr(0, '1;3;4;7;31;44'), red), '\u001b[0;31m');
});

test('a blank shows where it is underlined, inverse, struck through or on a background', () => {
	for (const sgr of ['4', '7', '9', '44', '100', '48;5;3', '48;2;1;2;3'])
		assert.ok(showsOnBlank(afterSgr(0, sgr)), sgr);
	for (const sgr of ['', '1', '2', '3', '31', '97', '38;5;44', '38;2;4;7;9'])
		assert.ok(!showsOnBlank(afterSgr(0, sgr)), sgr);
});

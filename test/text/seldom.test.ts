import assert from 'node:assert/strict';
import {test} from 'node:test';
import {seldom} from '../../source/text/seldom.ts';

/** What is said of one text each second, and which. */
function said(seconds: number, textAt: (second: number) => string): readonly string[] {
	const lines: string[] = [];
	let now = 0;
	const say = seldom(
		() => now,
		text => lines.push(text),
	);
	for (let second = 0; second < seconds; second++) {
		now = second * 1000;
		say(textAt(second));
	}
	return lines;
}

test('of two complaints that alternate each is said once in ten minutes', () => {
	const texts = ['no database', 'no files'];
	assert.deepEqual(
		said(1200, second => texts[second % 2] ?? ''),
		[...texts, ...texts],
	);
});

test('complaints that differ each time are said no faster than a hundred in ten minutes', () => {
	assert.equal(said(1200, second => `no answer from port ${second}`).length, 200);
});

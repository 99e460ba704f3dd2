import assert from 'node:assert/strict';
import {test} from 'node:test';
import {difference} from '../../source/cli/approval.ts';

const reported = (before: string, after: string): readonly string[] =>
	difference(before, after).map(({sign, line, text}) => `${sign}${line} ${text}`);

test('what changed is shown line by line, with its place', () => {
	assert.deepEqual(reported('a\nb\nc\nd', 'a\nB\nc\nd\ne'), ['-2 b', '+2 B', '+5 e']);
	assert.deepEqual(reported('a\nb', 'a\nb'), []);
	assert.deepEqual(reported('', 'a\n'), ['+1 a']);
	assert.deepEqual(reported('x\nx\nx', 'x\nx'), ['-3 x']);
});

test('a text that was replaced as a whole is shown as gone and come, however long it is', () => {
	const lines = (word: string): string => Array.from({length: 3000}, (_, index) => `${word} ${index}`).join('\n');
	const changes = difference(lines('old'), lines('new'));
	assert.equal(changes.filter(({sign}) => sign === '-').length, 3000);
	assert.equal(changes.filter(({sign}) => sign === '+').length, 3000);
});

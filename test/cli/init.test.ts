import assert from 'node:assert/strict';
import {symlinkSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {desk} from './desk.ts';

test('the starter and its settings are checked without a warning, and never overwritten', async context => {
	const {answers, folder} = desk(context);
	assert.equal((await answers('init', 'mine.md')).code, 0);
	const {code, stdout} = await answers('check', 'mine.md', '--json');
	assert.equal(code, 0);
	assert.deepEqual(JSON.parse(stdout).problems, []);
	const again = await answers('init', 'mine.md');
	assert.equal(again.code, 1);
	assert.match(again.stderr, /Nothing is overwritten/);
	symlinkSync('nowhere.md', join(folder, 'link.md'));
	assert.equal((await answers('init', 'link.md')).code, 1);
	assert.equal((await answers('init')).code, 2);
});

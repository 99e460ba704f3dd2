/* Processes as /proc tells of them, also in a container, where the first numbers are anybody's. */
import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import process from 'node:process';
import {test} from 'node:test';
import {runningOf, wasGiven} from '../../source/processes/process.ts';
import {observed} from '../harness/observed.ts';

test('what a process was started with is known, whatever the number of who started it', async t => {
	const child = spawn('sleep', ['60'], {env: {PATH: process.env['PATH'], MARK: 'of this test'}, stdio: 'ignore'});
	t.after(() => child.kill('SIGKILL'));
	const found = runningOf(child.pid ?? 0);
	assert.ok(found);
	await observed('its mark', () => wasGiven(found, 'MARK=of this test'));
	assert.ok(wasGiven({...found, parent: 2}, 'MARK=of this test'), 'a container has no kernel thread 2');
	assert.ok(!wasGiven(found, 'MARK=of this'));
});

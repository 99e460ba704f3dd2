import assert from 'node:assert/strict';
import {existsSync} from 'node:fs';
import {test} from 'node:test';
import {desk} from './desk.ts';

test('doctor names the file that a gate will miss, and exits 1', async context => {
	const {cli, remove, state} = desk(context);
	assert.equal((await cli('doctor', 'runbook.md')).code, 0);
	assert.ok(!existsSync(state), 'it only looks');
	remove('docs/acceptance-b.md');
	const {code, stdout} = await cli('doctor', 'runbook.md');
	assert.equal(code, 1);
	assert.match(stdout, /^MISSING {2}file: docs\/acceptance-b\.md is missing\. What needs it cannot run/m);
});

test('doctor says what it cannot find out', async context => {
	const {cli} = desk(context);
	const {findings} = JSON.parse((await cli('doctor', '--json')).stdout);
	for (const {name, holds, text} of findings)
		assert.ok(['yes', 'no', 'unknown', 'beware'].includes(holds) && text !== '', name);
});

test('doctor names every program that attempts need', async context => {
	const {findings} = JSON.parse((await desk(context).cli('doctor', '--json')).stdout);
	for (const program of ['bash', 'git', 'mkfifo'])
		assert.equal(findings.find(({name}: {name: string}) => name === program)?.holds, 'yes', program);
});

test('doctor says of a runbook that is not there that it does not exist', async context => {
	const {cli} = desk(context);
	const {code, stdout} = await cli('doctor', 'nowhere.md');
	assert.equal(code, 1);
	assert.match(stdout, /^MISSING {2}runbook: .*nowhere\.md does not exist\. Check the path\.$/m);
});

test('doctor names a declared secret that is too short to be redacted, before begin refuses it', async context => {
	const {cli, write} = desk(context, {PIN: '1234'});
	write('runbook.cutover.yaml', 'cutover: 1\nsecrets: [PIN]\n');
	const {code, stdout} = await cli('doctor', 'runbook.md');
	assert.equal(code, 1);
	assert.match(stdout, /^MISSING {2}secret: PIN is too short to be kept out of logs: .* Set a longer one\.$/m);
	assert.doesNotMatch(stdout, /1234/);
});

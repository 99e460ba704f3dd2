import assert from 'node:assert/strict';
import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {desk} from './desk.ts';
import {passT0, readyForT0} from './walks.ts';

test('P1 impact is confirmed, the fallback script rolls back, and a person proves it', async context => {
	const night = desk(context);
	const {must, as, status, folder, cli} = night;
	await readyForT0(night);
	await passT0(night, 'DEPLOY-2');

	await must('ben', 'trigger', '2', '--fact', '1', '--yes', '--reason', 'payments fail', '--role', 'L1');
	const half = await status();
	assert.ok(Array.isArray(half['triggers']));
	assert.equal(half['triggers'][1].state, 'partly confirmed');
	const unsure = await as(
		'lena',
		'trigger',
		'2',
		'--fact',
		'2',
		'--yes',
		'--reason',
		'no way to fix it in place',
		'--role',
		'L2',
	);
	assert.equal(unsure.code, 1);
	assert.match(unsure.stderr, /FIRE/);
	await must(
		'lena',
		'trigger',
		'2',
		'--fact',
		'2',
		'--yes',
		'--reason',
		'no way to fix it in place',
		'--role',
		'L2',
		'--confirm',
		'FIRE',
	);

	const unconfirmed = await as('rita', 'rollback', '--reason', 'users are hurt');
	assert.equal(unconfirmed.code, 1);
	assert.match(unconfirmed.stderr, /ROLLBACK/);
	assert.ok(!existsSync(join(folder, 'rolled-back')));
	const rollback = await as('rita', 'rollback', '--role', 'release-manager', '--confirm', 'ROLLBACK');
	assert.equal(rollback.code, 0, rollback.stderr);
	assert.match(rollback.stdout, /: trigger 2 fired at .*, confirmed by ben/);
	assert.match(rollback.stdout, /rolling back: rollback ops\/compose\.yml 0/);
	assert.match(rollback.stderr, /[Pp]roof is awaited/);
	assert.equal(readFileSync(join(folder, 'rolled-back'), 'utf8'), 'rollback ops/compose.yml 0');
	assert.equal((await status())['status'], 'rolling-back');

	await must('ben', 'rollback', '--proved', '--note', 'payments go through again', '--role', 'L1');
	assert.equal((await status())['status'], 'rolled-back');
	const refused = await as('rita', 'close', '--role', 'release-manager', '--confirm', 'CLOSE');
	assert.equal(refused.code, 1);
	assert.match(refused.stderr, /not recorded/);
	await must('rita', 'close', '--confirm', 'CLOSE', '--reason', 'rolled back, not reached');
	const block = (await cli('export')).stdout;
	assert.match(block, /^Rollback trigger \(if any\): .*2/m);
	for (const line of block.trimEnd().split('\n')) assert.match(line, /^[^:]+: \S/, line);
});

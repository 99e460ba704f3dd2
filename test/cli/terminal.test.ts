import assert from 'node:assert/strict';
import {test} from 'node:test';
import {desk} from './desk.ts';
import {passT0, readyForT0} from './walks.ts';

test('on a terminal the typed word is asked for; another word leaves it, the right one begins T0', async context => {
	const night = desk(context);
	await readyForT0(night);
	const argv = ['run', 'T0', '--early', '--reason', 'the window opened', '--as', 'rita'];
	const left = await night.typing([['Type T0', 't0']], ...argv);
	assert.equal(left.code, 1);
	assert.match(left.stderr, /Nothing was done/);
	assert.equal((await night.status())['t0Started'], null);
	const begun = await night.typing([['Type T0', 'T0']], ...argv);
	assert.equal(begun.code, 0, begun.stderr);
	assert.notEqual((await night.status())['t0Started'], null);
});

test('a failed outcome takes its own word beside that of T0', async context => {
	const night = desk(context);
	await readyForT0(night);
	const {code, stderr} = await night.typing(
		[
			['Type T0', 'T0'],
			['Type FAILED', 'FAILED'],
		],
		...['run', 'T0', '--result', 'fail', '--early', '--reason', 'the window opened', '--as', 'rita'],
	);
	assert.equal(code, 0, stderr);
	const {stages} = await night.status();
	assert.ok(Array.isArray(stages));
	assert.equal(stages[3].state, 'failed');
});

test('on a terminal a checklist is asked item by item, and one that fails is no pass', async context => {
	const night = desk(context);
	await readyForT0(night);
	await passT0(night);
	const answered = await night.typing(
		[
			['health endpoints', 'pass'],
			['service status', 'p'],
			['critical logs', 'fail'],
			['baseline', 'pass'],
		],
		...['run', 'T+10', '--result', 'pass', '--early', '--reason', 'quiet', '--as', 'dave'],
	);
	assert.equal(answered.code, 1);
	assert.match(answered.stderr, /critical logs/);
	const failed = await night.cli(
		'run',
		'T+10',
		'--result',
		'fail',
		'--item',
		'critical logs=fail',
		'--note',
		'errors in the log',
		'--early',
		'--reason',
		'observed',
		'--as',
		'dave',
	);
	assert.equal(failed.code, 0, failed.stderr);
	const unnamed = await night.cli('run', 'T+10', '--result', 'pass', '--item', 'colour=pass', '--as', 'dave');
	assert.equal(unnamed.code, 2);
	assert.match(unnamed.stderr, /There are: health endpoints/);
	const twice = await night.cli('run', 'T+10', '--item', 'baseline=pass', '--item', 'baseline=fail', '--as', 'dave');
	assert.deepEqual([twice.code, /"baseline" is answered in two ways/.test(twice.stderr)], [2, true]);
});

test('without a terminal an unanswered checklist is refused', async context => {
	const night = desk(context);
	await readyForT0(night);
	await passT0(night);
	const {code, stderr} = await night.as('dave', 'run', 'T+10', '--result', 'pass', '--early', '--reason', 'quiet');
	assert.equal(code, 1);
	assert.match(stderr, /--item.*--note/);
});

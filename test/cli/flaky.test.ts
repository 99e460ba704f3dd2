import assert from 'node:assert/strict';
import {appendFileSync, readFileSync} from 'node:fs';
import {test} from 'node:test';
import {type Desk, desk} from './desk.ts';
import {begin, go, words} from './walks.ts';

const verdicts = async ({status}: Desk): Promise<string> => {
	const {gates} = await status();
	return Array.isArray(gates) ? gates.map(gate => `${gate.id} ${gate.verdict}`).join(', ') : '';
};

test('a flaky G2 fails and holds; after a fixing commit it passes, T0 is confirmed, and earlier acknowledgements stay valid', async context => {
	const night = desk(context);
	const {must, as, status, write, remove, commit} = night;
	write('broken', 'yes');
	commit('break a test');
	await begin(night);
	await must('olga', 'run', 'G1');
	await must('rita', 'run', 'G3');
	await words(night);
	const failed = await as('quin', 'run', 'G2');
	assert.equal(failed.code, 1);
	assert.match(failed.stdout, /a test failed/);
	assert.equal((await status())['status'], 'hold');

	const t0 = String((await status())['t0']);
	const tooEarly = await as('rita', 't0', t0, '--reason', 'try again', '--role', 'release-manager');
	assert.equal(tooEarly.code, 1);
	assert.match(tooEarly.stderr, /G2/);

	remove('broken');
	commit('mend the test');
	await must('quin', 'run', 'G2');
	await must('quin', 'note', 'a cold cache', '--on', 'G2');
	// The commit made what was judged on the workspace's history stale.
	await must('olga', 'run', 'G1');
	await must('rita', 'run', 'G3');
	await must('rita', 't0', t0, '--reason', 'G2 is mended', '--role', 'release-manager');
	assert.equal(await verdicts(night), 'G1 pass, G2 pass, G3 pass, G4 pass, G5 pass');
	await go(night);
	assert.equal((await status())['status'], 'go');
});

test('a missing report makes G5 fail and the status hold', async context => {
	const night = desk(context);
	night.remove('docs/acceptance-b.md');
	await begin(night);
	const denied = await night.as('paul', 'acknowledge', 'G5');
	assert.match(await verdicts(night), /G5 fail/, denied.stderr);
	assert.equal((await night.status())['status'], 'hold');
});

test('a changed runbook is a hold until it is approved and T0 is confirmed', async context => {
	const night = desk(context);
	const {must, as, status, runbook} = night;
	await begin(night);
	appendFileSync(runbook, '\nOne more remark.\n');
	await must('rita', 'note', 'somebody edited the runbook');
	const held = await status();
	assert.equal(held['status'], 'hold');
	const t0 = String(held['t0']);
	assert.equal((await as('rita', 't0', t0, '--reason', 'go on', '--role', 'release-manager')).code, 1);
	const wrong = await as('rita', 'approve', '--confirm', 'sha256:00000000', '--role', 'release-manager');
	assert.equal(wrong.code, 1);
	assert.match(wrong.stdout, /One more remark/);
	await must('rita', 'approve', '--role', 'release-manager');
	assert.equal((await status())['status'], 'hold');
	await must('rita', 't0', t0, '--reason', 'the remark is harmless', '--role', 'release-manager');
	assert.equal((await status())['status'], 'preparing');
});

test('a broken runbook cannot be approved, and the problem is shown with its position', async context => {
	const night = desk(context);
	const {as, runbook, write} = night;
	await begin(night);
	write('runbook.md', readFileSync(runbook, 'utf8').replace('| T0 |', '| T+1 |'));
	const {code, stderr} = await as('rita', 'approve', '--role', 'release-manager');
	assert.equal(code, 2);
	assert.match(stderr, /runbook\.md:\d+:\d+ {2}error/);
});

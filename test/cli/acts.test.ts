import assert from 'node:assert/strict';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {type Desk, desk} from './desk.ts';
import {begin, go, readyForT0} from './walks.ts';

const manager = ['--role', 'release-manager'];
const early = ['--early', '--reason', 'now'];

const statusOf = async ({status}: Desk): Promise<unknown> => (await status())['status'];

const triggerState = async ({status}: Desk, index: number): Promise<unknown> => {
	const {triggers} = await status();
	return Array.isArray(triggers) ? triggers[index].state : null;
};

const begunT0 = async (night: Desk): Promise<void> => {
	await readyForT0(night);
	await night.must('rita', 'run', 'T0', '--confirm', 'T0', '--result', 'pass', ...early);
};

test('anyone may hold, a release takes the reason that its form proposes, and an abandoned cutover is closed with its reason', async context => {
	const night = desk(context);
	const {must, as, status, cli} = night;
	await begin(night);
	await must('dave', 'hold', '--reason', 'the bridge is down');
	assert.equal(await statusOf(night), 'hold');
	const t0 = String((await status())['t0']);
	const released = await must('rita', 't0', t0, ...manager);
	assert.match(released, /the hold is released: fixed: the bridge is down/);
	await must('rita', 't0', '+2h', '--reason', 'the bridge is back', ...manager);
	assert.equal((await status())['count'], 2);
	assert.equal((await as('dave', 'freeze', 'all but the ledger')).code, 2);
	await must('rita', 'freeze', 'all but the ledger');
	assert.match((await as('rita', 'close')).stderr, /The status is PREPARING/);
	const unsure = await as('rita', 'abandon', '--reason', 'not tonight', ...manager);
	if (unsure.code !== 0) await must('rita', 'abandon', '--reason', 'not tonight', '--confirm', 'ABANDON', ...manager);
	assert.equal(await statusOf(night), 'abandoned');
	await must('rita', 'close', '--confirm', 'CLOSE', ...manager);
	assert.match((await cli('export')).stdout, /not recorded.*not tonight/);
});

test('one no-go with its reason is a hold at once', async context => {
	const night = desk(context);
	await begin(night);
	const silent = await night.as('oscar', 'decide', 'no-go', '--role', 'ops-lead', '--early');
	assert.notEqual(silent.code, 0);
	assert.match(silent.stderr, /--reason/);
	await night.must('oscar', 'decide', 'no-go', '--role', 'ops-lead', '--early', '--reason', 'nobody is on call');
	assert.equal(await statusOf(night), 'hold');
});

test('a stage before T0 may be skipped with a reason, T0 never', async context => {
	const night = desk(context);
	await begin(night);
	await night.must('olga', 'skip', 'T-60', '--reason', 'done in the afternoon');
	const {code, stderr} = await night.as('rita', 'skip', 'T0', '--reason', 'no');
	assert.equal(code, 1);
	assert.match(stderr, /T0/);
});

test('an outage clock by hand runs and stops; the closing stage can be extended; keep waits for the clock', async context => {
	const night = desk(context);
	await begunT0(night);
	const {must, as, status} = night;
	await must('dave', 'run', 'T+10', '--result', 'pass', '--note', 'all well', ...early);
	await must('dave', 'trigger', '1', '--down', '--reason', 'health answers 503');
	const {triggers} = await status();
	assert.ok(Array.isArray(triggers) && typeof triggers[0].outageSeconds === 'number');
	const keep = await as('rita', 'decide', 'keep', ...manager, ...early);
	assert.equal(keep.code, 1);
	assert.match(keep.stderr, /--up/);
	await must('rita', 'extend', '+45m', '--reason', 'watching it', ...manager);
	await must('dave', 'trigger', '1', '--up');
	await must('rita', 'decide', 'keep', ...manager, ...early);
});

test('denied confirmations arm the trigger again; two people stand down a fired one', async context => {
	const night = desk(context);
	await begunT0(night);
	const {must, as} = night;
	await must('dave', 'trigger', '2', '--ask', 'L1', 'L2');
	await must('ben', 'trigger', '2', '--fact', '1', '--no', '--reason', 'one user only', '--role', 'L1');
	assert.equal(await triggerState(night, 1), 'asked');
	await must('lena', 'trigger', '2', '--fact', '1', '--no', '--reason', 'it was a test user', '--role', 'L2');
	assert.equal(await triggerState(night, 1), 'armed');
	const out = await as('ben', 'trigger', '2', '--fact', '3', '--yes', '--role', 'L1');
	assert.equal(out.code, 2);
	assert.match(out.stderr, /1 P1 impact, 2 no safe/);
	await must('rita', 'trigger', '3', '--yes', '--reason', 'too many complaints', '--confirm', 'FIRE', ...manager);
	assert.equal(await triggerState(night, 2), 'fired');
	await must('rita', 'trigger', '3', '--stand-down', '--reason', 'they stopped', ...manager);
	assert.equal(await triggerState(night, 2), 'fired');
	await must('paul', 'trigger', '3', '--stand-down', '--reason', 'seen too', '--role', 'project-owner');
	assert.equal(await triggerState(night, 2), 'armed');
});

test('a rollback by hand is recorded with its word, and then proved', async context => {
	const night = desk(context);
	await begunT0(night);
	const {must, as} = night;
	const argv = [
		'rollback',
		'--by-hand',
		'--path',
		'restored the old host',
		'--result',
		'pass',
		'--reference',
		'INC-9',
		...manager,
	];
	const unsure = await as('rita', ...argv);
	assert.equal(unsure.code, 1);
	assert.match(unsure.stderr, /ROLLBACK/);
	await must('rita', ...argv, '--confirm', 'ROLLBACK');
	await must('ben', 'rollback', '--proved', '--note', 'orders come in', '--role', 'L1');
	assert.equal(await statusOf(night), 'rolled-back');
	assert.equal((await as('rita', 'rollback', '--proved', '--cancel')).code, 2);
	assert.equal((await as('rita', 'rollback', '--by-hand', '--path', 'x')).code, 2);
});

test('a rollback whose script fails is not rolled back, exits 1, and is never green', async context => {
	const night = desk(context);
	night.write('ops/rollback.sh', '#!/usr/bin/env bash\necho "cannot reach the host"\nexit 3\n');
	night.commit('a rollback that fails');
	await begunT0(night);
	const {code, stdout, stderr} = await night.as(
		'rita',
		'rollback',
		'--reason',
		'users are hurt',
		'--confirm',
		'ROLLBACK',
		...manager,
	);
	assert.equal(code, 1, stderr);
	assert.match(stdout, /cannot reach the host/);
	assert.equal(await statusOf(night), 'rollback-failed');
});

test('a person gives the value of an evidence field, or the reason why it is empty', async context => {
	const night = desk(context);
	await begin(night);
	await night.must('rita', 'set', 'environment', 'production, west', '--confirm', 'CORRECT');
	await night.must('rita', 'set', 'S5', '--not-recorded', '--reason', 'no closeout tonight');
	const {stdout} = await night.cli('export');
	assert.match(stdout, /^Environment: production, corrected by rita \d\d:\d\d: production, west$/m);
	assert.equal((await night.as('rita', 'set', 'Environment')).code, 2);
	assert.equal((await night.as('rita', 'set', 'Environment', 'x', '--not-recorded', '--reason', 'y')).code, 2);
});

test('a vote that was relayed says so everywhere, until its speaker confirms it', async context => {
	const night = desk(context);
	await begin(night);
	const {must, cli} = night;
	await night.must('olga', 'run', 'G1');
	await night.must('quin', 'run', 'G2');
	await night.must('rita', 'run', 'G3');
	for (const group of ['L1', 'L2', 'L3']) await must(group, 'acknowledge', 'G4', '--role', group);
	await must(
		'dave',
		'acknowledge',
		'G5',
		'--role',
		'project-owner',
		'--relayed',
		'phone',
		'--for',
		'paul',
		'--words',
		'nothing open',
	);
	const {relayedUnconfirmed} = await night.status();
	assert.ok(Array.isArray(relayedUnconfirmed) && relayedUnconfirmed.length === 1);
	assert.match((await cli('status')).stdout, /paul, by dave: "nothing open"/);
	assert.match((await cli('export', '--format', 'md')).stdout, /RELAYED by dave/);
	await must('paul', 'confirm', String(relayedUnconfirmed[0].entry));
	assert.deepEqual((await night.status())['relayedUnconfirmed'], []);
	await go(night);
	assert.equal((await night.as('rita', 'note', 'x')).code, 0);
});

test('settings beside the runbook are found and approved with it; --settings names others', async context => {
	const night = desk(context);
	const {folder, cli, must, status} = night;
	writeFileSync(join(folder, 'runbook.cutover.yaml'), 'cutover: 1\nid: ledger-move\nenvironment: staging\n');
	const begun = await must('rita', 'begin', 'runbook.md', '--t0', '+61m', '--workspace', folder);
	assert.equal(begun.trimEnd().split('\n').at(-1), 'ledger-move');
	assert.equal((await status())['environment'], 'staging');
	writeFileSync(join(folder, 'runbook.cutover.yaml'), 'cutover: 1\nid: ledger-move\nenvironment: production\n');
	await must('rita', 'note', 'somebody edited the settings');
	assert.equal(await statusOf(night), 'hold');
	writeFileSync(join(folder, 'other.yaml'), 'cutover: 1\nwrong: yes\n');
	const two = await cli('check', 'runbook.md', '--settings', 'other.yaml');
	assert.equal(two.code, 2);
	assert.equal((await cli('check', 'runbook.md', '--workspace', 'nowhere')).code, 2);
});

test('an abandoned cutover is not meant while another one is open, and is where it is the only one', async context => {
	const night = desk(context);
	const {as, cli, must} = night;
	const open = ['--t0', '+2h', '--ticket', 'CHG-7', '--environment', 'staging'] as const;
	await must('rita', 'begin', 'runbook.md', ...open);
	await must('rita', 'abandon', '--reason', 'not tonight', '--confirm', 'ABANDON', ...manager);
	assert.equal(await statusOf(night), 'abandoned');
	await must('rita', 'begin', 'runbook.md', ...open, '--new');
	assert.equal(await statusOf(night), 'preparing');
	await must('rita', 'note', 'we try again');
	await must('rita', 'begin', 'runbook.md', ...open, '--new');
	const several = await cli('status');
	assert.equal(several.code, 2);
	assert.match(several.stderr, /Several cutovers are open/);
	assert.doesNotMatch(several.stderr, /abandoned/);
	assert.equal((await as('rita', 'note', 'which one?')).code, 2);
});

test('--dry-run says what an act would record and change, and records and starts nothing', async context => {
	const night = desk(context);
	await begin(night);
	const entries = async (): Promise<number> => (await night.cli('log', '--json')).stdout.trim().split('\n').length;
	const before = await entries();
	const held = await night.as('dave', 'hold', '--reason', 'lag', '--dry-run');
	assert.equal(held.code, 0, held.stderr);
	assert.match(held.stdout, /^records {2}HOLD: lag\n(?:.*\n)*then {5}PREPARING → HOLD; NEXT /);
	assert.match(held.stderr, /A dry run: nothing was recorded\./);
	const gone = await night.as('rita', 'abandon', '--reason', 'not tonight', '--dry-run', ...manager);
	assert.match(gone.stdout, /PREPARING → ABANDONED/, 'no word is asked for');
	const run = await night.as('dave', 'run', 'G1', '--dry-run');
	assert.match(run.stdout, /G1-1 started by dave/);
	const refused = await night.as('rita', 't0', '2001-01-01T00:00:00Z', '--reason', 'x', '--dry-run', ...manager);
	assert.equal(refused.code, 2);
	assert.equal(await entries(), before);
	assert.equal(await statusOf(night), 'preparing');
});

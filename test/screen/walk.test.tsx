/* The cutover by keyboard: each test is a screen, keys, and what the journal and the screen hold then. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Entry} from '../../source/cutover/ports.ts';
import type {Act} from '../given.ts';
import {backNight, keptNight, measuredNight} from '../scenarios/night.ts';
import {alice, ben, bob, carolOfOps, carolOfQa, dave, daveOnCall, omar} from '../scenarios/people.ts';
import {Stage} from './stage.tsx';

const newest = (stage: Stage): Entry => {
	const entry = stage.journal.entries().findLast(({cause}) => cause !== 'time');
	assert.ok(entry);
	return entry;
};

/** The last act of a person, as the journal has it. */
const did = (stage: Stage) => {
	const {type, data, by} = newest(stage);
	return {type, data: data as Readonly<Record<string, unknown>>, by: `${by.name} ${by.role ?? ''}`.trim()};
};

test('a gate is run after its command was shown, by y or by r again', async () => {
	const stage = await Stage.open({acts: backNight, now: '21:30:10', you: carolOfQa});
	await stage.keys('shift-tab');
	const asked = await stage.press('r');
	assert.match(asked, /RUN G2/);
	assert.match(asked, /G2 {2}make build && make test/);
	assert.match(asked, /as cutover@bastion-1 in \/srv\/orders/);
	assert.match(asked, /Run it\? +\( \) yes/);
	assert.match(await stage.press('enter'), /! Run it\? Press y or n\./);
	assert.match(await stage.press('n'), /Nothing was started/);
	assert.match(await stage.chunk('r', 'y'), /\(\*\) yes/);
	assert.deepEqual(stage.done, []);
	await stage.press('esc', 'r', 'r');
	assert.equal(did(stage).type, 'started');
	assert.deepEqual(did(stage).data['target'], {gate: 'G2'});
	assert.deepEqual(stage.done, ['reconcile']);
	assert.match(stage.text(), /RUNNING/);
});

test('a group answers for a gate by name', async () => {
	const stage = await Stage.open({acts: backNight, now: '21:20:00', you: omar});
	const asked = await stage.press('a');
	assert.match(asked, /ANSWER FOR A GATE: G4/);
	assert.match(asked, /cites docs\/operating\.md/);
	await stage.keys('y', 'enter');
	assert.equal(did(stage).by, 'omar L3');
	assert.match(stage.text(), /G4 PASS/);
});

test('a no without a reason stays on the form and says so', async () => {
	const stage = await Stage.open({acts: backNight, now: '21:20:00', you: omar});
	await stage.keys('a', 'n');
	assert.match(await stage.press('enter'), /! reason: type it/);
	await stage.type('runbook is of last year');
	assert.match(await stage.press('enter'), /HOLD {2}G4 failed/);
	assert.deepEqual(stage.done, ['reconcile']);
});

test('anyone calls a hold from anywhere, and an owner of the go/no-go lifts it with a T0', async () => {
	const stage = await Stage.open({acts: backNight, now: '21:20:00', you: alice});
	await stage.press('l', '!');
	await stage.type('network team asks to wait');
	assert.match(await stage.press('enter'), /HOLD {2}network team asks to wait/);
	assert.match(
		await stage.press('0'),
		/T0 +2031-01-14T22:00:00\+01:00_[\s\S]*reason +fixed: network team asks to wait/,
	);
	await stage.press('ctrl-u');
	await stage.type('22:05');
	await stage.press('tab', 'ctrl-u');
	await stage.type('network is quiet again');
	await stage.press('enter');
	assert.equal(did(stage).type, 'scheduled');
	assert.equal(stage.journal.state().status, 'preparing');
	assert.match(stage.text(), /moved once +T0 22:05:00/);
});

test('a T0 that is no time stays on the form with what would be one', async () => {
	const stage = await Stage.open({acts: backNight, now: '21:20:00', you: alice});
	await stage.press('0');
	await stage.type('soon');
	await stage.press('enter');
	await stage.type('because');
	assert.match(await stage.press('enter'), /"soon" is not a time\. Write 22:00/);
	assert.match(stage.text(), /soon/);
});

test('the last go takes its word, and the board says go', async () => {
	const stage = await Stage.open({acts: backNight, now: '22:16:48', you: carolOfOps});
	const poll = await stage.press('g');
	assert.match(poll, /ROLL CALL/);
	const asked = await stage.press('g');
	assert.match(asked, /vote of ops-lead[\s\S]*GO carol \(ops-lead\)(?!:)[\s\S]*type GO to confirm/);
	await stage.type('GO');
	await stage.press('enter');
	assert.equal(stage.journal.state().status, 'go');
	assert.equal(stage.view.dialog, null);
});

test('a no-go is recorded with its reason, and is a hold', async () => {
	const stage = await Stage.open({acts: backNight, now: '22:16:48', you: carolOfOps});
	await stage.keys('g', 'g', 'tab', 'n');
	assert.match(await stage.press('enter'), /! reason: type it/);
	await stage.type('nobody on call');
	await stage.press('enter');
	assert.equal(stage.journal.state().status, 'hold');
});

test('T0 done outside gets its outcome and reference by key', async () => {
	const stage = await Stage.open({acts: backNight, now: '22:26:00', you: alice});
	assert.match(await stage.press('r'), /REPORT HOW T0 WENT/);
	await stage.press('p', 'tab', 'tab');
	await stage.type('DEPLOY-992');
	await stage.press('enter');
	const {type, data} = did(stage);
	assert.equal(type, 'reported');
	assert.equal(data['reference'], 'DEPLOY-992');
	assert.equal(stage.journal.state().status, 'observing');
});

test('a failed T0 takes the word FAILED', async () => {
	const stage = await Stage.open({acts: backNight, now: '22:26:00', you: alice});
	await stage.keys('r', 'f', 'tab');
	await stage.type('half of the pods are old');
	await stage.press('enter');
	assert.match(stage.text(), /type FAILED to confirm/);
	await stage.type('FAILED');
	assert.match(await stage.press('enter'), /T0 FAILED/);
});

test('a verification opens with what was measured, and overruling a measured answer takes a reason', async () => {
	const stage = await Stage.open({acts: measuredNight, now: '22:36:30', you: daveOnCall});
	const form = await stage.press('r');
	assert.match(form, /health endpoints[\s\S]*measured: 3 of 3 up for 09:41/);
	assert.match(form, /service status[\s\S]*nothing measures this/);
	assert.match(form, /critical logs[\s\S]*measured: orders\.log: 2 errors/);
	await stage.keys('p', 'p', 'up', 'p');
	assert.match(await stage.press('enter'), /! reason: type it/);
	await stage.type('both lines are a known retry');
	await stage.press('enter');
	const {items, outcome} = stage.journal.state().stages['T+10'] ?? {};
	assert.equal(outcome, 'done');
	assert.deepEqual(items?.['critical logs']?.overrules, {
		found: 'orders.log: 2 errors in 1840 lines since T0, at most 0',
		reason: 'both lines are a known retry',
	});
	assert.equal(items?.['health endpoints']?.overrules, null);
});

test('an outage clock is run by hand, dated back, and ended', async () => {
	const stage = await Stage.open({acts: keptNight, now: '22:30:00', you: daveOnCall});
	assert.match(await stage.press('tab'), /not measured/i);
	await stage.keys('t', 'up');
	await stage.type('22:28:05');
	await stage.press('tab');
	await stage.type('api times out');
	const out = await stage.press('enter');
	assert.match(out, /OUTAGE {2}down 0[12]:/);
	assert.ok(stage.journal.state().triggers['1']?.down);
	await stage.keys('tab', 't');
	await stage.type('pods restarted');
	await stage.press('enter');
	assert.equal(stage.journal.state().triggers['1']?.down, null);
});

test('the yes that completes a trigger takes the word FIRE', async () => {
	const stage = await Stage.open({acts: backNight, now: '22:33:30', you: ben});
	await stage.keys('t');
	assert.match(stage.text(), /no safe way to fix it in place/);
	await stage.keys('2', 'y');
	await stage.type('no way around');
	await stage.press('enter');
	assert.match(stage.text(), /type FIRE to confirm/);
	await stage.type('FIRE');
	assert.match(await stage.press('enter'), /FIRED {2}trigger 2/);
});

test('a rollback shows what will run, takes its word, and its screen follows', async () => {
	const stage = await Stage.open({acts: backNight, now: '22:35:00', you: alice});
	const asked = await stage.press('B');
	assert.match(asked, /fallback {2}ACTION=back STACK=ops\/stack\.yml DROP_VOLUMES=0 bash\s+ops\/rollback\.sh/);
	assert.match(asked, /as cutover@bastion-1 in \/srv\/orders/);
	assert.match(asked, /reason: trigger 2 fired at 22:34/);
	assert.match(asked, /type ROLLBACK to confirm/);
	await stage.type('ROLLBACK');
	const begun = await stage.press('enter');
	assert.equal(stage.view.screen, 'rollback');
	assert.match(begun, /ROLLING BACK/);
	assert.match(begun, /^ why trigger 2 fired at 22:34/m);
	assert.ok(stage.done.includes('reconcile'));
});

test('a rollback is proved by name', async () => {
	const stage = await Stage.open({acts: backNight, now: '22:40:00', you: ben});
	await stage.press('B', 'v');
	await stage.type('checkout works for everyone');
	await stage.press('enter', 'y');
	assert.equal(stage.journal.state().status, 'rolled-back');
});

test('a sign-off without its evidence says what is missing, and one with it is signed', async () => {
	const early = await Stage.open({acts: backNight, now: '20:55:00', you: dave});
	await early.press('s', 'enter');
	assert.equal(early.view.dialog, null);
	assert.match(early.text(), /T-60/);
	const stage = await Stage.open({acts: backNight, now: '21:18:00', you: dave});
	await stage.press('s', 's');
	assert.match(stage.text(), /SIGN OFF: S1/);
	await stage.press('y');
	assert.equal(did(stage).type, 'signed');
});

/** Kept and nothing signed yet; two sign-offs are of one role, behind another's. */
const withTwoToSign = (): readonly Act[] => {
	const [first, ...others] = keptNight.filter(({command: {type}}) => type !== 'sign' && type !== 'close');
	assert.ok(first?.command.type === 'begin');
	const {command} = first;
	const {runbook} = command.data;
	const signOffs = runbook.signOffs.map(item => (item.id === 'S3' ? {...item, role: 'qa-owner'} : item));
	return [{...first, command: {...command, data: {...command.data, runbook: {...runbook, signOffs}}}}, ...others];
};

test('the selected sign-off is the one YOU names, then the next one', async () => {
	const stage = await Stage.open({acts: withTwoToSign(), now: '22:58:00', you: carolOfQa, screen: 'signOffs'});
	assert.match(stage.text(), /YOU +sign S2/);
	assert.match(stage.text(), /^>. S2/m);
	await stage.press('s', 'y');
	assert.match(stage.text(), /YOU +sign S3/);
	assert.match(stage.text(), /^>. S3/m);
	await stage.press('s', 'y');
	assert.equal(did(stage).data['signOff'], 'S3');
});

test('a moved selection of the sign-offs stays, whatever moves on the board', async () => {
	const stage = await Stage.open({acts: withTwoToSign(), now: '22:58:00', you: carolOfQa});
	await stage.press('tab', 's');
	assert.match(stage.text(), /^>. S2/m);
	await stage.press('home');
	assert.match(stage.text(), /^>. S1/m);
	stage.wait(2000);
	assert.match(await stage.press('f'), /^>. S1/m);
});

test('keep is voted at the closing stage with its word', async () => {
	const stage = await Stage.open({acts: keptNight, now: '22:55:40', you: bob});
	await stage.keys('g', 'g');
	assert.match(stage.text(), /type KEEP to confirm/);
	await stage.type('KEEP');
	await stage.press('enter');
	assert.equal(stage.journal.state().status, 'kept');
});

test('a note is attached to the selected row, as the cause of a failure', async () => {
	const stage = await Stage.open({acts: backNight, now: '21:34:00', you: carolOfQa});
	await stage.press('n');
	await stage.type('tests need a cold cache');
	await stage.press('tab', 'right', 'enter');
	assert.deepEqual(did(stage).data, {text: 'tests need a cold cache', on: 'G2'});
});

test('an evidence field is filled, the block copied and exported', async () => {
	const stage = await Stage.open({acts: keptNight, now: '22:40:00', you: alice});
	await stage.press('e', 'down', 'enter');
	await stage.type('production, zone 2');
	assert.match(await stage.press('enter'), /A correction of "Environment" \(production\)[\s\S]*type CORRECT/);
	await stage.type('CORRECT');
	await stage.press('enter');
	assert.deepEqual(did(stage).data, {field: 'Environment', value: 'production, zone 2'});
	await stage.press('y');
	assert.ok(stage.done.includes('copy Ticket: CHG-4821\nEnvironment: production\n'));
	await stage.press(':');
	await stage.type('update for stakeholders');
	await stage.press('enter');
	assert.ok(stage.done.includes('copy the ledger: OBSERVING\n'));
	await stage.press('x');
	await stage.type('/tmp/evidence.txt');
	assert.match(await stage.press('enter'), /The evidence is written: \/tmp\/evidence\.txt/);
	assert.ok(stage.done.includes('export text /tmp/evidence.txt'));
});

test('a file that cannot be attached stays on the form with the reason', async () => {
	const stage = await Stage.open({acts: backNight, now: '21:34:00', you: carolOfQa});
	await stage.press('tab', 'enter', 'm');
	await stage.type('/tmp/none');
	assert.match(await stage.press('enter'), /! \/tmp\/none does not exist/);
});

test('closing lists what is missing, takes its word, and nothing is left to do', async () => {
	const acts: readonly Act[] = keptNight.filter(({command}) => command.type !== 'close');
	const stage = await Stage.open({acts, now: '23:15:00', you: alice});
	await stage.press(':');
	await stage.type('close');
	assert.match(await stage.press('enter'), /not signed: S3 ops-lead/);
	await stage.type('kept; the rest follows');
	await stage.press('enter');
	assert.match(stage.text(), /type CLOSE to confirm/);
	await stage.type('CLOSE');
	assert.match(await stage.press('enter'), /CLOSED/);
});

/** Holds and the planned T0 (RULES H). */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Observation} from '../../source/cutover/model/command.ts';
import type {Person} from '../../source/cutover/model/person.ts';
import {stamp, wall} from '../../source/text/time.ts';
import {at, calm} from '../given.ts';
import {alice, bob, carolOfOps, carolOfQa, dave, omar, runner} from '../scenarios/people.ts';
import {approved, runbook} from '../scenarios/runbook.ts';
import {abandon, hold, run, says, t0, vote} from './commands.ts';
import {
	begun,
	executing,
	gone,
	judges,
	kept,
	observing,
	played,
	ready,
	rollingBack,
	the,
	typesOf,
	withBook,
} from './night.ts';

const otherBytes: Observation = {...calm, approved: {...approved, 'docs/switch.md': 'sha256:00'}};
const otherScript: Observation = {...calm, approved: {...approved, 'ops/rollback.sh': 'sha256:00'}};

test('H1 A failed gate puts the cutover on HOLD at once', () => {
	const night = begun();
	const events = judges(night, '21:30', carolOfQa, 'G2', 'fail', 'make ended with 2');
	assert.deepEqual(typesOf(events), ['judged', 'holdPlaced']);
	assert.deepEqual(the(events, 'holdPlaced'), {cause: 'gate', on: 'G2', reason: 'G2 failed: make ended with 2'});
	assert.equal(night.state().status, 'hold');
});

test('H1 A no-go vote with its reason puts the cutover on HOLD at once', () => {
	const night = ready();
	const events = night.does('21:52', carolOfOps, vote('no-go', 'nobody is on call for payments'));
	assert.deepEqual(typesOf(events), ['voted', 'holdPlaced']);
	assert.equal(the(events, 'holdPlaced').cause, 'no-go');
	assert.match(the(events, 'holdPlaced').reason, /carol.*nobody is on call for payments/);
});

test('H1 A file that differs from its approved version puts the cutover on HOLD automatically', () => {
	const night = begun();
	const events = night.waits('21:00', otherBytes);
	assert.deepEqual(typesOf(events), ['holdPlaced']);
	assert.deepEqual(the(events, 'holdPlaced').cause, 'bytes');
	assert.match(the(events, 'holdPlaced').reason, /docs\/switch\.md/);
});

test('H1 A missing approved file counts as a changed file', () => {
	const night = begun();
	const gone: Observation = {...calm, approved: {...approved, 'docs/switch.cutover.yaml': null}};
	assert.equal(the(night.waits('21:00', gone), 'holdPlaced').on, 'docs/switch.cutover.yaml');
});

test('H1 Anyone may call a hold, with a reason', () => {
	const night = begun();
	const guest: Person = {name: 'grace', login: 'grace', role: null, tty: null, ssh: null, strength: 'system login'};
	assert.equal(night.refuses('21:00', guest, hold('  ')).usageError, true);
	assert.equal(the(night.does('21:01', guest, hold('the bridge is down')), 'holdPlaced').cause, 'called');
	assert.match(night.refuses('21:02', omar, hold('me too')).why, /HOLD since .*grace.*the bridge is down/);
});

test('H1 After T0 a changed file is a warning on row 1 and not a hold', () => {
	const night = executing();
	assert.deepEqual(night.waits('22:01', otherBytes), []);
	const {headline} = night.stands('22:01', null, otherBytes);
	assert.match(headline.text, /docs\/switch\.md changed since the approval/);
});

test('H1 A file that changes during a hold of another cause is named on row 1 as well', () => {
	const night = begun();
	night.does('21:01', omar, hold('the bridge is down'));
	assert.deepEqual(night.waits('21:02', otherBytes), []);
	const {headline} = night.stands('21:02', null, otherBytes);
	assert.match(headline.text, /^the bridge is down · ! docs\/switch\.md changed since the approval$/);
	const changed = begun();
	changed.waits('21:00', otherBytes);
	assert.doesNotMatch(changed.stands('21:01', null, otherBytes).headline.text, /!/);
});

test('H1 A changed rollback script puts the cutover on HOLD; the reason names the file and both digests', () => {
	const {reason} = the(begun().waits('21:00', otherScript), 'holdPlaced');
	assert.match(reason, /ops\/rollback\.sh \(approved sha256:\w+, now sha256:00\)/);
});

test('H2 After T0 a changed script can be approved, a changed runbook cannot', () => {
	const night = executing();
	const no = night.refuses('22:02', alice, {
		type: 'approve',
		data: {runbook: {...runbook, digest: 'sha256:00'}, approved: {...approved, 'docs/switch.md': 'sha256:00'}},
	});
	assert.equal(no.rule, 'after T0 only scripts are approved');
	const events = night.does('22:03', alice, {
		type: 'approve',
		data: {runbook, approved: {...approved, 'ops/way-back.sh': 'sha256:00'}},
	});
	assert.deepEqual(the(events, 'approved').changed, ['ops/way-back.sh']);
});

test('H2 An owner releases a hold by confirming T0 once its causes are fixed and no gate fails', () => {
	const night = begun();
	judges(night, '21:30', carolOfQa, 'G2', 'fail');
	const no = night.refuses('21:32', alice, t0('22:00', 'we know why'));
	assert.match(no.why, /G2 failed/);
	judges(night, '21:33', carolOfQa, 'G2');
	const events = night.does('21:35', alice, t0('22:00'));
	assert.deepEqual(typesOf(events), ['scheduled']);
	assert.equal(the(events, 'scheduled').released, true);
	assert.equal(night.state().status, 'preparing');
});

test('H2 A fixed cause alone does not release a hold', () => {
	const night = begun();
	judges(night, '21:30', carolOfQa, 'G2', 'fail');
	judges(night, '21:33', carolOfQa, 'G2');
	assert.equal(night.state().status, 'hold');
});

test('H2 What is approved anew counts as it reads then: facts of triggers, and channels at which nothing arrived', () => {
	const radio = {on: ['hold'], to: 'radio', values: {}, commands: [], variables: []} as const;
	const night = begun(withBook({notify: [radio]}));
	const missed = {on: 'hold', channel: 'radio', to: 'radio', reason: 'HTTP 503', again: false} as const;
	night.does('21:00', runner, {type: 'recordNotificationFailed', data: {...missed, since: stamp(at('20:55'))}});
	assert.equal(night.stands('21:01').notNotified.length, 1);
	const triggers = runbook.triggers.map(trigger =>
		trigger.id === '2' ? {...trigger, facts: ['P1 or P2 impact', 'no safe way to fix it in place']} : trigger,
	);
	const next = {...approved, 'docs/switch.md': 'sha256:00'};
	night.does('21:02', alice, {type: 'approve', data: {runbook: withBook({triggers}), approved: next}}, otherBytes);
	const facts = night.stands('21:03').triggers.find(({id}) => id === '2')?.facts;
	assert.deepEqual(
		facts?.map(({text}) => text),
		['P1 or P2 impact', 'no safe way to fix it in place'],
	);
	assert.deepEqual(night.stands('21:03').notNotified, []);
});

test('H2 A changed file must be approved or restored before the hold is released', () => {
	const night = begun();
	night.waits('21:00', otherBytes);
	assert.match(night.refuses('21:01', alice, t0('22:00'), {observed: otherBytes}).fix, /Approve/);
	night.does('21:02', alice, t0('22:00'));
	assert.equal(night.state().status, 'preparing');
	const again = begun();
	again.waits('21:00', otherBytes);
	const next = {...approved, 'docs/switch.md': 'sha256:00'};
	const events = again.does('21:01', alice, {type: 'approve', data: {runbook, approved: next}}, otherBytes);
	assert.deepEqual(the(events, 'approved').changed, ['docs/switch.md']);
	assert.equal(again.state().status, 'hold');
	again.does('21:02', alice, t0('22:00'), otherBytes);
	assert.equal(again.state().status, 'preparing');
});

test('H2 The release of a no-go or a called hold requires a reason', () => {
	const night = begun();
	night.does('21:00', omar, hold('the bridge is down'));
	assert.equal(night.refuses('21:05', alice, t0('22:00')).code, 'reason-needed');
	assert.equal(
		the(night.does('21:06', alice, t0('22:00', 'the bridge is up')), 'scheduled').reason,
		'the bridge is up',
	);
});

test('H2 Pending and stale gates do not block the release of a hold', () => {
	const night = begun();
	night.does('21:00', omar, hold('the bridge is down'));
	assert.equal(
		night.stands('21:01').gates.every(({verdict}) => verdict === 'pending'),
		true,
	);
	night.does('21:06', alice, t0('22:00', 'the bridge is up'));
	assert.equal(night.state().status, 'preparing');
});

test('H2 Only an owner of the go/no-go stage releases a hold', () => {
	const night = begun();
	night.does('21:00', omar, hold('the bridge is down'));
	assert.match(
		night.refuses('21:05', dave, t0('22:00', 'it is up')).fix,
		/Ask alice \(release-manager\) or carol \(ops-lead\)/,
	);
	night.does('21:06', carolOfOps, t0('22:00', 'it is up'));
});

test('H2 The T0 count increases when T0 changes, and the old T0 stays in the record', () => {
	const night = begun();
	night.does('21:00', alice, t0('22:00'));
	assert.equal(night.stands('21:00').count, 1);
	night.does('21:01', alice, t0('22:30', 'the build took longer'));
	assert.equal(night.stands('21:01').count, 2);
	assert.deepEqual(
		night.state().t0Before.map(({reason}) => reason),
		['the build took longer'],
	);
});

test('H2 A T0 that is not in the future is a usage error', () => {
	assert.equal(begun().refuses('21:00', alice, t0('20:59')).usageError, true);
});

test('H3 On HOLD, gates and stages before T0 run and people acknowledge; go and T0 are refused', () => {
	const night = ready();
	night.does('21:45', omar, hold('the bridge is down'));
	night.does('21:46', dave, run('T-60'));
	night.does('21:47', omar, says('G4', 'L3', 'the handbook is wrong'));
	assert.match(night.refuses('21:52', alice, vote('go')).why, /HOLD/);
	assert.match(night.refuses('21:53', alice, run('T0')).why, /HOLD/);
});

test('H3 On HOLD, stages keep their planned times and no stage is due', () => {
	const night = begun();
	night.does('21:20', omar, hold('the bridge is down'));
	const {stages, heldSince} = night.stands('21:45');
	assert.deepEqual(
		stages.map(({state}) => state),
		['waiting', 'waiting', 'waiting', 'waiting', 'waiting', 'waiting'],
	);
	assert.equal(stages[1]?.planned, night.stands('21:00').stages[1]?.planned);
	assert.equal(heldSince, night.state().hold?.at);
});

test('H4 In preparing, t0 moves T0 and the planned times with it', () => {
	const night = begun();
	const before = night.stands('21:00').stages[0]?.planned ?? 0;
	const events = night.does('21:00', alice, t0('22:30'));
	assert.deepEqual(typesOf(events), ['scheduled']);
	assert.equal(night.stands('21:00').stages[0]?.planned, before + 1_800_000);
});

test('H4 A new T0, a hold and abandon are refused after T0 has started', () => {
	for (const [night, fix] of [
		[executing(played), 'Stop T0, or roll back.'],
		[executing(), 'Record the result of T0, or roll back.'],
		[observing(), 'Keep the release, extend the observation, or roll back.'],
		[kept(), 'Close the cutover, or roll back.'],
		[rollingBack(), 'Wait until the rollback is proved.'],
	] as const)
		for (const draft of [t0('23:00'), hold('stop'), abandon('no')])
			assert.equal(night.refuses('22:33', alice, draft).fix, fix);
});

test('H4 The same T0 is not set twice unless it releases a hold or withdraws votes', () => {
	const night = begun();
	night.does('21:00', bob, hold('the bridge is down'));
	night.does('21:05', alice, t0('22:00', 'the bridge is up'));
	const again = night.refuses('21:06', carolOfOps, t0('22:00', 'the bridge is up'));
	assert.equal(again.why, `alice set T0 ${wall(at('22:00'))} at ${wall(at('21:05'))}.`);
	night.does('21:07', carolOfOps, t0('22:30'));
});

test('H4 Slip is measured against the current T0', () => {
	const night = ready();
	night.does('21:45', alice, t0('22:30'));
	night.does('22:22', alice, vote('go'));
	night.does('22:23', carolOfOps, vote('go'));
	night.does('22:31', alice, run('T0'));
	assert.equal(night.stands('22:31').stages[3]?.slippageSeconds, 60);
});

test('Status A failed gate changes the status from go to hold', () => {
	const night = gone();
	const events = judges(night, '21:55', carolOfQa, 'G2', 'fail');
	assert.deepEqual(typesOf(events), ['judged', 'goRevoked', 'holdPlaced']);
	assert.equal(night.state().status, 'hold');
});

test('Status Abandon requires a reason and its typed word, from preparing, hold or go', () => {
	for (const night of [begun(), gone()]) {
		assert.deepEqual(night.refuses('21:56', alice, abandon('the vendor is not ready')).needs.words, ['ABANDON']);
		assert.equal(night.refuses('21:56', alice, abandon(''), {confirm: ['ABANDON']}).usageError, true);
		night.does('21:57', alice, abandon('the vendor is not ready'));
		assert.equal(night.state().status, 'abandoned');
	}
	const held = begun();
	held.does('21:00', bob, hold('the bridge is down'));
	held.does('21:05', alice, abandon('it stays down'));
	assert.equal(held.state().status, 'abandoned');
	assert.match(held.refuses('21:06', alice, t0('23:00')).why, /abandoned: it stays down/);
});

/** Go and no-go: the poll, and what withdraws its votes (RULES D). */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Observation} from '../../source/cutover/model/command.ts';
import {evidenceFields} from '../../source/cutover/snapshot/evidence-fields.ts';
import {calm, does, given} from '../given.ts';
import {alice, bob, carolOfOps, carolOfQa, dave, omar, runner} from '../scenarios/people.ts';
import {approved, files, runbook} from '../scenarios/runbook.ts';
import {end, hold, judge, run, says, t0, vote} from './commands.ts';
import {begun, gone, judges, kept, type Night, ready, rollingBack, the, typesOf, unbound, withBook} from './night.ts';

const moved: Observation = {...calm, heads: {...calm.heads, G2: 'badcafe0'}};
const field = (night: Night, name: string) => evidenceFields(night.state()).find(row => row.field === name)?.value;

test('D1 Go is refused while a gate does not pass; the refusal names the gate', () => {
	const night = begun();
	judges(night, '21:36', dave, 'G1');
	const no = night.refuses('21:52', alice, vote('go'), {confirm: ['GO']});
	assert.match(no.why, /G2 is pending.*G5 is pending/);
	assert.doesNotMatch(no.why, /G1/);
	assert.match(ready().refuses('21:52', alice, vote('go'), {observed: moved}).why, /G2 is stale/);
});

test('D1 Go is refused if a verdict expires before T0; the refusal names the gate', () => {
	const night = ready();
	night.does('21:45', alice, t0('23:07', 'the vendor is late'));
	const no = night.refuses('22:58', alice, vote('go'));
	assert.equal(no.code, 'verdict-expires');
	assert.match(no.why, /G1 would end before T0 \(G1 at \d\d:06:01\)/);
});

test('D1 Go is refused before the go/no-go stage is due, unless early is set with a reason', () => {
	const night = ready();
	assert.equal(night.refuses('21:47:59', alice, vote('go')).code, 'too-early');
	assert.deepEqual(night.refuses('21:47:59', alice, vote('go', null, true)).needs.fields, ['early', 'reason']);
	const events = night.does('21:47:59', alice, vote('go', 'the vendor waits', true));
	assert.equal(the(events, 'voted').early, 'the vendor waits');
});

test('D1 A vote up to two minutes early is on time', () => {
	assert.equal(the(ready().does('21:48', alice, vote('go')), 'voted').early, null);
});

test('D1 An earlier stage that is not done does not block go', () => {
	const night = gone();
	assert.equal(night.state().stages['T-60']?.outcome, null);
	assert.equal(night.state().status, 'go');
});

test('D2 Every owner votes by name, in any order; the first vote opens the stage, the last closes it', () => {
	const night = ready();
	night.does('21:52', carolOfOps, vote('go'));
	assert.equal(night.stands('21:52').stages[2]?.state, 'open');
	assert.equal(night.state().status, 'preparing');
	const events = night.does('21:53', alice, vote('go'));
	assert.deepEqual(typesOf(events), ['voted', 'goGiven']);
	assert.equal(night.state().status, 'go');
	assert.equal(night.stands('21:53').stages[2]?.state, 'done');
});

test('D2 A go vote requires the typed word GO and an owner of the stage', () => {
	const night = ready();
	assert.deepEqual(night.refuses('21:52', alice, vote('go')).needs.words, ['GO']);
	assert.match(night.refuses('21:52', bob, vote('go'), {confirm: ['GO']}).why, /project-owner does not own this/);
	assert.match(night.refuses('21:52', {...alice, role: 'ops-lead'}, vote('go')).why, /alice is not ops-lead/);
});

test('D2 A run of the go/no-go stage judges its gates again and leaves the stage open', () => {
	const night = ready();
	night.does('21:50', alice, run('T-10'));
	night.does('21:50:01', runner, {type: 'runWithin', data: {target: {stage: 'T-10'}, attempt: 1, gate: 'G2'}});
	night.does('21:50:02', runner, judge('G2', 2, 'pass'));
	night.does('21:50:03', runner, end('T-10', 1, 'pass'));
	assert.equal(night.stands('21:51').stages[2]?.state, 'open');
	night.does('21:52', alice, vote('go'));
	night.does('21:53', carolOfOps, vote('go'));
	assert.equal(night.stands('21:53').stages[2]?.state, 'done');
});

test('D2 A run of the go/no-go stage after go leaves the go and the stage unchanged', () => {
	const night = gone();
	night.does('21:55', alice, run('T-10'));
	night.does('21:55:01', runner, end('T-10', 1, 'pass'));
	assert.equal(night.state().status, 'go');
	assert.equal(night.stands('21:56').stages[2]?.state, 'done');
});

test('D2 Two roles need two different people if the settings assign people to roles', () => {
	const book = withBook({people: {...runbook.people, 'ops-lead': ['carol', 'alice']}});
	const night = ready(book);
	night.does('21:52', alice, vote('go'));
	const no = night.refuses('21:53', {...alice, role: 'ops-lead'}, vote('go'), {confirm: ['GO']});
	assert.match(no.why, /alice voted for release-manager already/);
});

test('D2 The evidence says that two people are not proven if both votes come from one login', () => {
	const night = ready(unbound);
	night.does('21:52', alice, vote('go'));
	night.does('21:53', {...alice, name: 'carol', role: 'ops-lead', strength: 'stated'}, vote('go'));
	assert.match(field(night, 'T-10 decision') ?? '', /not proven to be 2 people: one login is behind alice and carol/);
	assert.doesNotMatch(field(gone(), 'T-10 decision') ?? '', /not proven/);
});

test('D2 A no-go requires a reason and no typed word', () => {
	const night = ready();
	assert.equal(night.refuses('21:52', alice, vote('no-go')).usageError, true);
	night.does('21:52', alice, vote('no-go', 'payments are down'));
	assert.equal(night.state().status, 'hold');
});

test('D3 All votes are withdrawn when the watcher finds a stale gate; the status returns to preparing', () => {
	const night = gone();
	const events = night.waits('21:55', moved);
	assert.deepEqual(typesOf(events), ['goRevoked']);
	assert.deepEqual([the(events, 'goRevoked').cause, the(events, 'goRevoked').on], ['stale', 'G2']);
	assert.equal(night.state().status, 'preparing');
});

test('D3 The next command withdraws an outdated go before it is decided: T0 is then refused', () => {
	const night = gone();
	assert.match(night.refuses('22:00', alice, run('T0'), {observed: moved, confirm: ['T0']}).why, /Go is not given/);
	assert.equal(night.entries().at(-1)?.type, 'goRevoked');
});

test('D3 A single vote is withdrawn for the same reasons as a go', () => {
	const night = ready();
	night.does('21:52', alice, vote('go'));
	assert.deepEqual(typesOf(night.waits('21:53', moved)), ['goRevoked']);
	assert.equal(night.stands('21:53').poll?.votes[0]?.vote, null);
});

test('D3 All votes are withdrawn without a hold when a gate could not be judged', () => {
	const night = gone();
	assert.deepEqual(typesOf(judges(night, '21:55', dave, 'G1', 'unknown')), ['judged', 'goRevoked']);
	assert.equal(night.state().status, 'preparing');
});

test('D3 All votes are withdrawn when a file changes, on any hold, and on t0 even if T0 stays the same', () => {
	const bytes = gone().waits('21:55', {...calm, approved: {...approved, 'docs/switch.md': null}});
	assert.deepEqual(typesOf(bytes), ['goRevoked', 'holdPlaced']);
	const called = gone().does('21:55', omar, hold('the bridge is down'));
	assert.deepEqual(typesOf(called), ['goRevoked', 'holdPlaced']);
	const again = gone().does('21:55', alice, t0('22:00'));
	assert.deepEqual(typesOf(again), ['goRevoked', 'scheduled']);
	assert.equal(the(again, 'goRevoked').cause, 't0');
	const word = gone().does('21:55', omar, says('G4', 'L3', 'page 4 is wrong'));
	assert.deepEqual(typesOf(word), ['acknowledged', 'judged', 'goRevoked', 'holdPlaced']);
});

test('D3 A no-go withdraws the votes given before it', () => {
	const night = ready();
	night.does('21:52', alice, vote('go'));
	assert.deepEqual(typesOf(night.does('21:53', carolOfOps, vote('no-go', 'no'))), ['voted', 'goRevoked', 'holdPlaced']);
});

test('D3 Once the rollback is begun nobody is asked for a keep', () => {
	assert.equal(rollingBack().stands('22:11').poll, null);
	assert.equal(
		kept()
			.stands('22:40')
			.poll?.votes.every(({vote: word}) => word === 'keep'),
		true,
	);
});

test('D3 A withdrawn vote does not return automatically: a new poll opens and shows the reason', () => {
	const night = gone();
	night.waits('21:55', moved);
	assert.deepEqual(night.waits('21:56'), []);
	const poll = night.stands('21:56').poll;
	assert.deepEqual(
		poll?.votes.map(({vote: word}) => word),
		[null, null],
	);
	assert.match(poll?.fallen?.reason ?? '', /G2 is stale/);
	night.does('21:57', alice, vote('go'));
	assert.equal(night.state().status, 'preparing');
	night.does('21:58', carolOfOps, vote('go'));
	assert.equal(night.state().status, 'go');
	assert.equal(night.state().polls.go?.round, 2);
});

test('D3 A withdrawn go opens its stage anew, also where that was approved under another name meanwhile', () => {
	const night = ready();
	night.does('21:50', alice, vote('go'));
	const changed = {...approved, 'docs/switch.md': 'sha256:00'};
	const observed = {...calm, approved: changed};
	night.waits('21:51', observed);
	const stages = runbook.stages.map(stage => (stage.kind === 'decision' ? {...stage, id: 'T-9'} : stage));
	night.does('21:52', alice, {type: 'approve', data: {runbook: withBook({stages}), approved: changed}}, observed);
	night.does('21:53', alice, t0('22:00'), observed);
	night.does('21:54', alice, vote('go'), observed);
	night.does('21:55', carolOfOps, vote('go'), observed);
	assert.equal(night.state().stages['T-9']?.outcome, 'done');
	night.does('21:56', bob, hold('a smell of smoke'), observed);
	assert.equal(night.state().stages['T-9']?.outcome, null);
});

test('D3 A gate that passes again does not withdraw the go', () => {
	const night = gone();
	assert.deepEqual(typesOf(judges(night, '21:55', carolOfQa, 'G2')), ['judged']);
	assert.equal(night.state().status, 'go');
});

test('D4 The evidence of the decision shows what was frozen and by whom', () => {
	const night = ready();
	assert.equal(night.refuses('21:50', alice, {type: 'freeze', data: {text: ' '}}).usageError, true);
	assert.match(night.refuses('21:50', dave, {type: 'freeze', data: {text: 'main'}}).fix, /./);
	night.does('21:50', carolOfOps, {type: 'freeze', data: {text: 'merges to main'}});
	night.does('21:52', alice, vote('go'));
	assert.match(field(night, 'T-10 decision') ?? '', /frozen by carol \(ops-lead\): merges to main/);
});

test('D6 A repeated action is refused; the refusal names who did it first and when', () => {
	const night = ready();
	night.does('21:52', alice, vote('go'));
	assert.match(night.refuses('21:53', alice, vote('go')).why, /alice voted go for release-manager at .*:52:00/);
	night.does('21:53', carolOfOps, vote('go'));
	assert.match(night.refuses('21:54', carolOfOps, vote('go')).why, /Go was given at .*:53:00/);
	const word = night.refuses('21:54', omar, says('G4', 'L3'));
	assert.match(word.why, /omar said yes for L3 at .*:42:00/);
});

test('Status The last go vote changes preparing to go; withdrawn votes change it back', () => {
	const night = gone();
	assert.equal(night.state().status, 'go');
	night.waits('21:55', {...calm, files: {...files, 'docs/operating.md': 'sha256:00'}});
	assert.equal(night.state().status, 'preparing');
	const reported = given([does('21:00', alice, 'begin', {...beginning, t0: '2031-01-14T21:00:00.000Z'})], '21:00');
	assert.equal(reported.state.status, 'preparing');
});

const beginning = {
	id: 'orders',
	runbook,
	ticket: null,
	environment: null,
	workspace: '/srv/orders',
	approved,
	rehearsal: null,
};

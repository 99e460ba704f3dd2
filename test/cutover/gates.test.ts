/** Gates: verdicts, their inputs, and acknowledgements (RULES G). */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Observation} from '../../source/cutover/model/command.ts';
import {calm} from '../given.ts';
import {alice, ben, bob, carolOfOps, carolOfQa, dave, lena, omar, runner} from '../scenarios/people.ts';
import {approved, files, runbook} from '../scenarios/runbook.ts';
import {end, judge, note, run, says, vote} from './commands.ts';
import {begun, gone, judges, type Night, ready, the, typesOf, withBook} from './night.ts';

const verdict = (night: Night, id: string, time: string, observed: Observation = calm) =>
	night.stands(time, null, observed).gates.find(gate => gate.id === id)?.verdict;

const without = (path: string): Observation => ({...calm, files: {...files, [path]: null}});
const otherFile = (path: string): Observation => ({...calm, files: {...files, [path]: 'sha256:00'}});

test('G1 A gate is pending before its first attempt, running during it, and then shows its verdict', () => {
	const night = begun();
	assert.equal(verdict(night, 'G1', '21:00'), 'pending');
	night.does('21:00', dave, run('G1'));
	assert.equal(verdict(night, 'G1', '21:00'), 'running');
	night.does('21:01', runner, judge('G1', 1, 'pass'));
	assert.equal(verdict(night, 'G1', '21:01'), 'pass');
});

test('G1 A gate that could not be judged is unknown; it does not fail and causes no hold', () => {
	const night = begun();
	const events = judges(night, '21:00', dave, 'G1', 'unknown', 'ops/before-switch.sh is not found');
	assert.deepEqual(typesOf(events), ['judged']);
	assert.equal(verdict(night, 'G1', '21:01'), 'unknown');
	assert.equal(night.state().status, 'preparing');
});

test('G1 A gate is unknown if its runner ends without a verdict', () => {
	const night = begun();
	night.does('21:00', dave, run('G1'));
	const events = night.does('21:05', runner, end('G1', 1, 'lost'));
	assert.deepEqual(typesOf(events), ['ended', 'judged']);
	assert.equal(the(events, 'judged').verdict, 'unknown');
	assert.match(the(events, 'judged').reason ?? '', /gone without a result/);
});

test('G1 The last verdict stays in force while a gate runs again', () => {
	const night = ready();
	night.does('21:45', dave, run('G1'));
	const gate = night.stands('21:45').gates[0];
	assert.deepEqual([gate?.verdict, gate?.judging], ['pass', true]);
	night.does('21:52', alice, vote('go'));
});

test('G1 Only one attempt at a time judges a gate', () => {
	const night = begun();
	night.does('21:00', dave, run('G1'));
	assert.match(night.refuses('21:01', dave, run('G1')).why, /judged since .* by dave/);
	night.does('21:01', dave, run('T-60'));
	const inside = {type: 'runWithin', data: {target: {stage: 'T-60'}, attempt: 1, gate: 'G1'}} as const;
	assert.match(night.refuses('21:01', runner, inside).why, /G1-1/);
});

test('G2 A passed command gate turns stale when the commit of the workspace changes', () => {
	const night = ready();
	const moved: Observation = {...calm, heads: {...calm.heads, G2: 'badcafe0'}};
	assert.equal(verdict(night, 'G2', '21:45', moved), 'stale');
	assert.equal(verdict(night, 'G1', '21:45', moved), 'pass');
});

test('G2 A passed command gate turns stale at its maximum age, 90 minutes by default', () => {
	const night = ready();
	assert.equal(verdict(night, 'G1', '23:06:01'), 'pass');
	assert.equal(verdict(night, 'G1', '23:06:02'), 'stale');
});

test('G2 An acknowledgement turns stale when a file that it cites changes, not with age', () => {
	const night = ready();
	assert.equal(verdict(night, 'G4', '23:59'), 'pass');
	assert.equal(verdict(night, 'G4', '21:45', otherFile('docs/operating.md')), 'stale');
	assert.equal(verdict(night, 'G5', '21:45', otherFile('docs/operating.md')), 'pass');
});

test('G2 A pass turns stale when the row or the settings of its gate change', () => {
	const night = ready();
	const gates = runbook.gates.map(gate => (gate.id === 'G2' ? {...gate, commands: ['true']} : gate));
	const next = {...approved, 'docs/switch.md': 'sha256:00'};
	const observed: Observation = {...calm, approved: next};
	night.waits('21:44', observed);
	night.does('21:45', alice, {type: 'approve', data: {runbook: withBook({gates}), approved: next}}, observed);
	assert.equal(verdict(night, 'G2', '21:46', observed), 'stale');
	assert.equal(verdict(night, 'G1', '21:46', observed), 'pass');
});

test('G2 A verdict is stale if the row of its gate changed after the attempt started', () => {
	const night = begun();
	night.does('21:00', carolOfQa, run('G2'));
	const gates = runbook.gates.map(gate => (gate.id === 'G2' ? {...gate, commands: ['false']} : gate));
	const next = {...approved, 'docs/switch.md': 'sha256:00'};
	const observed: Observation = {...calm, approved: next};
	night.does('21:01', alice, {type: 'approve', data: {runbook: withBook({gates}), approved: next}}, observed);
	night.does('21:02', runner, judge('G2', 1, 'pass'), observed);
	assert.equal(verdict(night, 'G2', '21:03', observed), 'stale');
});

test('G2 Only a pass turns stale; a fail remains a fail', () => {
	const night = begun();
	judges(night, '21:00', carolOfQa, 'G2', 'fail');
	assert.equal(verdict(night, 'G2', '23:59', {...calm, heads: {G2: 'badcafe0'}}), 'fail');
});

test('G2 After T0 has started, verdicts are frozen and gates cannot run', () => {
	const night = gone();
	night.does('21:59', carolOfQa, run('G2'));
	night.does('22:00', alice, run('T0'));
	const events = night.does('22:01', runner, judge('G2', 2, 'fail', 'make ended with 2'));
	assert.deepEqual(typesOf(events), ['judged']);
	assert.equal(night.state().status, 'executing');
	assert.equal(verdict(night, 'G2', '23:59'), 'pass');
	assert.match(night.refuses('22:02', dave, run('G1')).why, /T0 has started/);
	assert.match(night.refuses('22:02', omar, says('G4', 'L3', 'no')).why, /T0 has started/);
});

test('G3 Nobody can waive a gate: go is refused while any gate does not pass', () => {
	const night = ready();
	judges(night, '21:45', dave, 'G1', 'unknown');
	assert.match(night.refuses('21:52', alice, vote('go', 'it is fine', true)).why, /G1 is unknown/);
	assert.match(night.refuses('21:52', alice, run('T0', {early: true, reason: 'it is fine'})).why, /Go is not given/);
});

test('G4 The last missing acknowledgement judges the gate at once', () => {
	const night = begun();
	assert.deepEqual(typesOf(night.does('21:00', ben, says('G4', 'L1'))), ['acknowledged']);
	assert.deepEqual(typesOf(night.does('21:01', lena, says('G4', 'L2'))), ['acknowledged']);
	assert.equal(the(night.does('21:02', omar, says('G4', 'L3')), 'judged').verdict, 'pass');
});

test('G4 The gate fails and the cutover is on HOLD if a cited file is missing at the last acknowledgement', () => {
	const night = begun();
	const missing = without('docs/incidents.md');
	night.does('21:00', ben, says('G4', 'L1'), missing);
	night.does('21:01', lena, says('G4', 'L2'), missing);
	const events = night.does('21:02', omar, says('G4', 'L3'), missing);
	assert.deepEqual(typesOf(events), ['acknowledged', 'judged', 'holdPlaced']);
	assert.match(the(events, 'judged').reason ?? '', /docs\/incidents\.md is missing/);
});

test('G4 A missing file that appears counts as changed: earlier acknowledgements are requested again', () => {
	const night = begun();
	const missing = without('docs/acceptance-3.md');
	night.does('21:03', bob, says('G5', 'project-owner'), missing);
	assert.deepEqual(night.stands('21:04').gates[4]?.awaits, ['project-owner']);
	const events = night.does('21:05', bob, says('G5', 'project-owner'));
	assert.equal(the(events, 'judged').verdict, 'pass');
});

test('G4 A no fails the gate at once, and a later yes of the same group replaces it', () => {
	const night = begun();
	const no = night.does('21:00', bob, says('G5', 'project-owner', 'ACC-12 is open'));
	assert.deepEqual(typesOf(no), ['acknowledged', 'judged', 'holdPlaced']);
	assert.match(the(no, 'judged').reason ?? '', /ACC-12 is open/);
	const yes = night.does('21:05', bob, says('G5', 'project-owner'));
	assert.deepEqual([the(yes, 'judged').verdict, the(yes, 'judged').attempt], ['pass', 2]);
	assert.match(night.refuses('21:06', bob, says('G5', 'project-owner')).why, /bob said yes/);
});

test('G4 A no requires a reason and withdraws an earlier yes', () => {
	const night = ready();
	const silent = {type: 'acknowledge', data: {gate: 'G4', group: 'L3', yes: false, reason: null}} as const;
	assert.equal(night.refuses('21:50', omar, silent).usageError, true);
	night.does('21:50', omar, says('G4', 'L3', 'page 4 is wrong'));
	assert.equal(verdict(night, 'G4', '21:50'), 'fail');
});

test('G4 An early run of an acknowledgement gate checks its files and names the missing groups', () => {
	const night = begun();
	night.does('21:00', ben, says('G4', 'L1'));
	const events = night.does('21:01', carolOfOps, run('G4'));
	assert.deepEqual(typesOf(events), ['judged']);
	assert.equal(the(events, 'judged').verdict, 'pending');
	assert.equal(the(events, 'judged').reason, 'waits for L2 and L3');
	const failed = begun().does('21:01', carolOfOps, run('G4'), without('docs/operating.md'));
	assert.deepEqual(typesOf(failed), ['judged', 'holdPlaced']);
});

test('G4 One person may acknowledge for several groups if the settings assign no people to roles', () => {
	const night = begun(withBook({people: null}));
	const someone = {...ben, role: null};
	for (const group of ['L1', 'L2', 'L3']) night.does('21:00', someone, says('G4', group));
	assert.equal(verdict(night, 'G4', '21:01'), 'pass');
});

test('G4 Only a group that the gate names can acknowledge it', () => {
	const night = begun();
	assert.match(night.refuses('21:00', carolOfQa, says('G4', 'qa-owner')).fix, /ben \(L1\), lena \(L2\) or omar \(L3\)/);
	assert.match(night.refuses('21:00', carolOfQa, says('G4', 'L1')).why, /qa-owner does not own this/);
	assert.match(night.refuses('21:00', ben, says('G4', 'qa-owner')).fix, /L1, L2 and L3/);
	assert.equal(night.refuses('21:00', ben, says('G4', 'L9')).usageError, true);
	assert.match(night.refuses('21:00', dave, says('G1', null)).fix, /Run G1/);
	assert.equal(night.refuses('21:00', ben, says('G9', 'L1')).usageError, true);
});

test('G4 The first yes judges a gate that needs any one of its groups', () => {
	const gates = runbook.gates.map(gate => (gate.id === 'G4' ? {...gate, need: 'any' as const} : gate));
	const night = begun(withBook({gates}));
	assert.equal(the(night.does('21:00', lena, says('G4', 'L2')), 'judged').verdict, 'pass');
	night.does('21:01', ben, says('G4', 'L1'));
	assert.equal(verdict(night, 'G4', '21:02'), 'pass');
});

test('G5 A pass after a fail shows the number of failed attempts and the cause that the owner recorded', () => {
	const night = begun();
	judges(night, '21:00', carolOfQa, 'G2', 'fail');
	judges(night, '21:02', carolOfQa, 'G2');
	const before = night.stands('21:03').gates[1];
	assert.deepEqual([before?.verdict, before?.attempt, before?.failedBefore, before?.cause], ['pass', 2, 1, null]);
	night.does('21:04', carolOfQa, note('the cache was cold', 'G2'));
	assert.equal(night.stands('21:05').gates[1]?.cause, 'the cache was cold');
});

test('a pass is stale while the state of the workspace is unknown', () => {
	const night = ready();
	const unknown: Observation = {...calm, heads: {...calm.heads, G2: {unknown: 'git is not installed'}}};
	assert.equal(verdict(night, 'G2', '21:45', unknown), 'stale');
});

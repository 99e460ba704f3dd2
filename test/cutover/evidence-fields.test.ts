/** The evidence block's fields, from the journal (RULES E2). */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {evidenceFields, isFilled} from '../../source/cutover/snapshot/evidence-fields.ts';
import {alice, carolOfQa, dave, omar, runner} from '../scenarios/people.ts';
import {runbook} from '../scenarios/runbook.ts';
import {abandon, close, end, judge, note, prove, run} from './commands.ts';
import {begun, judges, kept, type Night, proofAwaited, ready, withBook} from './night.ts';

const valueIn = (night: Night, name: string) => evidenceFields(night.state()).find(({field}) => field === name)?.value;
const setField = (field: string, value: string) => ({type: 'setField', data: {field, value}}) as const;
const missing = (what: string, reason: string) => ({type: 'setNotRecorded', data: {what, reason}}) as const;
const asked = withBook({evidence: [...runbook.evidence, {field: 'Customer contact', text: 'Customer contact:'}]});

test('E2 Fields are filled from the journal by their names', () => {
	const night = kept();
	assert.equal(valueIn(night, 'Ticket'), 'CHG-4821');
	assert.equal(valueIn(night, 'Environment'), 'production');
	assert.match(valueIn(night, 'Operator') ?? '', /^alice .*identity: system login$/);
	assert.match(
		valueIn(night, 'Gate results (G1-G5)') ?? '',
		/^G1 PASS; G2 PASS; .*G4 PASS \(L1 ben \[system login\], L2 lena \[system login\], L3 omar \[system login\]\)/,
	);
	assert.match(valueIn(night, 'T-10 decision') ?? '', /^GO alice \(release-manager\) .*; GO carol \(ops-lead\)/);
	assert.match(valueIn(night, 'T0 execution reference') ?? '', /begun .*; reference DEPLOY-991; done at/);
	assert.match(valueIn(night, 'T+10 verification') ?? '', /health endpoints PASS by dave/);
	assert.match(valueIn(night, 'T+30 closure decision') ?? '', /^KEEP alice .*KEEP bob/);
	assert.equal(valueIn(night, 'Rollback trigger (if any)'), 'none');
});

test('E2 Common alternative field names are filled like the standard name', () => {
	const names = {
		Change: 'Ticket',
		'Started by': 'Operator',
		'Go decision': 'T-10 decision',
		Move: 'T0 execution reference',
		Verification: 'T+10 verification',
		'Final decision': 'T+30 closure decision',
	};
	const night = kept(
		withBook({evidence: [...runbook.evidence, ...Object.keys(names).map(field => ({field, text: `${field}:`}))]}),
	);
	for (const [other, known] of Object.entries(names)) {
		assert.notEqual(valueIn(night, other), null, other);
		assert.equal(valueIn(night, other), valueIn(night, known), other);
	}
	for (const own of ['Change description', 'Verification log link', 'Move order'])
		assert.ok(!isFilled(runbook, own), own);
	const twice = runbook.stages.map(stage =>
		stage.kind === 'manual' ? {...stage, kind: 'verification' as const} : stage,
	);
	const verifying = [...twice, ...runbook.stages.filter(({kind}) => kind === 'verification')];
	assert.ok(!isFilled({...runbook, stages: verifying}, 'Verification'), 'which of the two is not said');
});

test('E2 A checks stage records its result, exit code and log with sha256', () => {
	const night = begun();
	night.does('21:00', dave, run('T-60'));
	night.does('21:00:01', runner, {type: 'runWithin', data: {target: {stage: 'T-60'}, attempt: 1, gate: 'G1'}});
	night.does('21:00:02', runner, judge('G1', 1, 'pass'));
	night.does('21:01', runner, end('T-60', 1, 'pass'));
	const value = valueIn(night, 'T-60 evidence') ?? '';
	assert.match(value, /done at .*T-60-1 PASS/);
	assert.match(value, /attempts\/T-60-1\/log sha256 (ab){32}/);
});

test('G5 The evidence shows the failed attempts of a gate and their cause, or that no cause was given', () => {
	const night = begun();
	judges(night, '21:00', carolOfQa, 'G2', 'fail');
	judges(night, '21:02', carolOfQa, 'G2');
	assert.match(valueIn(night, 'Gate results (G1-G5)') ?? '', /G2 PASS \(attempt 2, 1 failed: no cause given\)/);
	night.does('21:03', carolOfQa, note('the cache was cold', 'G2'));
	assert.match(valueIn(night, 'Gate results (G1-G5)') ?? '', /1 failed: the cache was cold/);
});

test('E2 A field that no rule fills is requested before close: a value, or not recorded with a reason', () => {
	const night = kept(asked);
	assert.equal(valueIn(night, 'Customer contact'), null);
	assert.match(night.refuses('22:33', alice, close(null), {confirm: ['CLOSE']}).why, /Customer contact/);
	assert.equal(night.refuses('22:33', omar, setField('Customer contact', ' ')).usageError, true);
	night.does('22:33', omar, setField('customer contact', 'told\nat 22:33'));
	assert.equal(valueIn(night, 'Customer contact'), 'told / at 22:33');
	const other = kept(asked);
	assert.equal(other.refuses('22:33', omar, missing('Customer contact', ' ')).usageError, true);
	other.does('22:33', omar, missing('Customer contact', 'nobody was reached'));
	assert.equal(valueIn(other, 'Customer contact'), 'not recorded: nobody was reached');
	assert.equal(other.refuses('22:34', omar, missing('Moon', 'x')).usageError, true);
});

test('E2 Fields that the journal fills cannot be set, and a correction of a known fact keeps both values', () => {
	const night = kept();
	assert.equal(night.refuses('22:33', omar, setField('T-10 decision', 'go')).code, 'field-known');
	assert.equal(night.refuses('22:33', omar, missing('T-10 decision', 'x')).code, 'already-recorded-value');
	night.does('22:33', omar, setField('Operator', 'alice and dave'));
	assert.match(
		valueIn(night, 'Operator') ?? '',
		/^alice \(release-manager\), .*, corrected by omar \d\d:33: alice and dave$/,
	);
});

test('E2 No field is blank after close', () => {
	for (const night of [kept(asked), ready(asked)]) {
		if (night.state().status !== 'kept') night.does('22:40', alice, abandon('the vendor is not ready'));
		night.does('22:41', alice, close('the rest follows'));
		for (const {value} of evidenceFields(night.state())) assert.ok(value?.trim());
	}
});

test('E2 The evidence of a rollback shows its triggers, its paths and its proof', () => {
	const night = proofAwaited();
	assert.match(
		valueIn(night, 'Rollback trigger (if any)') ?? '',
		/rollback begun .* by alice .*: checkouts fail; fallback; NOT RESTORED/,
	);
	night.does('22:17', omar, prove());
	assert.match(valueIn(night, 'T+30 closure decision') ?? '', /proved .* by omar \(L3\): checkouts work again/);
});

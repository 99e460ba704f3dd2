/** Sign-offs, attachments and notes (RULES E1, S7). */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Observation} from '../../source/cutover/model/command.ts';
import {nothingSeen} from '../../source/cutover/model/initial.ts';
import {calm} from '../given.ts';
import {alice, bob, carolOfOps, carolOfQa, dave, omar, runner} from '../scenarios/people.ts';
import {files, runbook} from '../scenarios/runbook.ts';
import {abandon, end, note, prove, run, sign, vote} from './commands.ts';
import {
	begun,
	kept,
	type Night,
	observing,
	proofAwaited,
	ready,
	rollingBack,
	the,
	verified,
	withBook,
} from './night.ts';

const written: Observation = {...calm, files: {...files, 'docs/closing-report.md': 'sha256:11'}};

test('E1 A sign-off is refused until the item it refers to exists; the refusal names what is missing', () => {
	const night = begun();
	assert.match(night.refuses('21:00', dave, sign('S1')).why, /S1 needs: the output of T-60/);
	assert.match(night.refuses('21:00', carolOfOps, sign('S3')).why, /G4 acknowledged/);
	assert.match(night.refuses('21:00', alice, sign('S4')).why, /decision of release-manager at T-10; .* at T\+30/);
	assert.match(night.refuses('21:00', bob, sign('S5')).why, /the file docs\/closing-report\.md/);
});

test('E1 A sign-off is accepted once its item exists: a log, an acknowledgement, a file', () => {
	const night = ready();
	night.does('21:45', dave, run('T-60'));
	night.does('21:46', runner, end('T-60', 1, 'pass'));
	assert.equal(the(night.does('21:47', dave, sign('s1')), 'signed').signOff, 'S1');
	night.does('21:47', carolOfOps, sign('S3'));
	const events = night.does('21:48', bob, sign('S5'), written);
	assert.equal(the(events, 'signed').files['docs/closing-report.md'], 'sha256:11');
});

test('E1 Where no workspace is seen, a file is there once it was acknowledged', () => {
	const needs = [{kind: 'file', of: 'docs/operating.md'}] as const;
	const book = withBook({
		signOffs: runbook.signOffs.map(item => (item.id === 'S3' ? {...item, requires: needs} : item)),
	});
	const blocked = (night: Night) =>
		night.stands('21:50', null, nothingSeen).signOffs.find(({id}) => id === 'S3')?.blockedBy ?? [];
	assert.deepEqual(blocked(begun(book)), [`the file ${needs[0].of}`]);
	assert.deepEqual(blocked(ready(book)), []);
});

test('E1 An attachment counts as the output that it belongs to', () => {
	const night = begun();
	const file = {of: 't-60', name: 'tools.txt', path: 'attachments/1', sha256: 'ab'.repeat(32), bytes: 12};
	assert.equal(the(night.does('21:00', omar, {type: 'attach', data: file}), 'attached').of, 'T-60');
	night.does('21:01', dave, sign('S1'));
	assert.equal(night.refuses('21:02', omar, {type: 'attach', data: {...file, of: 'T-61'}}).usageError, true);
});

test('E1 Each item is signed once, by its role', () => {
	const night = ready();
	assert.match(night.refuses('21:50', carolOfQa, sign('S3')).why, /qa-owner does not own this/);
	assert.equal(night.refuses('21:50', carolOfOps, sign('S9')).usageError, true);
	night.does('21:50', carolOfOps, sign('S3'));
	assert.match(night.refuses('21:51', carolOfOps, sign('S3')).why, /carol signed S3/);
});

test('E1 An item that names several decisions is signed once, after the last decision', () => {
	const night = verified();
	assert.match(night.refuses('22:20', alice, sign('S4')).why, /^S4 needs: the decision of release-manager at T\+30\.$/);
	night.does('22:31', alice, vote('keep'));
	assert.match(night.refuses('22:31', alice, sign('S4')).why, /T\+30/);
	night.does('22:32', bob, vote('keep'));
	night.does('22:33', alice, sign('S4'));
});

test('E1 A rollback counts as the decision that was not reached', () => {
	assert.match(rollingBack().refuses('22:11', alice, sign('S4')).why, /T\+30/);
	const back = proofAwaited();
	back.does('22:16', omar, prove());
	back.does('22:17', alice, sign('S4'));
});

test('E1 Each sign-off shows whether it is signed or what is missing', () => {
	const rows = kept().stands('22:33').signOffs;
	assert.deepEqual(
		rows.map(({id, blockedBy}) => [id, blockedBy.length]),
		[
			['S1', 1],
			['S2', 1],
			['S3', 0],
			['S4', 0],
			['S5', 1],
		],
	);
});

test('S7 Anyone may note and attach, even without a role; an empty note is a usage error', () => {
	const night = observing();
	const guest = {...omar, name: 'grace', role: null};
	night.does('22:05', guest, note('the queue is long', 'T+10'));
	assert.equal(night.refuses('22:05', guest, note('  ')).usageError, true);
	assert.equal(night.refuses('22:05', guest, note('here', 'T+11')).usageError, true);
	assert.equal(night.state().remarks['T+10']?.text, 'the queue is long');
});

test('E1 A sign-off is closed if its item was never reached, and next does not request it', () => {
	const night = begun();
	night.does('21:00', alice, abandon('the window is gone'));
	const {stages, signOffs, next, waits} = night.stands('21:01');
	assert.deepEqual(
		stages.map(({state}) => state),
		stages.map(() => 'not reached'),
	);
	const closed = signOffs.filter(({notApplicable}) => notApplicable);
	assert.deepEqual(
		closed.map(({id}) => id),
		['S1', 'S2', 'S3', 'S4'],
	);
	assert.match(closed[0]?.notRecorded ?? '', /^not applicable: abandoned at /);
	assert.equal(night.refuses('21:01', dave, sign('S1')).code, 'sign-off-closed');
	assert.equal(night.refuses('21:01', alice, sign('S4')).code, 'sign-off-closed');
	assert.equal(
		[next, ...waits].some(each => /S[1234]\b/.test(each?.text ?? '')),
		false,
	);
});

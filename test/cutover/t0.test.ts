/** T0: it starts once, in status go, and its result (RULES S3). */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {stamp} from '../../source/text/time.ts';
import {at, given} from '../given.ts';
import {backNight} from '../scenarios/night.ts';
import {alice, bob, carolOfOps, dave, runner} from '../scenarios/people.ts';
import {end, marks, report, rollback, run, skip, t0, vote} from './commands.ts';
import {begun, executing, gone, type Night, observing, played, ready, the, typesOf} from './night.ts';

const ofT0 = (night: Night, time: string) => night.stands(time).stages.find(({id}) => id === 'T0');
const reference = {reference: 'DEPLOY-991'};

test('S3 The owner starts T0 in status go with the typed word', () => {
	assert.match(ready().refuses('22:00', alice, run('T0'), {confirm: ['T0']}).why, /Go is not given/);
	const night = gone();
	assert.match(night.refuses('22:00', bob, run('T0'), {confirm: ['T0']}).fix, /release-manager/);
	assert.deepEqual(night.refuses('22:00', alice, run('T0')).needs.words, ['T0']);
	assert.deepEqual(night.refuses('22:00', alice, run('T0'), {confirm: ['t0', 'GO']}).needs.words, ['T0']);
	assert.deepEqual(typesOf(night.does('22:00', alice, run('T0'))), ['t0Begun']);
	assert.equal(night.state().status, 'executing');
});

test('S3 A second start of T0 is refused', () => {
	const night = executing();
	assert.equal(night.refuses('22:01', alice, run('T0'), {confirm: ['T0']}).code, 't0-started');
	const playing = executing(played);
	assert.equal(playing.refuses('22:01', alice, run('T0'), {confirm: ['T0']}).code, 't0-started');
	assert.match(observing().refuses('22:05', alice, run('T0'), {confirm: ['T0']}).why, /OBSERVING/);
});

test('S3 T0 requires early and a reason before its time; up to two minutes early is on time, and late is never refused', () => {
	assert.deepEqual(gone().refuses('21:57:59', alice, run('T0'), {confirm: ['T0']}).needs.fields, ['early', 'reason']);
	const early = gone().does('21:57', alice, run('T0', {early: true, reason: 'the vendor waits'}));
	assert.equal(the(early, 't0Begun').early, 'the vendor waits');
	assert.equal(the(gone().does('21:58', alice, run('T0')), 't0Begun').early, null);
	assert.equal(the(gone().does('22:50', alice, run('T0')), 't0Begun').early, null);
});

test('T0 by hand whose result nobody gave no longer runs once the rollback is proved', () => {
	const acts = backNight.filter(
		({command: {type, data}}) => type !== 'report' || !('stage' in data) || data.stage !== 'T0',
	);
	const ofT0 = (time: string) =>
		given(acts, time)
			.snapshot(alice)
			.stages.find(({id}) => id === 'T0');
	assert.equal(ofT0('22:30:00')?.state, 'running');
	assert.deepEqual([ofT0('23:30:00')?.state, ofT0('23:30:00')?.remark], ['open', 'no result recorded']);
});

test('S3 The start of T0 arms the triggers and sets the times of later stages; the planned T0 stays', () => {
	const night = gone();
	assert.equal(night.stands('21:59').triggers[1]?.state, 'disarmed');
	night.does('22:03', alice, run('T0', reference));
	const snapshot = night.stands('22:03');
	assert.equal(snapshot.t0, at('22:00'));
	assert.equal(snapshot.t0Started, at('22:03'));
	assert.equal(snapshot.stages[4]?.planned, at('22:13'));
	assert.equal(snapshot.triggers[1]?.state, 'armed');
	assert.equal(snapshot.stages[3]?.slippageSeconds, 180);
});

test('S3 T0 without a playbook runs nothing and waits for its result, with a reference', () => {
	const night = executing();
	assert.equal(ofT0(night, '22:01')?.state, 'running');
	assert.match(night.stands('22:01').next?.text ?? '', /record the result of T0/);
	const events = night.does('22:02', alice, report('T0', 'pass', reference));
	assert.deepEqual(typesOf(events), ['reported']);
	assert.equal(night.state().status, 'observing');
	assert.equal(ofT0(night, '22:03')?.reference, 'DEPLOY-991');
});

test('S3 One command may start T0 and record its result, with the same typed word', () => {
	const night = gone();
	assert.deepEqual(night.refuses('22:00', alice, report('T0', 'pass', reference)).needs.words, ['T0']);
	assert.deepEqual(typesOf(night.does('22:00', alice, report('T0', 'pass', reference))), ['t0Begun', 'reported']);
	const failing = gone();
	assert.deepEqual(failing.refuses('22:00', alice, report('T0', 'fail')).needs.words, ['T0', 'FAILED']);
});

test('S3 A T0 that was already done is recorded with its own time, between the go and now, and with the time of the entry', () => {
	const night = gone();
	const done = (time: string) => report('T0', 'pass', {...reference, done: stamp(at(time))});
	assert.equal(night.refuses('22:10', alice, done('21:52:59'), {confirm: ['T0']}).usageError, true);
	assert.equal(night.refuses('22:10', alice, done('22:10:01'), {confirm: ['T0']}).usageError, true);
	const events = night.does('22:10', alice, done('22:02'));
	assert.equal(the(events, 't0Begun').began, stamp(at('22:02')));
	assert.equal(night.entries().at(-1)?.at, stamp(at('22:10')));
	assert.equal(night.state().t0Started, at('22:02'));
});

test('S3 The owner of T0 records the result as pass or fail', () => {
	const night = executing();
	assert.match(night.refuses('22:01', carolOfOps, report('T0', 'pass')).fix, /release-manager/);
	assert.equal(night.refuses('22:01', alice, report('T0', null)).usageError, true);
});

test('S3 The result fail requires the typed word FAILED, leaves the cutover executing, and may be corrected', () => {
	const night = executing();
	assert.deepEqual(night.refuses('22:02', alice, report('T0', 'fail')).needs.words, ['FAILED']);
	night.does('22:02', alice, report('T0', 'fail', {note: 'the switch hangs'}));
	assert.equal(night.state().status, 'executing');
	assert.match(night.stands('22:03').headline.word, /T0 FAILED/);
	assert.match(night.refuses('22:03', alice, report('T0', 'fail'), {confirm: ['FAILED']}).why, /alice/);
	night.does('22:04', alice, report('T0', 'pass'));
	assert.equal(night.state().status, 'observing');
	assert.equal(night.refuses('22:05', alice, report('T0', 'fail'), {confirm: ['FAILED']}).code, 'already-recorded');
});

test('S3 A correction of the result is refused after a rollback has started', () => {
	const night = executing();
	night.does('22:02', alice, report('T0', 'fail'));
	night.does('22:03', alice, rollback());
	assert.match(night.refuses('22:04', alice, report('T0', 'pass')).why, /ROLLING BACK/);
});

test('S3 T0 with a playbook starts an attempt, and the end of the attempt is the result', () => {
	const night = gone(played);
	const events = night.does('22:00', alice, run('T0'));
	assert.deepEqual(typesOf(events), ['t0Begun', 'started']);
	assert.equal(the(events, 'started').playbook, 'ops/t0.mjs');
	assert.equal(night.refuses('22:01', alice, report('T0', 'pass')).code, 't0-running');
	night.does('22:02', runner, end('T0', 1, 'pass'));
	assert.equal(night.state().status, 'observing');
	assert.match(gone(played).refuses('22:00', alice, report('T0', 'pass')).why, /ops\/t0\.mjs/);
});

test('S3 A failed or lost T0 resumes at its first unfinished step and never runs from the start', () => {
	for (const outcome of ['fail', 'lost', 'unknown'] as const) {
		const night = executing(played);
		night.does('22:02', runner, end('T0', 1, outcome));
		assert.equal(night.state().status, 'executing');
		assert.deepEqual(night.refuses('22:03', alice, run('T0')).needs.words, ['T0']);
		const events = night.does('22:03', alice, run('T0'));
		assert.deepEqual(typesOf(events), ['started']);
		assert.deepEqual([the(events, 'started').resume, the(events, 'started').attempt], [true, 2]);
	}
});

test('S3 The owner may record the result of a failed or lost T0 instead', () => {
	const night = executing(played);
	night.does('22:02', runner, end('T0', 1, 'lost'));
	assert.equal(ofT0(night, '22:02')?.state, 'lost');
	night.does('22:03', alice, report('T0', 'pass', {note: 'the switch was over'}));
	assert.equal(night.state().status, 'observing');
	const failed = executing(played);
	failed.does('22:02', runner, end('T0', 1, 'lost'));
	failed.does('22:03', alice, report('T0', 'fail', {note: 'the switch is half done'}));
	assert.equal(ofT0(failed, '22:04')?.state, 'failed');
});

test('S3 A rollback by hand with path none and proof records that T0 changed nothing', () => {
	const night = executing();
	night.does('22:02', alice, report('T0', 'fail', {note: 'the switch was refused'}));
	night.does('22:03', alice, {type: 'rollbackByHand', data: {path: 'none', result: 'pass', reference: 'no change'}});
	night.does('22:04', dave, {type: 'prove', data: {note: 'still on the old release'}});
	assert.equal(night.state().status, 'rolled-back');
});

test('S3 The headline shows T0 LATE if T0 has not started at its time', () => {
	assert.equal(gone().stands('22:01').headline.word, 'GO');
	assert.equal(gone().stands('22:01:01').headline.word, 'T0 LATE');
	assert.equal(ready().stands('22:05').headline.word, 'T0 LATE');
});

test('S3 T0 is never skipped and never marked done', () => {
	const night = executing();
	assert.equal(night.refuses('22:01', alice, skip('T0', 'no need')).code, 'never-skipped');
	assert.match(night.refuses('22:01', alice, marks('T0', 'it is over')).fix, /Record its result/);
});

test('Status Starting T0 makes the cutover executing; when T0 passes it becomes observing; when T0 fails it stays executing', () => {
	assert.equal(executing().state().status, 'executing');
	assert.equal(observing().state().status, 'observing');
	const night = executing();
	night.does('22:02', alice, report('T0', 'fail'));
	assert.equal(night.state().status, 'executing');
	assert.match(night.refuses('22:03', alice, vote('keep')).fix, /Record the result of T0/);
	assert.equal(begun().refuses('21:00', alice, t0('20:00')).usageError, true);
});

/** Exit 0 of a path is not proof: people prove the rollback, in time or late (RULES R6). */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {at} from '../given.ts';
import {alice, ben, omar, runner} from '../scenarios/people.ts';
import {byHand, end, prove, rollback} from './commands.ts';
import {observing, proofAwaited, rollingBack, the, typesOf} from './night.ts';

test('R6 After a path succeeds the status stays rolling-back, and the rollback shows proof awaited and its deadline', () => {
	const night = proofAwaited();
	assert.equal(night.state().status, 'rolling-back');
	const {rollback: way, next} = night.stands('22:16');
	assert.deepEqual([way?.state, way?.proveBy], ['proof awaited', at('22:25')]);
	assert.match(next?.text ?? '', /confirm by name that the impact is over/);
});

test('R6 Any named person with a role proves the rollback by stating what they observed', () => {
	const night = proofAwaited();
	assert.match(night.refuses('22:16', {...omar, name: 'grace', role: null}, prove()).why, /grace has no role/);
	assert.deepEqual(night.refuses('22:16', omar, prove(' ')).needs.fields, ['note']);
	assert.deepEqual(typesOf(night.does('22:16', omar, prove())), ['impactOver', 'proved']);
	assert.equal(night.state().status, 'rolled-back');
	assert.equal(night.stands('22:16').rollback?.state, 'proved');
});

test('R6 Proof is refused before a path has succeeded', () => {
	assert.match(observing().refuses('22:10', omar, prove()).why, /No rollback/);
	assert.match(rollingBack().refuses('22:11', omar, prove()).why, /runs since/);
	const night = rollingBack();
	night.does('22:12', runner, end('fallback', 1, 'fail'));
	assert.equal(night.refuses('22:13', omar, prove()).code, 'path-not-succeeded');
});

test('R6 The watcher sets rollback-failed if the rollback is not proved in time', () => {
	const night = proofAwaited();
	assert.deepEqual(night.waits('22:25'), []);
	const events = night.waits('22:25:01');
	assert.deepEqual(typesOf(events), ['rollbackFailed']);
	assert.match(the(events, 'rollbackFailed').reason, /not proved within 10m/);
	assert.equal(night.state().status, 'rollback-failed');
	assert.match(night.stands('22:26').headline.text, /NOT RESTORED/);
});

test('R6 Late proof still changes the status to rolled-back', () => {
	const night = proofAwaited();
	night.waits('22:25:01');
	night.does('22:40', omar, prove());
	assert.equal(night.state().status, 'rolled-back');
	assert.equal(night.refuses('22:41', alice, rollback()).code, 'rolled-back');
	assert.match(night.refuses('22:41', omar, prove()).rule, /./);
});

test('R6 The status is rollback-failed if the last path fails; the path may run again, or people roll back by hand', () => {
	const night = rollingBack();
	const events = night.does('22:12', runner, end('fallback', 1, 'fail'));
	assert.deepEqual(typesOf(events), ['ended', 'rollbackFailed']);
	assert.match(the(events, 'rollbackFailed').reason, /no other path is left/);
	assert.match(night.stands('22:13').next?.text ?? '', /by hand/);
	assert.equal(the(night.does('22:13', alice, rollback()), 'started').attempt, 2);
});

test('R6 The status is rollback-failed if a lost path has no result within the time for proof', () => {
	const night = rollingBack();
	night.does('22:12', runner, end('fallback', 1, 'lost'));
	assert.deepEqual(night.waits('22:22'), []);
	assert.deepEqual(typesOf(night.waits('22:22:01')), ['rollbackFailed']);
});

test('Status Another path, a repeated path or a rollback by hand changes rollback-failed to rolling-back; proof changes it to rolled-back', () => {
	const night = rollingBack();
	night.does('22:12', runner, end('fallback', 1, 'fail'));
	assert.equal(night.state().status, 'rollback-failed');
	night.does('22:20', alice, byHand('console', 'pass'));
	assert.equal(night.state().status, 'rolling-back');
	night.does('22:21', ben, prove());
	assert.equal(night.state().status, 'rolled-back');
	const again = rollingBack();
	again.does('22:12', runner, end('fallback', 1, 'fail'));
	again.does('22:20', alice, rollback());
	assert.equal(again.state().status, 'rolling-back');
});

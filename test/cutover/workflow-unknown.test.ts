/** A dispatched workflow in state unknown is never dispatched twice and never forgotten (RULES R5). */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {alice, runner} from '../scenarios/people.ts';
import {type Draft, end, rollback} from './commands.ts';
import {beginsDispatch, ended, observed, preferred, rollsBack, sent, snapshot, tells, without} from './dispatched.ts';
import {the, typesOf} from './night.ts';

test('R5 A workflow is dispatched at most once, by any attempt', () => {
	const night = sent();
	assert.equal(
		night.refuses('22:11', runner, beginsDispatch(), {observed: observed(night, '22:11')}).code,
		'already-dispatched',
	);
	const events = ended(night, '22:11:30', 'lost');
	assert.deepEqual(typesOf(events), ['ended', 'started']);
	const again = the(events, 'started');
	assert.deepEqual([again.target, again.attempt, again.resume], [{path: 'preferred'}, 2, true]);
	assert.equal(
		night.refuses('22:12', runner, beginsDispatch(2), {observed: observed(night, '22:12')}).code,
		'already-dispatched',
	);
	night.does('22:12', runner, tells('running', {}, 2), observed(night, '22:12'));
	assert.equal(snapshot(night, '22:12').rollback?.run, 42);
});

test('R5 A lost runner restarts automatically three times; after that people must act', () => {
	const night = sent();
	for (const attempt of [1, 2, 3])
		assert.deepEqual(typesOf(ended(night, `22:1${attempt}`, 'lost', attempt)), ['ended', 'started']);
	assert.deepEqual(typesOf(ended(night, '22:15', 'lost', 4)), ['ended']);
	assert.equal(snapshot(night, '22:15').rollback?.state, 'unknown');
	const {
		needs: {words},
		why,
	} = night.refuses('22:16', alice, rollback('fallback'), {observed: observed(night, '22:16')});
	assert.deepEqual(words, ['ROLLBACK', 'MAY RUN TWICE']);
	assert.match(why, /is lost/);
});

test('R5 A dispatch without an answer is unknown: the fallback waits for the typed words', () => {
	const night = sent();
	assert.deepEqual(typesOf(ended(night, '22:11', 'unknown')), ['ended']);
	const {rollback: stands, headline} = snapshot(night, '22:11');
	assert.equal(stands?.state, 'unknown');
	assert.match(headline.text, /UNKNOWN/);
	assert.deepEqual(
		night.refuses('22:12', alice, rollback('fallback'), {observed: observed(night, '22:12')}).needs.words,
		['ROLLBACK', 'MAY RUN TWICE'],
	);
	const events = rollsBack(night, '22:13', 'fallback');
	assert.deepEqual(the(events, 'started').target, {path: 'fallback'});
});

test('R5 A run that a person names is watched with the token, and nothing is dispatched again', () => {
	const night = sent();
	const names = (run: number): Draft => ({type: 'adoptRun', data: {run}});
	assert.match(
		night.refuses('22:10:30', alice, names(42), {observed: observed(night, '22:10:30')}).why,
		/Nothing was dispatched/,
	);
	ended(night, '22:11', 'unknown');
	const bare = observed(night, '22:12', {}, without);
	assert.match(night.refuses('22:12', alice, names(42), {observed: bare}).why, /GITHUB_TOKEN is not set here/);
	const events = night.does('22:12', alice, names(42), observed(night, '22:12'));
	assert.deepEqual(typesOf(events), ['runAdopted', 'started']);
	assert.deepEqual([the(events, 'started').attempt, the(events, 'started').resume], [2, true]);
	assert.equal(snapshot(night, '22:12').rollback?.run, 42);
	assert.equal(
		night.refuses('22:13', runner, beginsDispatch(2), {observed: observed(night, '22:13')}).code,
		'already-dispatched',
	);
});

test('R5 An unreachable run is shown with the reason and since when, until it is reported again', () => {
	const night = sent();
	night.does('22:11', runner, tells('running'), observed(night, '22:11'));
	const miss: Draft = {
		type: 'recordRunUnreachable',
		data: {...preferred, why: 'no way to it', since: '2031-01-14T21:11:00.000Z'},
	};
	night.does('22:12', runner, miss, observed(night, '22:12'));
	assert.equal(snapshot(night, '22:12').rollback?.unseen?.why, 'no way to it');
	night.does('22:13', runner, tells('running'), observed(night, '22:13'));
	assert.equal(snapshot(night, '22:13').rollback?.unseen, null);
});

test('R5 A cancelled run may still run until its server reports the end: the fallback waits for the typed words', () => {
	const night = sent();
	night.does('22:11', runner, tells('running'), observed(night, '22:11'));
	night.does('22:12', alice, {type: 'cancelRollback', data: {reason: 'it hangs'}}, observed(night, '22:12'));
	assert.deepEqual(typesOf(ended(night, '22:13', 'stopped')), ['ended']);
	assert.equal(snapshot(night, '22:13').rollback?.state, 'unknown');
	assert.deepEqual(
		night.refuses('22:14', alice, rollback('fallback'), {observed: observed(night, '22:14')}).needs.words,
		['ROLLBACK', 'MAY RUN TWICE'],
	);
});

test('R5 A cancellation applies to later attempts of the same dispatch, until a person names the run', () => {
	const night = sent();
	night.does('22:11', alice, {type: 'cancelRollback', data: {reason: 'it hangs'}}, observed(night, '22:11'));
	ended(night, '22:11:30', 'lost');
	assert.equal(night.state().attempts['rollback+preferred-2']?.stop?.reason, 'it hangs');
	ended(night, '22:12', 'unknown', 2);
	night.does('22:12:30', alice, {type: 'adoptRun', data: {run: 42}}, observed(night, '22:12:30'));
	assert.equal(night.state().attempts['rollback+preferred-3']?.stop, null);
});

test('R5 A dispatch stays unknown whatever runs after it: every further path requires both typed words', () => {
	const night = sent();
	ended(night, '22:11', 'unknown');
	rollsBack(night, '22:13', 'fallback');
	night.does('22:14', runner, end('fallback', 1, 'fail'), observed(night, '22:14'));
	assert.equal(night.state().status, 'rollback-failed');
	const {
		needs: {words},
		why,
	} = night.refuses('22:15', alice, rollback(null), {observed: observed(night, '22:15')});
	assert.deepEqual(words, ['ROLLBACK', 'MAY RUN TWICE']);
	assert.match(why, /^The preferred path was sent/);
});

test('R5 A run that is named after the rollback failed is watched, and the status is rolling-back again', () => {
	const night = sent();
	ended(night, '22:11', 'unknown');
	rollsBack(night, '22:13', 'fallback');
	night.does('22:14', runner, end('fallback', 1, 'fail'), observed(night, '22:14'));
	night.does('22:15', alice, {type: 'adoptRun', data: {run: 42}}, observed(night, '22:15'));
	assert.deepEqual([night.state().status, snapshot(night, '22:15').rollback?.run], ['rolling-back', 42]);
});

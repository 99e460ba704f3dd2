/** The workflow path: dispatched once, watched, cancelled; and proof by measured health (RULES R2 to R6). */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {endpoint, measured} from '../scenarios/health.ts';
import {alice, ben, runner} from '../scenarios/people.ts';
import {answers, end, rollback} from './commands.ts';
import {configured, ended, holding, observed, rollsBack, sent, snapshot, tells, without} from './dispatched.ts';
import {executing, observing, played, the, typesOf, withBook} from './night.ts';

test('R3 The workflow runs first if repository, ref and token are set, and no path is reported as unavailable', () => {
	const night = observing(configured());
	const events = rollsBack(night, '22:10');
	assert.deepEqual(typesOf(events), ['rollbackBegun', 'started']);
	assert.deepEqual(the(events, 'started').target, {path: 'preferred'});
});

test('R3 A preferred path without the person’s token is reported as not configured, and the fallback starts', () => {
	const night = observing(configured());
	const events = rollsBack(night, '22:10', null, without);
	assert.match(the(events, 'pathUnavailable').reason, /GITHUB_TOKEN is not set here/);
	assert.deepEqual(the(events, 'started').target, {path: 'fallback'});
	assert.match(
		observing(configured()).refuses('22:10', alice, rollback('preferred'), {observed: {...without}}).why,
		/GITHUB_TOKEN is not set/,
	);
});

test('R2 The preferred path stays available when a process without the token reports the end of T0', () => {
	const night = executing(configured(played));
	night.does('22:05', alice, rollback(null), {...holding});
	const after = night.does('22:06', runner, end('T0', 1, 'stopped'), {...without});
	assert.deepEqual(the(after, 'started').target, {path: 'preferred'});
});

test('R3 A refused or failed workflow starts the fallback under the same typed word, once', () => {
	const night = observing(configured());
	rollsBack(night, '22:10');
	const events = ended(night, '22:10:05', 'fail');
	assert.deepEqual(typesOf(events), ['ended', 'started']);
	assert.deepEqual(the(events, 'started').target, {path: 'fallback'});
	assert.deepEqual(the(events, 'started').environment, {ACTION: 'back', STACK: 'ops/stack.yml', DROP_VOLUMES: '0'});
});

test('R3 A run that waits for an approval names the reviewers, and can be cancelled to start the fallback', () => {
	const night = sent();
	const approvals = [{environment: 'production', reviewers: ['omar', 'petra'], waitMinutes: null}];
	night.does('22:11', runner, tells('approval', {approvals}), observed(night, '22:11'));
	const {headline, next, waits, rollback: stands} = snapshot(night, '22:13:02');
	assert.equal(headline.text, 'the workflow waits for an approval 02:02');
	assert.equal(next?.who, 'omar or petra');
	assert.equal(next?.text, 'approve "production" at https://github.example.org/orders/runs/42');
	assert.ok(waits.some(({text, act}) => /cancel run 42; the fallback opens/.test(text) && act === 'cancel'));
	assert.deepEqual([stands?.state, stands?.url], ['approval', 'https://github.example.org/orders/runs/42']);
	night.does('22:14', alice, {type: 'cancelRollback', data: {reason: 'nobody answers'}}, observed(night, '22:14'));
	assert.equal(snapshot(night, '22:14').rollback?.state, 'cancelling');
	night.does('22:14:30', runner, tells('ended', {conclusion: 'cancelled'}), observed(night, '22:14:30'));
	assert.deepEqual(the(ended(night, '22:15', 'stopped'), 'started').target, {path: 'fallback'});
});

test('R6 Health proves a successful path after the settle time, counted from its end', () => {
	const night = sent();
	night.does('22:12', runner, tells('ended', {conclusion: 'success'}), observed(night, '22:12'));
	ended(night, '22:12', 'pass');
	assert.equal(snapshot(night, '22:12:30').rollback?.state, 'proof awaited');
	assert.deepEqual(night.waits('22:13:45', observed(night, '22:13:45')), []);
	const [api] = snapshot(night, '22:13:45').rollback?.settling ?? [];
	assert.deepEqual([api?.proved, api?.why], [false, 'up for 1m45s of 2m']);
	const proved = the(night.waits('22:14', observed(night, '22:14')), 'proved');
	assert.equal(proved.note, 'api and web up for 2m since the end of the path');
	assert.equal(night.state().status, 'rolled-back');
});

test('R6 A failed sample restarts the settle time, and the rollback fails if it is not proved in time', () => {
	const night = sent();
	ended(night, '22:12', 'pass');
	const blips = {api: {down: [['22:13', '22:13:15']]}} as const;
	assert.deepEqual(typesOf(night.waits('22:14', observed(night, '22:14', blips))), ['outageEnded']);
	assert.equal(snapshot(night, '22:14', blips).rollback?.settling[0]?.up, 45_000);
	const down = {api: {down: [['22:13', null]]}} as const;
	const failed = the(night.waits('22:22:01', observed(night, '22:22:01', down)), 'rollbackFailed');
	assert.match(failed.reason, /not proved within 10m of the end of the path: api down/);
	assert.equal(night.state().status, 'rollback-failed');
	assert.match(snapshot(night, '22:23', down).headline.text, /NOT RESTORED/);
	assert.match(snapshot(night, '22:23', down).next?.text ?? '', /^run .* again, or record a rollback by hand$/);
	const late = {api: {down: [['22:13', '22:25']]}} as const;
	assert.match(snapshot(night, '22:26', late).next?.text ?? '', /^wait for late proof · api up for 1m of 2m · or run /);
	assert.equal(the(night.waits('22:27', observed(night, '22:27', late)), 'proved').note.slice(0, 11), 'api and web');
	assert.equal(night.state().status, 'rolled-back', 'late proof still makes it rolled back');
});

test('R6 If people confirmed the cause, one of them must also confirm that the impact is over', () => {
	const night = observing(configured());
	night.does('22:05', ben, answers('2', 1, true), observed(night, '22:05'));
	night.does('22:06', ben, answers('2', 2, true), observed(night, '22:06'));
	rollsBack(night, '22:10');
	ended(night, '22:12', 'pass');
	assert.deepEqual(night.waits('22:15', observed(night, '22:15')), []);
	assert.match(snapshot(night, '22:15').next?.text ?? '', /confirm by name that the impact is over/);
	const events = night.does('22:16', ben, {type: 'prove', data: {note: 'orders go through'}}, observed(night, '22:16'));
	assert.deepEqual(typesOf(events), ['impactOver', 'proved']);
});

test('R6 A person’s confirmation does not replace measured health', () => {
	const night = sent();
	ended(night, '22:12', 'pass');
	const events = night.does('22:12:30', ben, {type: 'prove', data: {note: 'looks good'}}, observed(night, '22:12:30'));
	assert.deepEqual(typesOf(events), ['impactOver']);
	assert.equal(night.state().status, 'rolling-back');
});

test('R6 A version that differs from the one before T0 is not proof', () => {
	const book = configured(measured([endpoint('api', {version: 'https://api.example.org/version'})]));
	const night = observing(book);
	rollsBack(night, '22:10');
	ended(night, '22:12', 'pass');
	const silent = {api: {version: (time: number) => (time < Date.UTC(2031, 0, 14, 21, 11) ? 'blue' : undefined)}};
	assert.deepEqual(night.waits('22:14:45', observed(night, '22:14:45', silent)), []);
	assert.equal(snapshot(night, '22:14:45', silent).rollback?.settling[0]?.why, 'has reported no version since');
	const stays = {api: {version: (time: number) => (time < Date.UTC(2031, 0, 14, 21) ? 'blue' : 'green')}};
	assert.deepEqual(night.waits('22:15', observed(night, '22:15', stays)), []);
	assert.match(snapshot(night, '22:15', stays).rollback?.settling[0]?.why ?? '', /version green, was blue before T0/);
	const back = {api: {version: () => 'blue'}};
	assert.equal(typesOf(night.waits('22:15:15', observed(night, '22:15:15', back)))[0], 'proved');
});

test('R4 The fallback may start at once with a new typed word if the preferred path succeeded but an endpoint is down', () => {
	const night = sent();
	ended(night, '22:12', 'pass');
	const down = {api: {down: [['22:12', null]]}} as const;
	const events = night.does('22:13', alice, rollback(null), observed(night, '22:13', down));
	assert.deepEqual(the(events, 'started').target, {path: 'fallback'});
});

test('T2 A cutover with an automatic rollback does not begin without the token of its workflow', () => {
	const book = configured();
	const triggers = book.triggers.map(trigger => ({...trigger, automatic: trigger.id === '1'}));
	assert.throws(() => observing(withBook({...book, triggers})), /GITHUB_TOKEN is not set here/);
});

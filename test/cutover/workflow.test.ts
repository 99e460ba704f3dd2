/** The workflow path: dispatched once, followed, cancelled, unknown; and the proof by health (RULES R2 to R6). */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Seen} from '../../source/cutover/command.ts';
import type {RemoteRun} from '../../source/cutover/event.ts';
import type {Runbook} from '../../source/cutover/runbook.ts';
import {calm} from '../given.ts';
import {endpoint, measured, type Story, sees} from '../scenarios/health.ts';
import {alice, ben, runner} from '../scenarios/people.ts';
import {answers, type Draft, end, rollback} from './commands.ts';
import {executing, type Night, observing, played, the, typesOf, withBook} from './night.ts';

const remote = {repository: 'example/orders', ref: 'main', token: 'GITHUB_TOKEN', api: 'https://api.github.com'};

const configured = (book: Runbook = measured([endpoint('api'), endpoint('web')])): Runbook => ({
	...book,
	rollback: book.rollback && {...book.rollback, remote, settleSeconds: 120},
});

const holding: Seen = {...calm, token: true};
const without: Seen = {...calm, token: false};

const seen = (night: Night, time: string, stories: Readonly<Record<string, Story>> = {}, base: Seen = holding): Seen =>
	sees(night.state(), time, stories, base);

const of = {of: 'rollback-preferred', attempt: 1} as const;

const beginsDispatch = (attempt = 1): Draft => ({
	type: 'beginDispatch',
	data: {
		...of,
		attempt,
		workflow: '.github/workflows/way-back.yml',
		repository: 'example/orders',
		ref: 'main',
		inputs: {action: 'back'},
		after: 41,
		date: null,
		login: 'rollback-bot',
	},
});

const tells = (state: RemoteRun['state'], more: Partial<RemoteRun> = {}, attempt = 1): Draft => ({
	type: 'tellRun',
	data: {
		...of,
		attempt,
		run: 42,
		url: 'https://github.example.org/orders/runs/42',
		state,
		conclusion: null,
		approvals: [],
		jobs: [],
		...more,
	},
});

const rollsBack = (night: Night, time: string, path: 'preferred' | 'fallback' | null = null, base: Seen = holding) =>
	night.does(time, alice, rollback(path), seen(night, time, {}, base));

/** 22:11, sent. */
const sent = (): Night => {
	const night = observing(configured());
	rollsBack(night, '22:10');
	night.does('22:10:02', runner, beginsDispatch(), seen(night, '22:10:02'));
	return night;
};

const ended = (night: Night, time: string, outcome: Parameters<typeof end>[2], attempt = 1, base = holding) =>
	night.does(time, runner, end(of.of, attempt, outcome), seen(night, time, {}, base));

const standing = (night: Night, time: string, stories: Readonly<Record<string, Story>> = {}) =>
	night.stands(time, null, seen(night, time, stories));

test('R3 With repository, ref and token the workflow goes first, and nothing is said unavailable', () => {
	const night = observing(configured());
	const events = rollsBack(night, '22:10');
	assert.deepEqual(typesOf(events), ['rollbackBegun', 'started']);
	assert.equal(the(events, 'started').of, 'rollback-preferred');
});

test('R3 Without the token of the person who asks it is said to be not configured before the word, and the fallback runs', () => {
	const night = observing(configured());
	const events = rollsBack(night, '22:10', null, without);
	assert.match(the(events, 'pathUnavailable').reason, /GITHUB_TOKEN is not set here/);
	assert.equal(the(events, 'started').of, 'rollback-fallback');
	assert.match(
		observing(configured()).refuses('22:10', alice, rollback('preferred'), {seen: {...without}}).why,
		/GITHUB_TOKEN is not set/,
	);
});

test('R2 A process without the token may report the end of T0: the path that was allowed still is', () => {
	const night = executing(configured(played));
	night.does('22:05', alice, rollback(null), {...holding});
	const after = night.does('22:06', runner, end('T0', 1, 'stopped'), {...without});
	assert.equal(the(after, 'started').of, 'rollback-preferred');
});

test('R5 A dispatch is begun once, by whichever attempt', () => {
	const night = sent();
	assert.match(night.refuses('22:11', runner, beginsDispatch(), {seen: seen(night, '22:11')}).rule, /dispatched once/);
	const events = ended(night, '22:11:30', 'lost');
	assert.deepEqual(typesOf(events), ['ended', 'started']);
	const again = the(events, 'started');
	assert.deepEqual([again.of, again.attempt, again.resume], ['rollback-preferred', 2, true]);
	assert.match(night.refuses('22:12', runner, beginsDispatch(2), {seen: seen(night, '22:12')}).rule, /dispatched once/);
	night.does('22:12', runner, tells('running', {}, 2), seen(night, '22:12'));
	assert.equal(standing(night, '22:12').rollback?.run, 42);
});

test('R5 A runner that is lost three times in a row is looked after by people', () => {
	const night = sent();
	for (const attempt of [1, 2, 3])
		assert.deepEqual(typesOf(ended(night, `22:1${attempt}`, 'lost', attempt)), ['ended', 'started']);
	assert.deepEqual(typesOf(ended(night, '22:15', 'lost', 4)), ['ended']);
	assert.equal(standing(night, '22:15').rollback?.state, 'unknown');
	const {words, why} = night.refuses('22:16', alice, rollback('fallback'), {seen: seen(night, '22:16')});
	assert.deepEqual(words, ['ROLLBACK', 'MAY RUN TWICE']);
	assert.match(why, /is lost/);
});

test('R5 No answer after sending is unknown: the fallback waits for the typed words', () => {
	const night = sent();
	assert.deepEqual(typesOf(ended(night, '22:11', 'unknown')), ['ended']);
	const {rollback: stands, headline} = standing(night, '22:11');
	assert.equal(stands?.state, 'unknown');
	assert.match(headline.text, /UNKNOWN/);
	assert.deepEqual(night.refuses('22:12', alice, rollback('fallback'), {seen: seen(night, '22:12')}).words, [
		'ROLLBACK',
		'MAY RUN TWICE',
	]);
	const events = rollsBack(night, '22:13', 'fallback');
	assert.equal(the(events, 'started').of, 'rollback-fallback');
});

test('R5 A person names the run: nothing is sent, and it is watched by whoever has the token', () => {
	const night = sent();
	const names = (run: number): Draft => ({type: 'adoptRun', data: {run}});
	assert.match(
		night.refuses('22:10:30', alice, names(42), {seen: seen(night, '22:10:30')}).why,
		/Nothing was dispatched/,
	);
	ended(night, '22:11', 'unknown');
	const bare = seen(night, '22:12', {}, without);
	assert.match(night.refuses('22:12', alice, names(42), {seen: bare}).why, /GITHUB_TOKEN is not set here/);
	const events = night.does('22:12', alice, names(42), seen(night, '22:12'));
	assert.deepEqual(typesOf(events), ['runAdopted', 'started']);
	assert.deepEqual([the(events, 'started').attempt, the(events, 'started').resume], [2, true]);
	assert.equal(standing(night, '22:12').rollback?.run, 42);
	assert.match(night.refuses('22:13', runner, beginsDispatch(2), {seen: seen(night, '22:13')}).rule, /dispatched once/);
});

test('R5 A run out of sight is told with since when, and seen again it is as it is told', () => {
	const night = sent();
	night.does('22:11', runner, tells('running'), seen(night, '22:11'));
	const miss: Draft = {type: 'missRun', data: {...of, why: 'no way to it', since: '2031-01-14T21:11:00.000Z'}};
	night.does('22:12', runner, miss, seen(night, '22:12'));
	assert.equal(standing(night, '22:12').rollback?.unseen?.why, 'no way to it');
	night.does('22:13', runner, tells('running'), seen(night, '22:13'));
	assert.equal(standing(night, '22:13').rollback?.unseen, null);
});

test('R3 Refused or failed, the fallback opens under the same word, once', () => {
	const night = observing(configured());
	rollsBack(night, '22:10');
	const events = ended(night, '22:10:05', 'fail');
	assert.deepEqual(typesOf(events), ['ended', 'started']);
	assert.equal(the(events, 'started').of, 'rollback-fallback');
	assert.deepEqual(the(events, 'started').environment, {ACTION: 'back', STACK: 'ops/stack.yml', DROP_VOLUMES: '0'});
});

test('R3 A run that waits for an approval says for whom, and the way on is to cancel', () => {
	const night = sent();
	const approvals = [{environment: 'production', reviewers: ['omar', 'petra'], waitMinutes: null}];
	night.does('22:11', runner, tells('approval', {approvals}), seen(night, '22:11'));
	const {headline, next, waits, rollback: stands} = standing(night, '22:13:02');
	assert.equal(headline.text, 'the workflow waits for an approval 02:02');
	assert.equal(next?.text, 'omar or petra: approve "production" at https://github.example.org/orders/runs/42');
	assert.ok(waits.some(({text, key}) => /cancel run 42; the fallback opens/.test(text) && key === 'c'));
	assert.deepEqual([stands?.state, stands?.url], ['approval', 'https://github.example.org/orders/runs/42']);
	night.does('22:14', alice, {type: 'cancelRollback', data: {reason: 'nobody answers'}}, seen(night, '22:14'));
	assert.equal(standing(night, '22:14').rollback?.state, 'cancelling');
	night.does('22:14:30', runner, tells('ended', {conclusion: 'cancelled'}), seen(night, '22:14:30'));
	assert.equal(the(ended(night, '22:15', 'stopped'), 'started').of, 'rollback-fallback');
});

test('R5 A cancelled run that its server did not say has ended may still run: the fallback waits for the typed words', () => {
	const night = sent();
	night.does('22:11', runner, tells('running'), seen(night, '22:11'));
	night.does('22:12', alice, {type: 'cancelRollback', data: {reason: 'it hangs'}}, seen(night, '22:12'));
	assert.deepEqual(typesOf(ended(night, '22:13', 'stopped')), ['ended']);
	assert.equal(standing(night, '22:13').rollback?.state, 'unknown');
	assert.deepEqual(night.refuses('22:14', alice, rollback('fallback'), {seen: seen(night, '22:14')}).words, [
		'ROLLBACK',
		'MAY RUN TWICE',
	]);
});

test('R5 Whoever goes on after a cancel cancels: the word stays with what was sent, until a person names the run', () => {
	const night = sent();
	night.does('22:11', alice, {type: 'cancelRollback', data: {reason: 'it hangs'}}, seen(night, '22:11'));
	ended(night, '22:11:30', 'lost');
	assert.equal(night.state().attempts['rollback-preferred-2']?.stop?.reason, 'it hangs');
	ended(night, '22:12', 'unknown', 2);
	night.does('22:12:30', alice, {type: 'adoptRun', data: {run: 42}}, seen(night, '22:12:30'));
	assert.equal(night.state().attempts['rollback-preferred-3']?.stop, null);
});

test('R5 What was sent stays unknown, whatever was tried after it: every further path asks for both words', () => {
	const night = sent();
	ended(night, '22:11', 'unknown');
	rollsBack(night, '22:13', 'fallback');
	night.does('22:14', runner, end('rollback-fallback', 1, 'fail'), seen(night, '22:14'));
	assert.equal(night.state().status, 'rollback-failed');
	const {words, why} = night.refuses('22:15', alice, rollback(null), {seen: seen(night, '22:15')});
	assert.deepEqual(words, ['ROLLBACK', 'MAY RUN TWICE']);
	assert.match(why, /rollback-preferred was sent/);
});

test('R5 A run named after the rollback failed is watched, and the rollback runs again', () => {
	const night = sent();
	ended(night, '22:11', 'unknown');
	rollsBack(night, '22:13', 'fallback');
	night.does('22:14', runner, end('rollback-fallback', 1, 'fail'), seen(night, '22:14'));
	night.does('22:15', alice, {type: 'adoptRun', data: {run: 42}}, seen(night, '22:15'));
	assert.deepEqual([night.state().status, standing(night, '22:15').rollback?.run], ['rolling-back', 42]);
});

test('R6 A path that ended well is proved by health after the settle time, counted from its end', () => {
	const night = sent();
	night.does('22:12', runner, tells('ended', {conclusion: 'success'}), seen(night, '22:12'));
	ended(night, '22:12', 'pass');
	assert.equal(standing(night, '22:12:30').rollback?.state, 'proof awaited');
	assert.deepEqual(night.waits('22:13:45', seen(night, '22:13:45')), []);
	const [api] = standing(night, '22:13:45').rollback?.settling ?? [];
	assert.deepEqual([api?.proved, api?.why], [false, 'up for 1m45s of 2m']);
	const proved = the(night.waits('22:14', seen(night, '22:14')), 'proved');
	assert.equal(proved.note, 'api and web up for 2m since the end of the path');
	assert.equal(night.state().status, 'rolled-back');
});

test('R6 A fail within the settle time begins it anew, and what is not proved in time has failed, never green', () => {
	const night = sent();
	ended(night, '22:12', 'pass');
	const blips = {api: {down: [['22:13', '22:13:15']]}} as const;
	assert.deepEqual(typesOf(night.waits('22:14', seen(night, '22:14', blips))), ['outageEnded']);
	assert.equal(standing(night, '22:14', blips).rollback?.settling[0]?.up, 45_000);
	const down = {api: {down: [['22:13', null]]}} as const;
	const failed = the(night.waits('22:22:01', seen(night, '22:22:01', down)), 'rollbackFailed');
	assert.match(failed.reason, /not proved within 10m of the end of the path: api down/);
	assert.equal(night.state().status, 'rollback-failed');
	assert.match(standing(night, '22:23', down).headline.text, /NOT RESTORED/);
	const late = {api: {down: [['22:13', '22:25']]}} as const;
	assert.equal(the(night.waits('22:27', seen(night, '22:27', late)), 'proved').note.slice(0, 11), 'api and web');
	assert.equal(night.state().status, 'rolled-back', 'late proof still makes it rolled back');
});

test('R6 Where people confirmed the cause, one of them also says that the impact is over', () => {
	const night = observing(configured());
	night.does('22:05', ben, answers('2', 1, true), seen(night, '22:05'));
	night.does('22:06', ben, answers('2', 2, true), seen(night, '22:06'));
	rollsBack(night, '22:10');
	ended(night, '22:12', 'pass');
	assert.deepEqual(night.waits('22:15', seen(night, '22:15')), []);
	assert.match(standing(night, '22:15').next?.text ?? '', /confirm by name that the impact is over/);
	const events = night.does('22:16', ben, {type: 'prove', data: {note: 'orders go through'}}, seen(night, '22:16'));
	assert.deepEqual(typesOf(events), ['impactOver', 'proved']);
});

test('R6 The word of a person does not stand in for health that is measured', () => {
	const night = sent();
	ended(night, '22:12', 'pass');
	const events = night.does('22:12:30', ben, {type: 'prove', data: {note: 'looks good'}}, seen(night, '22:12:30'));
	assert.deepEqual(typesOf(events), ['impactOver']);
	assert.equal(night.state().status, 'rolling-back');
});

test('R6 Another version than before T0 is no proof', () => {
	const book = configured(measured([endpoint('api', {version: 'https://api.example.org/version'})]));
	const night = observing(book);
	rollsBack(night, '22:10');
	ended(night, '22:12', 'pass');
	const stays = {api: {version: (time: number) => (time < Date.UTC(2031, 0, 14, 21) ? 'blue' : 'green')}};
	assert.deepEqual(night.waits('22:15', seen(night, '22:15', stays)), []);
	assert.match(standing(night, '22:15', stays).rollback?.settling[0]?.why ?? '', /version green, was blue before T0/);
	const back = {api: {version: () => 'blue'}};
	assert.equal(typesOf(night.waits('22:15:15', seen(night, '22:15:15', back)))[0], 'proved');
});

test('R4 It ended well but an endpoint is down: the fallback opens at once, by a new word', () => {
	const night = sent();
	ended(night, '22:12', 'pass');
	const down = {api: {down: [['22:12', null]]}} as const;
	const events = night.does('22:13', alice, rollback(null), seen(night, '22:13', down));
	assert.equal(the(events, 'started').of, 'rollback-fallback');
});

test('T2 What begins by itself is checked at begin: without the token nothing is begun', () => {
	const book = configured();
	const triggers = book.triggers.map(trigger => ({...trigger, automatic: trigger.id === '1'}));
	assert.throws(() => observing(withBook({...book, triggers})), /GITHUB_TOKEN is not set here/);
});

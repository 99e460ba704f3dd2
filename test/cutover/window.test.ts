/** The change window and its last safe moments (RULES W). T0 is at 22:00, the closing stage at T+30. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {durationsOf} from '../../source/cutover/due/usual-durations.ts';
import type {Runbook} from '../../source/cutover/model/runbook.ts';
import {noticesNow} from '../../source/cutover/snapshot/notices.ts';
import {previewLines, previewOf} from '../../source/cutover/snapshot/preview.ts';
import type {Snapshot} from '../../source/cutover/snapshot/snapshot.ts';
import {exceptionsOf} from '../../source/evidence/exceptions.ts';
import {stamp} from '../../source/text/time.ts';
import {at, calm} from '../given.ts';
import {alice, carolOfOps} from '../scenarios/people.ts';
import {run, vote} from './commands.ts';
import {begun, gone, type Night, observing, open, proofAwaited, ready, the, withBook} from './night.ts';

const windowed = (start: string | null, end: string | null, rollbackSeconds: number | null = 1200): Runbook =>
	withBook({
		window: {start: start && stamp(at(start)), end: end && stamp(at(end)), rollbackSeconds},
	});

/** Ends at 23:45: latest rollback 23:25, latest go 22:55. */
const long = windowed('21:30', '23:45');
/** Ends at 22:45: latest rollback 22:25, latest go 21:55. */
const short = windowed('21:30', '22:45');

const rollback = {type: 'rollback', data: {path: null, reason: 'checkouts fail'}} as const;
const nextOf = (night: Night, time: string): NonNullable<Snapshot['window']>['next'] =>
	night.stands(time).window?.next ?? null;

test('W1 The latest rollback is the end of the change window less the time that a rollback takes; the latest go leaves time for one from the closing stage on', () => {
	const {window} = begun(long).stands('21:00');
	assert.deepEqual(window?.latestRollback, at('23:25'));
	assert.deepEqual(window?.latestGo, at('22:55'));
	assert.deepEqual(window?.rollback, {seconds: 1200, from: 'settings'});
	assert.equal(begun().stands('21:00').window, null, 'without a window there is none');
});

test('W1 Where the settings do not say how long a rollback takes, the slowest one before does, with the time that it is watched', () => {
	const book = windowed(null, '23:45', null);
	assert.equal(begun(book).stands('21:00').window?.latestGo, null, 'nobody knows');
	const earlier = durationsOf(proofAwaited(book).state());
	const {window} = begun(book).stands('21:00', null, {...calm, earlier});
	assert.deepEqual(window?.rollback, {seconds: 300 + 120, from: 'earlier'});
	assert.equal(window?.latestRollback, at('23:40') - 120_000);
});

test('W1 One clock counts: to the latest go until T0 has started, then to the latest rollback until the decision', () => {
	assert.deepEqual(nextOf(begun(long), '21:00'), {what: 'go', at: at('22:55'), state: 'ahead'});
	assert.deepEqual(nextOf(observing(long), '22:05'), {what: 'rollback', at: at('23:25'), state: 'ahead'});
	assert.equal(nextOf(observing(long), '23:11')?.state, 'near');
	assert.equal(nextOf(observing(long), '23:26')?.state, 'past');
	assert.equal(nextOf(proofAwaited(long), '23:26'), null);
});

test('W1 A last safe moment that is near or past rings once, is notified once, and NEXT says it', () => {
	const night = observing(long);
	assert.deepEqual(
		noticesNow(night.stands('22:05'), () => false).filter(({on}) => on === 'warning'),
		[],
	);
	const names = ['23:11', '23:12', '23:26', '23:30'].map(time => {
		const stands = night.stands(time);
		const rings = stands.rings.filter(name => name.startsWith('window'));
		return [rings.join(), noticesNow(stands, () => false).find(({on}) => on === 'warning')?.names[0] ?? ''];
	});
	assert.equal(new Set(names.map(([ring]) => ring)).size, 2);
	assert.equal(new Set(names.map(([, notice]) => notice)).size, 2);
	assert.match(gone(long).stands('22:45').next?.text ?? '', /start T0 now; latest go \d\d:55$/);
});

test('W2 Go for a T0 past the latest go requires a reason and its typed word, and is recorded as such', () => {
	const night = ready(short);
	const no = night.refuses('21:52', alice, vote('go'), {confirm: ['GO']});
	assert.equal(no.code, 'outside-window');
	assert.match(no.why, /past the latest go, \d\d:55:00: a rollback of 20m, begun at T\+30, would not end/);
	const word = night.refuses('21:52', alice, vote('go', 'the vendor agreed'), {confirm: ['GO']});
	assert.deepEqual(word.needs.words, ['GO', 'OUTSIDE WINDOW']);
	night.does('21:52', alice, vote('go', 'the vendor agreed'));
	const events = night.does('21:53', carolOfOps, vote('go', 'the vendor agreed'));
	assert.equal(the(events, 'voted').outsideWindow, 'the vendor agreed');
	assert.equal(exceptionsOf(night.entries(), []).filter(({kind}) => kind === 'outside the change window').length, 2);
});

test('W2 T0 outside of the change window, or past the latest go, requires a reason and its typed word', () => {
	const early = ready(windowed('22:30', '23:59'));
	const no = early.refuses('21:52', alice, vote('go'), {confirm: ['GO']});
	assert.match(no.why, /before the change window, which begins at/);
	const late = gone(long);
	assert.equal(late.refuses('22:56', alice, run('T0'), {confirm: ['T0']}).code, 'outside-window');
	const events = late.does('22:56', alice, run('T0', {reason: 'the window was extended by phone'}));
	assert.equal(the(events, 't0Begun').outsideWindow, 'the window was extended by phone');
	assert.equal(the(gone(long).does('22:54', alice, run('T0')), 't0Begun').outsideWindow, undefined);
});

test('W2 A rollback past the latest one requires its typed word beside ROLLBACK, and is recorded as such', () => {
	const night = observing(long);
	assert.deepEqual(night.refuses('23:24', alice, rollback).needs.words, ['ROLLBACK']);
	const no = night.refuses('23:26', alice, rollback);
	assert.deepEqual(no.needs.words, ['ROLLBACK', 'OUTSIDE WINDOW']);
	assert.match(no.why, /The latest rollback was .*: it takes 20m/);
	assert.equal(the(night.does('23:26', alice, rollback), 'rollbackBegun').outsideWindow, 'checkouts fail');
});

test('W2 A hold, a no-go and abandoning are possible at any time', () => {
	for (const draft of [vote('no-go', 'lag'), {type: 'hold', data: {reason: 'lag'}} as const])
		ready(short).does('21:56', alice, draft);
});

test('W2 The preview of a T0 past the latest go says so', () => {
	const {state} = {state: ready(long).state()};
	const command = {id: 'p', type: 'schedule', data: {t0: stamp(at('23:00')), reason: 'x'}} as const;
	const found = previewOf(state, command, {at: at('21:50'), by: alice, observed: calm});
	assert.ok(!('refused' in found));
	assert.ok(previewLines(found).some(line => /^window {3}past the latest go \d\d:55$/.test(line)));
	assert.equal(open().state().begun, null);
});

/** As rollback.test.ts, where it is not clear which run is ours, or whether it ended. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {afterT0, attemptOf, dispatched, fallback, preferred, rollsBack} from '../attempts/sent-back.ts';

test('two runs that may be ours: both are named, and a person says which one it is', async t => {
	const on = await afterT0(t);
	on.github.next('dispatch', 'cut after');
	on.github.on('after', 'dispatch', () => void on.github.others(1, {actor: 'rollback-bot'}));
	await rollsBack(on.site);
	const {outcome, reason} = await on.site.ended(preferred);
	assert.equal(outcome, 'unknown');
	for (const {id} of on.github.runs) assert.match(reason ?? '', new RegExp(`run ${id} of rollback-bot`));
	const [ours] = on.github.runs;
	assert.ok(ours);
	await on.site.does('adoptRun', {run: ours.id});
	const again = {...preferred, attempt: 2};
	assert.equal((await on.site.ended(again)).outcome, 'pass');
	assert.equal(attemptOf(on.site, again)?.dispatch?.run, ours.id);
	assert.equal(dispatched(on).length, 1);
});

test('a run that a person names by mistake is not watched as ours, and another may be named', async t => {
	const on = await afterT0(t);
	on.github.next('dispatch', 'cut after');
	on.github.on('after', 'dispatch', () => {
		on.github.others(1, {actor: 'rollback-bot'});
		on.github.others(1, {event: 'schedule'});
	});
	await rollsBack(on.site);
	assert.equal((await on.site.ended(preferred)).outcome, 'unknown');
	const names = async (run: number, attempt: number) => {
		await on.site.does('adoptRun', {run});
		return on.site.ended({...preferred, attempt});
	};
	const byTime = on.github.runs.find(({event}) => event === 'schedule');
	const mistaken = await names(byTime?.id ?? 0, 2);
	assert.deepEqual(
		[mistaken.outcome, mistaken.reason?.replace(/\d+/, 'N')],
		[
			'unknown',
			'run N, as it was named, is not the one that was sent: it was begun by schedule, and not by a dispatch',
		],
	);
	const none = await names(77, 3);
	assert.match(none.reason ?? '', /^run 77, as it was named, was not seen: GitHub shows no run 77/);
	assert.equal(attemptOf(on.site, {...preferred, attempt: 3})?.dispatch?.run, null);
	const ours = on.github.runs.find(({actor, event}) => actor === 'rollback-bot' && event === 'workflow_dispatch');
	assert.equal((await names(ours?.id ?? 0, 4)).outcome, 'pass');
});

test('a run that was not found when it was cancelled is looked for a little longer, and then cancelled', async t => {
	const on = await afterT0(t);
	on.github.plan({unlisted: 3, queued: Number.POSITIVE_INFINITY});
	on.github.next('dispatch', 'cut after');
	await rollsBack(on.site);
	await on.site.shows('that it is sent', () => on.github.asked('dispatch').length > 0);
	await on.site.does('cancelRollback', {reason: 'too late'}, ['CANCEL']);
	assert.equal((await on.site.ended(preferred)).outcome, 'stopped');
	assert.equal(on.github.asked('cancel').length, 1);
});

test('a cancellation that GitHub does not confirm leaves it unknown: the fallback stays closed', async t => {
	const on = await afterT0(t);
	on.github.plan({queued: Number.POSITIVE_INFINITY, cancel: 'ignores'});
	await rollsBack(on.site);
	await on.site.shows('the run', () => attemptOf(on.site, preferred)?.dispatch?.reported);
	await on.site.does('cancelRollback', {reason: 'it hangs'}, ['CANCEL']);
	const ended = await on.site.ended(preferred);
	assert.deepEqual([ended.outcome, /may still run/.test(ended.reason ?? '')], ['unknown', true]);
	assert.equal(attemptOf(on.site, fallback), undefined);
});

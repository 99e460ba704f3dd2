import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Plan} from '../../../scripts/sandbox/github/run.ts';
import {type Change, type Followed, followRun} from '../../../source/rollback/github/follow.ts';
import {dispatched} from './following.ts';
import {type Hub, hub} from './hub.ts';

const stuck: Plan = {queued: Number.POSITIVE_INFINITY};

/** Cancels a run; `said`: what was reported of the cancellation. */
async function cancelled(place: Hub, run: number): Promise<{end: Followed; said: readonly string[]}> {
	const changes: Change[] = [];
	const end = await followRun({
		access: place.access,
		run,
		reported: change => void changes.push(change),
		cancel: AbortSignal.abort(),
	});
	place.hear([end, changes]);
	const said = changes.flatMap(change =>
		change.kind === 'cancel'
			? [`${change.forced ? 'force ' : ''}${change.said}${change.why === null ? '' : `: ${change.why}`}`]
			: [],
	);
	return {end, said};
}

const asked = ({github}: Hub): readonly number[] => [
	github.asked('cancel').length,
	github.asked('force-cancel').length,
];

test('a cancellation is confirmed by the end of the run, not by being taken', async t => {
	const place = await hub(t);
	const {end, said} = await cancelled(place, await dispatched(place, stuck));
	assert.equal(end.kind === 'ended' && end.conclusion, 'cancelled');
	assert.deepEqual(said, ['accepted']);
	assert.deepEqual(asked(place), [1, 0]);
});

test('a run that waits for an approval can be cancelled', async t => {
	const place = await hub(t);
	const {end} = await cancelled(place, await dispatched(place, {queued: 0, approvals: ['production']}));
	assert.equal(end.kind === 'ended' && end.conclusion, 'cancelled');
});

test('what is not confirmed within 2 min is cancelled by force', async t => {
	const place = await hub(t);
	const {end, said} = await cancelled(place, await dispatched(place, {...stuck, cancel: 'only forced'}));
	assert.equal(end.kind === 'ended' && end.conclusion, 'cancelled');
	assert.deepEqual(said, ['accepted', 'force accepted']);
	assert.deepEqual(asked(place), [1, 1]);
	assert.equal(place.clock.steady(), 125_000 - 5000);
});

test('a cancellation not confirmed after another minute is reported as unconfirmed', async t => {
	const place = await hub(t);
	const {end, said} = await cancelled(place, await dispatched(place, {...stuck, cancel: 'ignores'}));
	assert.deepEqual(end, {
		kind: 'cancel not confirmed',
		why: 'GitHub took the cancellation, also by force, but the run has not ended.',
	});
	assert.deepEqual(said, ['accepted', 'force accepted']);
	assert.deepEqual(asked(place), [1, 1]);
	assert.equal(place.clock.steady(), 180_000);
});

test("a run that cannot be cancelled shows GitHub's message", async t => {
	const place = await hub(t);
	const {end, said} = await cancelled(place, await dispatched(place, {...stuck, cancel: 'refuses'}));
	const words = 'GitHub refused it (409, "Cannot cancel a workflow run that is queued.").';
	assert.deepEqual(end, {kind: 'cancel not confirmed', why: words});
	assert.deepEqual(said, [`refused: ${words}`, `force refused: ${words}`]);
});

test('a token without the right to cancel is reported once', async t => {
	const place = await hub(t);
	place.github.always('cancel', '403');
	place.github.always('force-cancel', '403');
	const {said} = await cancelled(place, await dispatched(place, stuck));
	assert.match(said[0] ?? '', /^refused: GitHub forbids it \(403, .* needs "actions: write" for orders\/shop\.$/);
	assert.deepEqual(asked(place), [1, 1]);
});

for (const way of ['503', 'reset before', 'silence before', '429', '403 rate limit'] as const) {
	test(`a wish that ends in "${way}" is repeated until GitHub answers it`, async t => {
		const place = await hub(t, {timeoutMs: 300});
		place.github.next('cancel', way, way);
		const {end, said} = await cancelled(place, await dispatched(place, stuck));
		assert.equal(end.kind === 'ended' && end.conclusion, 'cancelled');
		assert.deepEqual(
			said.map(text => text.split(':')[0]),
			['unanswered', 'accepted'],
		);
		assert.equal(place.github.asked('cancel').length, 3);
	});
}

test('an unreachable run never counts as ended, also during a long rate limit', async t => {
	const place = await hub(t);
	const run = await dispatched(place, stuck);
	place.github.always('run', {does: false, answer: {status: 429, headers: {'retry-after': '3600'}}});
	const {end} = await cancelled(place, run);
	assert.equal(end.kind, 'cancel not confirmed');
	assert.ok(place.clock.steady() <= 240_000);
});

test('a run that succeeded before the cancellation is reported as succeeded', async t => {
	const place = await hub(t);
	const run = await dispatched(place, {queued: 0});
	await followRun({access: place.access, run, reported: () => {}});
	const {end, said} = await cancelled(place, run);
	assert.equal(end.kind === 'ended' && end.conclusion, 'success');
	assert.match(said[0] ?? '', /^refused: /);
});

test('a wish amid the watching wakes it, and ends the wait between two looks', async t => {
	const place = await hub(t);
	const run = await dispatched(place, stuck);
	const cancel = new AbortController();
	const changes: Change[] = [];
	const held = {...place.clock, after: (_: number, act: () => void) => place.clock.after(9999, act)};
	const end = await followRun({
		access: {...place.access, clock: held},
		run,
		cancel: cancel.signal,
		reported: change => {
			changes.push(change);
			if (changes.length === 1) setImmediate(() => cancel.abort());
			if (change.kind === 'cancel') place.github.review(run, '', 'rejected');
		},
	});
	assert.equal(end.kind, 'ended');
	assert.deepEqual(
		changes.map(({kind}) => kind),
		['seen', 'cancel', 'seen'],
	);
});

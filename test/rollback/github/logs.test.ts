import assert from 'node:assert/strict';
import {test} from 'node:test';
import {dispatched, followed, twoJobs} from './following.ts';
import {hub, token} from './hub.ts';

test('the log of each job is fetched once, from where it lies, without the token', async t => {
	const place = await hub(t);
	const observed = await followed(place, await dispatched(place, twoJobs));
	assert.deepEqual(observed.logs, [
		['prepare', 'fetched\n'],
		['rollback', 'rolled back\n'],
	]);
	assert.equal(place.github.asked('log').length, 2);
	assert.deepEqual(
		place.github.asked('storage').map(({authorized, status}) => [authorized, status]),
		[
			[false, 200],
			[false, 200],
		],
	);
});

test('a log that is not there yet is fetched again, and one that never comes says so', async t => {
	const place = await hub(t);
	place.github.next('log', '404', '404');
	const one = await followed(place, await dispatched(place, {jobs: [{name: 'rollback', log: 'done\n'}]}));
	assert.deepEqual(one.logs, [['rollback', 'done\n']]);
	place.github.always('log', '404');
	const none = await followed(place, await dispatched(place, {}));
	assert.match(
		none.logs[0]?.[1] ?? '',
		/^GitHub gave no log of this job\. GitHub shows no log of job \d+ in orders\/shop/,
	);
	assert.equal(none.logs.length, 1);
	assert.equal(none.end.kind === 'ended' && none.end.conclusion, 'success');
});

test('a log that breaks off is not fetched again, and the run has ended all the same', async t => {
	const place = await hub(t);
	place.github.always('storage', 'reset after');
	const observed = await followed(place, await dispatched(place, {}));
	assert.match(observed.logs[0]?.[1] ?? '', /Sent, but not answered: connection closed by the other side/);
	assert.equal(place.github.asked('storage').length, 1);
	assert.equal(observed.end.kind, 'ended');
});

test('a silent log server does not delay the end of a run', async t => {
	const place = await hub(t, {timeoutMs: 1000, inRealTime: true});
	place.github.always('storage', 'silence before');
	const observed = await followed(place, await dispatched(place, {}));
	assert.deepEqual(
		observed.logs.map(([, text]) => text),
		['GitHub gave no log of this job in time.\n'],
	);
	assert.equal(observed.end.kind, 'ended');
});

test('of a long log the last 2 MiB are kept, and the token is cleared from it', async t => {
	const place = await hub(t);
	const log = `${'a line of the job\n'.repeat(200_000)}authorization: ${token}\n`;
	const observed = await followed(place, await dispatched(place, {jobs: [{name: 'rollback', log}]}));
	const text = observed.logs[0]?.[1] ?? '';
	assert.ok(Buffer.byteLength(text) <= 2 * 1024 * 1024 && text.length > 2_000_000);
	assert.match(text.slice(-100), /authorization: \[redacted\]\n$/);
	assert.match(text.slice(0, 100), /^a line of the job\n/);
});

/** A service that goes down after T0, a trigger that fires, and the rollback by a GitHub that asks for an approval. */
import assert from 'node:assert/strict';
import {dirname} from 'node:path';
import {test} from 'node:test';
import {textsBelow} from '../harness/files.ts';
import {entries, inputs, night, rollback, token} from './outage-night.ts';

test('down beyond its threshold: fired on every screen, keep refused, one dispatch that petra approves, rolled back when health is back', {
	timeout: 300_000,
}, async t => {
	const on = await night(t, '5m');
	const {place, github, service, must, until} = on;
	const screens = [place.open({cols: 80, rows: 24}), place.open({cols: 120, rows: 40})];
	for (const screen of screens) await screen.shows('OBSERVING');
	service.healthy = false;
	for (const screen of screens) await screen.shows('OUTAGE');
	for (const screen of screens) await screen.shows('FIRED');
	const fired = (await entries(on)).find(({type}) => type === 'fired');
	const measured = fired?.data['measured'] as {at: string} | undefined;
	assert.ok(Date.parse(fired?.at ?? '') >= Date.parse(measured?.at ?? ''), 'fired by a sample that was taken');
	const status = await until('fired', ({triggers}) => triggers[0]?.state === 'fired');
	assert.ok((status.triggers[0]?.outageSeconds ?? 0) > 4);
	const keep = await place.cli(
		'decide',
		'keep',
		'--as',
		'rita',
		'--role',
		'release-manager',
		'--early',
		'--reason',
		'x',
	);
	assert.equal(keep.code, 1, keep.stdout);
	assert.match(keep.stderr, /trigger 1 fired|is down/i);

	github.plan({queued: 0, approvals: ['production'], jobs: [{name: 'rollback', log: `done with ${token}\n`}]});
	const running = must('rita', ...rollback);
	const waiting = await until('the approval', state => state.rollback?.state === 'approval');
	assert.deepEqual(waiting.rollback?.approvals, [{environment: 'production', reviewers: ['petra'], waitMinutes: null}]);
	await screens[0]?.shows('petra');
	github.review(github.runs[0]?.id ?? 0, 'production', 'approved');
	await until('the proof', state => state.rollback?.state === 'proof awaited');
	service.healthy = true;
	await running;
	assert.equal((await place.status())['status'], 'rolled-back');
	assert.deepEqual(
		github.asked('dispatch').map(({body}) => body),
		[{ref: 'main', inputs, return_run_details: true}],
	);
	const holding = textsBelow(dirname(place.folder)).flatMap(([path, text]) => (text.includes(token) ? [path] : []));
	assert.deepEqual(holding, [], 'the token is in no file');
	assert.ok(!on.said.join('\n').includes(token), 'nor in what was said');
});

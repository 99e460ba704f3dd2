import assert from 'node:assert/strict';
import {type TestContext, test} from 'node:test';
import type {ModeName} from '../../../scripts/sandbox/github/modes.ts';
import type {Plan} from '../../../scripts/sandbox/github/run.ts';
import {followRun} from '../../../source/rollback/github/follow.ts';
import {dispatched, followed, type Observation, twoJobs} from './following.ts';
import {hub} from './hub.ts';

const states = ({changes}: Observation): readonly string[] =>
	changes.map(change => (change.kind === 'seen' ? change.run.state : change.kind));

test('a run is reported from queue to end, each change once, with its jobs', async t => {
	const place = await hub(t);
	const run = await dispatched(place, {...twoJobs, queued: 10});
	const observed = await followed(place, run);
	assert.deepEqual(
		observed.changes.map(change =>
			change.kind === 'seen'
				? [change.run.state, ...change.run.jobs.map(({state, conclusion}) => conclusion ?? state)].join(' ')
				: change.kind,
		),
		[
			'queued queued queued',
			'running in_progress queued',
			'running success queued',
			'running success in_progress',
			'running success success',
			'ended success success',
		],
	);
	assert.ok(observed.end.kind === 'ended');
	assert.deepEqual([observed.end.conclusion, observed.end.run.run], ['success', run]);
	assert.match(observed.end.run.url, /\/orders\/shop\/actions\/runs\/\d+$/);
	assert.deepEqual([...new Set(place.clock.waits)], [5000]);
});

test('what has not changed is answered 304', async t => {
	const place = await hub(t);
	const run = await dispatched(place, {queued: 10});
	await followed(place, run);
	for (const kind of ['run', 'jobs', 'pending'] as const) {
		const asked = place.github.asked(kind);
		const unchanged = asked.filter(({status}) => status === 304);
		assert.ok(
			unchanged.length >= 9 && unchanged.length < asked.length,
			`${kind} ${unchanged.length} of ${asked.length}`,
		);
	}
});

test('a run whose jobs wait for a runner is queued although GitHub says in progress', async t => {
	const place = await hub(t);
	const observed = await followed(place, await dispatched(place, {queued: 0}));
	assert.equal(place.github.runs[0]?.status, 'completed');
	assert.deepEqual(states(observed), ['queued', 'running', 'running', 'ended']);
});

test('running jobs are reported although GitHub says the run is queued', async t => {
	const place = await hub(t);
	const observed = await followed(place, await dispatched(place, {...twoJobs, says: 'queued'}));
	assert.ok(states(observed).includes('running'));
});

test('a run that waits for an approval says for which environment, by whom, and how long it waits besides', async t => {
	const place = await hub(t);
	const run = await dispatched(place, {approvals: ['production']});
	const observed = await followed(place, run, change => {
		if (change.kind === 'seen' && change.run.state === 'approval') place.github.review(run, 'production', 'approved');
	});
	const waiting = observed.changes.find(change => change.kind === 'seen' && change.run.state === 'approval');
	assert.deepEqual(waiting?.kind === 'seen' && waiting.run.approvals, [
		{environment: 'production', reviewers: ['omar', 'petra', 'team release'], waitMinutes: 5},
	]);
	assert.equal(observed.end.kind === 'ended' && observed.end.conclusion, 'success');
	assert.deepEqual(observed.end.kind === 'ended' && observed.end.run.approvals, []);
});

test('an approval that is denied ends the run as failed', async t => {
	const place = await hub(t);
	const run = await dispatched(place, {approvals: ['production']});
	const observed = await followed(place, run, change => {
		if (change.kind === 'seen' && change.run.state === 'approval') place.github.review(run, 'production', 'rejected');
	});
	assert.equal(observed.end.kind === 'ended' && observed.end.conclusion, 'failure');
	assert.deepEqual(observed.logs, [], 'a job that never began has no log');
});

test('a run waits for an approval although the token may not see by whom', async t => {
	const place = await hub(t);
	place.github.always('pending', '403');
	const run = await dispatched(place, {approvals: ['production']});
	const observed = await followed(place, run, change => {
		if (change.kind === 'seen' && change.run.state === 'approval') place.github.review(run, 'production', 'approved');
	});
	assert.deepEqual(states(observed), ['queued', 'approval', 'queued', 'running', 'running', 'ended']);
});

test('a job that fails ends the run as failed, and the rest of it is skipped', async t => {
	const place = await hub(t);
	const plan: Plan = {jobs: [{name: 'stop', conclusion: 'failure', log: 'no such slot\n'}, {name: 'start'}]};
	const observed = await followed(place, await dispatched(place, plan));
	assert.equal(observed.end.kind === 'ended' && observed.end.conclusion, 'failure');
	assert.deepEqual(observed.logs, [['stop', 'no such slot\n']]);
});

const failures: readonly (readonly ['run' | 'jobs', ModeName, RegExp])[] = [
	['run', '503', /^GitHub failed \(503/],
	['run', '401', /^GitHub rejects the token in GITHUB_TOKEN/],
	['run', '404', /^GitHub shows no run \d+ in orders\/shop/],
	['run', 'reset before', /^Sent, but not answered: connection closed by the other side/],
	['run', 'silence before', /^Sent, but not answered: no answer in/],
	['run', 'cut after', /^Sent, but not answered: connection closed by the other side/],
	['jobs', '503', /^GitHub failed \(503/],
];

for (const [kind, way, why] of failures) {
	test(`looks at the ${kind} that end in "${way}" are reported as one loss of sight, and the view goes on`, async t => {
		const place = await hub(t, {timeoutMs: 300});
		const run = await dispatched(place, {queued: 10});
		let first = true;
		const observed = await followed(place, run, change => {
			if (first) place.github.next(kind, way, way, way);
			first = false;
			if (change.kind === 'not seen') assert.match(change.why, why);
		});
		assert.deepEqual(states(observed).slice(0, 4), ['queued', 'not seen', 'queued', 'running']);
		assert.equal(observed.end.kind, 'ended');
		const lost = observed.changes.find(change => change.kind === 'not seen');
		assert.ok(lost?.kind === 'not seen' && lost.since < place.clock.now());
	});
}

test('the run counts as unreachable since the last successful look-up', async t => {
	const place = await hub(t);
	const begun = place.clock.now();
	const run = await dispatched(place, {queued: 3});
	const observed = await followed(place, run, change => {
		if (change.kind === 'seen' && change.run.state === 'running') place.github.next('run', '503', '503');
	});
	const since = observed.changes.flatMap(change => (change.kind === 'not seen' ? [change.since - begun] : []));
	assert.deepEqual(since.slice(0, 1), [20_000], 'four looks at the queue, five seconds apart, then one at the jobs');
});

test('an unreachable run is reported again when the reason changes', async t => {
	const place = await hub(t);
	const run = await dispatched(place, {queued: 0});
	place.github.next('run', '503', '401', '401');
	assert.deepEqual(states(await followed(place, run)).slice(0, 3), ['not seen', 'not seen', 'queued']);
});

test('a rate limit is waited out as long as GitHub asks', async t => {
	const place = await hub(t);
	const run = await dispatched(place, {queued: 0});
	place.github.next('run', '403 rate limit', '429');
	const observed = await followed(place, run);
	assert.deepEqual(place.clock.waits.slice(0, 3), [60_000, 30_000, 5000]);
	assert.equal(observed.end.kind, 'ended');
});

test('a wait of days that GitHub asks for ends with the time in which a rollback must be proved, and that is said', async t => {
	const place = await hub(t);
	const run = await dispatched(place, {queued: 0});
	place.github.next('run', {does: false, answer: {status: 429, headers: {'retry-after': '172800'}}});
	const observed = await followed(place, run);
	assert.equal(place.clock.waits[0], 600_000);
	const [first] = observed.changes;
	assert.match(first?.kind === 'not seen' ? first.why : '', /try again in 2d\. It is looked at again in 10m\.$/);
	assert.equal(observed.end.kind, 'ended');
});

test('a finished run is reported although its jobs cannot be read', async t => {
	const place = await hub(t);
	const run = await dispatched(place, {queued: 0});
	const observed = await followed(place, run, change => {
		if (change.kind === 'seen' && change.run.jobs.every(({state}) => state === 'completed'))
			place.github.always('jobs', '503');
	});
	assert.ok(observed.end.kind === 'ended');
	assert.deepEqual([observed.end.conclusion, observed.end.run.jobs.map(({name}) => name)], ['success', ['rollback']]);
});

test('a watch that is given up leaves the run alone', async t => {
	const place = await hub(t);
	const run = await dispatched(place, {queued: Number.POSITIVE_INFINITY});
	const leaving = new AbortController();
	const access = {...place.access, signal: leaving.signal};
	const observed = await followed({...place, access}, run, () => leaving.abort());
	assert.deepEqual([observed.end.kind, states(observed)], ['left', ['queued']]);
	assert.equal(place.github.asked('cancel').length, 0);
});

const broken: Readonly<Record<'reported' | 'log', (t: TestContext) => Promise<unknown>>> = {
	reported: async t => {
		const place = await hub(t);
		const run = await dispatched(place, {});
		return followed(place, run, () => {
			throw new Error('the disk is full');
		});
	},
	log: async t => {
		const place = await hub(t);
		const run = await dispatched(place, {});
		return followed(place, run, () => {}, {log: () => Promise.reject(new Error('the disk is full'))});
	},
};

for (const [what, attempt] of Object.entries(broken)) {
	test(`what ${what} throws is thrown to who follows`, async t => {
		await assert.rejects(attempt(t), /the disk is full/);
	});
}

test('a run does what the rehearsal has it do, with the inputs it was given', async t => {
	const place = await hub(t, {
		onRun: ({inputs: {action}}) => Promise.resolve({conclusion: 'success', log: `did ${action}\n`}),
	});
	const observed = await followed(place, await dispatched(place, {}));
	assert.deepEqual(observed.logs, [['rollback', 'did rollback\n']]);
});

test('a report that was not accepted is repeated at the next look, and the end waits for it', async t => {
	const place = await hub(t);
	const run = await dispatched(place, {});
	const taken: string[] = [];
	let refused = 0;
	const end = await followRun({
		access: place.access,
		run,
		reported: change => {
			const state = change.kind === 'seen' ? change.run.state : change.kind;
			if (state === 'ended' && refused++ < 2) return 'later';
			taken.push(state);
			return undefined;
		},
	});
	assert.deepEqual([taken.at(-1), refused, end.kind], ['ended', 3, 'ended']);
});

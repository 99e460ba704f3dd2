import assert from 'node:assert/strict';
import {type TestContext, test} from 'node:test';
import type {ModeName} from '../../../scripts/sandbox/github/modes.ts';
import {discover} from '../../../source/rollback/github/discover.ts';
import {dispatch} from '../../../source/rollback/github/dispatch.ts';
import {greatestRun, whose} from '../../../source/rollback/github/runs.ts';
import {type Hub, hub, inputs, workflow} from './hub.ts';

/** Dispatches in this way, and looks for the run. */
async function sought({access, github, hear}: Hub, way: ModeName) {
	const [before, login] = await Promise.all([greatestRun(access, workflow), whose(access)]);
	github.next('dispatch', way);
	const said = await dispatch(access, workflow, inputs);
	const date = ('date' in said ? said.date : null) ?? before.date;
	return hear(await discover(access, workflow, {greatest: before.greatest, date, login}));
}

const short = {timeoutMs: 500};

for (const way of ['204', '500 after', 'reset after', 'cut after', 'silence after'] as const) {
	test(`after "${way}" the run is found, with who began it and when`, async t => {
		const place = await hub(t, short);
		const found = await sought(place, way);
		assert.ok(found.kind === 'found');
		const [run] = place.github.runs;
		assert.deepEqual([found.run.run, found.run.actor], [run?.id, 'rollback-bot']);
		assert.equal(found.run.created, Math.floor((run?.created ?? 0) / 1000) * 1000);
	});
}

for (const way of ['500 before', 'reset before', 'silence before'] as const) {
	test(`after "${way}" no run is found`, async t => {
		assert.equal((await sought(await hub(t, short), way)).kind, 'none');
	});

	test(`after "${way}" a run that somebody else began at that moment is not taken for ours`, async t => {
		const place = await hub(t, short);
		place.github.on('after', 'dispatch', () => place.github.others(1));
		assert.equal((await sought(place, way)).kind, 'none');
	});

	test(`after "${way}", where nobody knows whose the token is, a person is asked about a run of somebody`, async t => {
		const place = await hub(t, {...short, login: null});
		place.github.on('after', 'dispatch', () => place.github.others(1));
		const found = await sought(place, way);
		assert.deepEqual(found.kind === 'several' && found.runs.map(({actor}) => actor), ['somebody-0']);
	});
}

for (const moment of ['before', 'after'] as const) {
	test(`twenty others who dispatch just ${moment} us do not hide our run`, async t => {
		const place = await hub(t);
		place.github.on(moment, 'dispatch', () => place.github.others(20));
		const found = await sought(place, '204');
		const ours = place.github.runs.find(({actor}) => actor === 'rollback-bot');
		assert.equal(found.kind === 'found' && found.run.run, ours?.id);
	});

	test(`twenty runs of our own login, begun just ${moment} ours, are all shown to a person`, async t => {
		const place = await hub(t);
		place.github.on(moment, 'dispatch', () => place.github.others(20, {actor: 'rollback-bot'}));
		const found = await sought(place, '204');
		assert.ok(found.kind === 'several');
		assert.deepEqual(found.runs.map(({run}) => run).sort(), place.github.runs.map(({id}) => id).sort());
		assert.ok(found.runs.every(({url, created, actor}) => url !== '' && created !== null && actor !== null));
	});

	test(`twenty others, where nobody knows whose the token is, are all shown to a person`, async t => {
		const place = await hub(t, {login: null});
		place.github.on(moment, 'dispatch', () => place.github.others(20));
		const found = await sought(place, '204');
		assert.equal(found.kind === 'several' && found.runs.length, 21);
	});
}

test('a run that another of our login began is not taken for ours while ours is not listed yet', async t => {
	const place = await hub(t);
	place.github.plan({unlisted: 1});
	place.github.on('after', 'dispatch', () => place.github.others(1, {actor: 'rollback-bot'}));
	const found = await sought(place, '204');
	assert.equal(found.kind === 'several' && found.runs.length, 2);
});

test('a run that is not listed yet is found later', async t => {
	const place = await hub(t);
	place.github.plan({unlisted: 1});
	assert.equal((await sought(place, '204')).kind, 'none');
	const found = await discover(place.access, workflow, {
		greatest: 0,
		date: place.github.runs[0]?.created ?? 0,
		login: 'rollback-bot',
	});
	assert.equal(found.kind, 'found');
});

/** A run of ours, and another of our login that something else tells apart from it. */
async function besides(t: TestContext, fields: Parameters<Hub['github']['others']>[1]) {
	const place = await hub(t);
	place.github.on('after', 'dispatch', () => place.github.others(1, {actor: 'rollback-bot', ...fields}));
	return sought(place, '204');
}

test('runs of another branch, workflow or event, and those of long before, are not ours', async t => {
	assert.equal((await besides(t, {branch: 'other'})).kind, 'found');
	assert.equal((await besides(t, {workflow: 'other.yml'})).kind, 'found');
	assert.equal((await besides(t, {event: 'push'})).kind, 'found');
	assert.equal((await besides(t, {created: Date.now() - 60_000})).kind, 'found');
});

test('runs from before the dispatch are not ours, also where there are more than one page of them', async t => {
	const place = await hub(t);
	place.github.others(250, {actor: 'rollback-bot'});
	const found = await sought(place, '204');
	assert.equal(found.kind === 'found' && found.run.run, place.github.runs.at(-1)?.id);
});

test('a crowd that is larger than a page is looked at whole', async t => {
	const place = await hub(t, {login: null});
	place.github.on('after', 'dispatch', () => place.github.others(150));
	const found = await sought(place, '204');
	assert.equal(found.kind === 'several' && found.runs.length, 151);
});

test('a run of our login from minutes after the dispatch is a question, not an answer', async t => {
	const place = await hub(t);
	place.github.others(1, {actor: 'rollback-bot', created: Date.now() + 600_000});
	const found = await discover(place.access, workflow, {greatest: 0, date: Date.now(), login: 'rollback-bot'});
	assert.equal(found.kind === 'several' && found.runs.length, 1);
});

for (const minutes of [-5, 5]) {
	test(`with our clock ${minutes} min off, the run is found and an old one is not`, async t => {
		const off = minutes * 60_000;
		const place = await hub(t, {now: () => Date.now() + off, startClockAt: Date.now()});
		place.github.others(1, {actor: 'rollback-bot', created: Date.now() + off - 120_000});
		const found = await sought(place, '204');
		assert.equal(found.kind === 'found' && found.run.run, place.github.runs.at(-1)?.id);
	});
}

test('when earlier runs are unknown a person chooses the run, even from one', async t => {
	const place = await hub(t);
	place.github.others(1, {actor: 'rollback-bot', created: Date.now() - 10_000});
	place.github.next('runs', '503');
	const found = await sought(place, '500 before');
	assert.equal(found.kind === 'several' && found.runs.length, 1);
});

test('a run is looked up with the token of another: the login that sent it counts, and not the one that looks', async t => {
	const place = await hub(t);
	const before = await greatestRun(place.access, workflow);
	place.github.others(1, {actor: 'alice'});
	place.github.others(1, {actor: 'rollback-bot'});
	const found = await discover(place.access, workflow, {greatest: before.greatest, date: before.date, login: 'alice'});
	assert.equal(found.kind === 'found' && found.run.actor, 'alice');
});

test('a look-up that failed before the dispatch is reported with its time', async t => {
	const {access, github} = await hub(t);
	github.next('runs', '503');
	const before = await greatestRun(access, workflow);
	assert.equal(before.greatest, null);
	assert.match(before.why ?? '', /^GitHub failed \(503, "Service unavailable"\)\.$/);
	assert.ok(before.date !== null);
});

test('before the first run of all, the greatest is 0', async t => {
	const {access} = await hub(t);
	const {greatest, why} = await greatestRun(access, workflow);
	assert.deepEqual([greatest, why], [0, null]);
});

test('runs that cannot be looked at are not none', async t => {
	const {access, github, hear} = await hub(t);
	github.always('runs', '403 rate limit');
	const found = hear(await discover(access, workflow, {greatest: 0, date: Date.now(), login: 'rollback-bot'}));
	assert.match(found.kind === 'unseen' ? found.why : '', /rate limit is reached/);
});

test('refs are known by their full name too', async t => {
	const place = await hub(t);
	const remote = {...place.access.remote, ref: 'refs/heads/main'};
	assert.equal((await sought({...place, access: {...place.access, remote}}, '204')).kind, 'found');
});

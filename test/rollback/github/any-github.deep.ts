/** Whatever GitHub does, a rollback is dispatched at most once, and what is said of it is true. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {kinds, type Mode, type ModeName, modes} from '../../../scripts/sandbox/github/modes.ts';
import type {Plan} from '../../../scripts/sandbox/github/run.ts';
import {type FakeGitHub, type Noted, startGitHub} from '../../../scripts/sandbox/github.ts';
import {discover} from '../../../source/rollback/github/discover.ts';
import {dispatch} from '../../../source/rollback/github/dispatch.ts';
import {followRun} from '../../../source/rollback/github/follow.ts';
import {readiness} from '../../../source/rollback/github/readiness.ts';
import {greatestRun, whose} from '../../../source/rollback/github/runs.ts';
import {inputs, instantClock, shop, token, workflow} from './hub.ts';

const patience = 150;

const names = Object.keys(modes) as ModeName[];
/** Answers that never come cost time: they are tried, but not often. */
const way = fc.oneof(
	{weight: 12, arbitrary: fc.constantFrom(...names.filter(name => !name.startsWith('silence')))},
	{weight: 1, arbitrary: fc.constantFrom<ModeName>('silence before', 'silence after')},
	{weight: 2, arbitrary: fc.constant<Mode>({does: false, answer: {status: 502, body: `<p>${token}</p>`}})},
);
const trouble = fc.record({kind: fc.constantFrom(...kinds), ways: fc.array(way, {minLength: 1, maxLength: 4})});
const plan: fc.Arbitrary<Plan> = fc.record({
	queued: fc.nat(3),
	unlisted: fc.nat(2),
	cancel: fc.constantFrom('confirms', 'refuses', 'only forced', 'ignores'),
	approvals: fc.constantFrom([], ['production']),
	jobs: fc.array(fc.record({name: fc.constantFrom('a', 'b'), log: fc.constantFrom('', `${token}\n`)}), {
		minLength: 1,
		maxLength: 3,
	}),
});
const night = fc.record({
	plan,
	ways: fc.array(way, {maxLength: 3}),
	troubles: fc.array(trouble, {maxLength: 4}),
	others: fc.record({before: fc.nat(3), after: fc.nat(3)}),
	login: fc.constantFrom('rollback-bot', null),
	off: fc.constantFrom(-300_000, 0, 300_000),
	cancels: fc.boolean(),
});
type Night = typeof night extends fc.Arbitrary<infer T> ? T : never;

/** The POSTs that may have made a run: one that is refused for its unknown key made none. */
const mayCreate = ({status, body}: Noted): boolean =>
	!(status === 422 && typeof body === 'object' && body !== null && 'return_run_details' in body);

async function lived(
	github: FakeGitHub,
	{plan, ways, troubles, others, cancels, login}: Night,
): Promise<readonly unknown[]> {
	const clock = instantClock(patience);
	const remote = {repository: 'orders/shop', ref: 'main', token: 'GITHUB_TOKEN', api: github.url};
	const access = {remote, token, clock, timeoutMs: patience, longestWaitMs: 600_000, env: {}, ca: []};
	github.plan(plan);
	for (const {kind, ways} of troubles.filter(({kind}) => kind !== 'dispatch')) github.next(kind, ...ways);
	github.on('before', 'dispatch', () => github.others(others.before));
	github.on('after', 'dispatch', () => github.others(others.after));
	const ready = await readiness(access, workflow, inputs);
	const [before, sender] = [await greatestRun(access, workflow), await whose(access)];
	github.next('dispatch', ...ways);
	const said = await dispatch(access, workflow, inputs);
	const ours = github.runs.filter(({actor}) => actor === (login ?? 'app[bot]'));
	if (said.kind === 'unavailable') assert.equal(ours.length, 0, 'unavailable, although a run came of it');
	if (said.kind === 'sent' && said.run !== null) assert.equal(said.run, ours[0]?.id);
	const date = ('date' in said ? said.date : null) ?? before.date;
	const found =
		said.kind === 'unavailable'
			? null
			: await discover(access, workflow, {greatest: before.greatest, date, login: sender});
	if (found?.kind === 'found') assert.equal(found.run.run, ours[0]?.id, 'a run of somebody else was taken for ours');
	const run = (said.kind === 'sent' ? said.run : null) ?? (found?.kind === 'found' ? found.run.run : null);
	if (run === null) return [ready, before, said, found];
	const changes: unknown[] = [];
	const end = await followRun({
		access,
		run,
		reported: change => {
			changes.push(change);
			if (change.kind === 'seen' && change.run.state === 'approval') github.review(run, 'production', 'approved');
		},
		log: (...log) => void changes.push(log),
		...(cancels ? {cancel: AbortSignal.abort()} : {}),
	});
	if (end.kind === 'ended') assert.equal(end.conclusion, ours[0]?.conclusion);
	return [ready, before, said, found, changes, end];
}

async function holds(tonight: Night): Promise<void> {
	const {login, off} = tonight;
	const github = await startGitHub({repositories: [shop], token, login, now: () => Date.now() + off});
	try {
		const said = await lived(github, tonight);
		assert.ok(!JSON.stringify(said).includes(token), 'the token stands in what was said');
	} finally {
		await github.close();
	}
	const posts = github.asked('dispatch');
	assert.ok(posts.filter(mayCreate).length <= 1, `${posts.length} dispatches`);
	assert.ok(posts.length <= 2, `${posts.length} dispatches`);
}

test('at most one dispatch, no run of others taken for ours, and no token anywhere, whatever GitHub does', async () => {
	await fc.assert(fc.asyncProperty(night, holds), {numRuns: 150});
});

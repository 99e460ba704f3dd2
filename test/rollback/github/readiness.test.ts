import assert from 'node:assert/strict';
import {type TestContext, test} from 'node:test';
import type {FakeGitHub, GitHubOptions} from '../../../scripts/sandbox/github.ts';
import {type Readiness, readiness} from '../../../source/rollback/github/readiness.ts';
import {hub, inputs, shop, text, workflow} from './hub.ts';

async function reported(
	t: TestContext,
	options: Partial<GitHubOptions> & {readonly timeoutMs?: number} = {},
	steer: (github: FakeGitHub) => void = () => {},
): Promise<Readiness> {
	const {access, github, hear} = await hub(t, options);
	steer(github);
	const said = hear(await readiness(access, workflow, inputs));
	assert.ok(
		github.requests.every(({method}) => method === 'GET'),
		'looking changes nothing',
	);
	return said;
}

const withText = (changed: string) => ({repositories: [{...shop, workflows: {'back.yml': {text: changed}}}]});

test('a workflow that could be dispatched is ready, and says who would have to approve, and when that was so', async t => {
	const {access, clock} = await hub(t);
	assert.deepEqual(await readiness(access, workflow, inputs), {
		ready: true,
		approvers: [{environment: 'production', reviewers: ['omar', 'petra', 'team release'], waitMinutes: 5, why: null}],
		checkedAt: clock.now(),
	});
});

test('an environment that is unprotected or missing needs no approval', async t => {
	const free = await reported(t, {repositories: [{...shop, environments: {production: {}}}]});
	assert.deepEqual(free.ready === true && free.approvers, []);
	const none = await reported(t, {repositories: [{...shop, environments: {}}]});
	assert.deepEqual(none.ready === true && none.approvers, []);
});

const expression = (text: string): string => `\${{ ${text} }}`;

const environments: Readonly<Record<string, readonly [string, RegExp]>> = {
	'by an input': [`environment: {name: "${expression('inputs.action')}"}`, /^rollback null$/],
	'by a mapping': ['environment: {name: production, url: "https://example.org"}', /^production null$/],
	'by an expression': [
		`environment: ${expression('vars.WHERE')}`,
		/^\$\{\{ vars\.WHERE \}\} its name is known only once/,
	],
	'in another workflow': ['uses: ./.github/workflows/deploy.yml', /deploy\.yml job "rollback" calls another workflow/],
};

for (const [what, [line, expected]] of Object.entries(environments)) {
	test(`an environment that is named ${what} is looked up, or reported as not known`, async t => {
		const guarded = {reviewers: [{type: 'User' as const, name: 'omar'}]};
		const repository = {...shop, environments: {rollback: guarded, production: guarded}};
		const workflows = {'back.yml': {text: text.replace('environment: production', line)}};
		const said = await reported(t, {repositories: [{...repository, workflows}]});
		const [approver] = said.ready === true ? said.approvers : [];
		assert.match(`${approver?.environment} ${approver?.why}`, expected);
	});
}

test('approvers that the token may not see are reported as unknown', async t => {
	const said = await reported(t, {}, github => github.always('environment', '403'));
	const [approver] = said.ready === true ? said.approvers : [];
	assert.match(approver?.why ?? '', /^who approves is unknown: GitHub forbids it \(403/);
});

const refusals: Readonly<
	Record<string, readonly [Parameters<typeof reported>[1], Parameters<typeof reported>[2], RegExp]>
> = {
	'a repository that is not there': [{repositories: []}, undefined, /^GitHub shows no repository orders\/shop \(404\)/],
	'a repository that is archived': [{repositories: [{...shop, isArchived: true}]}, undefined, /is archived/],
	'a token that may not write': [
		{repositories: [{...shop, mayPush: false}]},
		undefined,
		/^The token in GITHUB_TOKEN may not write to orders\/shop/,
	],
	'a classic token without its scope': [{scopes: 'gist, read:org'}, undefined, /lacks the scope "repo"/],
	'a classic token for public repositories, with a private one': [
		{scopes: 'public_repo'},
		undefined,
		/lacks the scope/,
	],
	'a bad token': [{}, github => github.always('repository', '401'), /^GitHub rejects the token in GITHUB_TOKEN/],
	'a workflow that is not there': [
		{repositories: [{...shop, workflows: {}}]},
		undefined,
		/^GitHub shows no workflow back\.yml in orders\/shop/,
	],
	'a workflow that is disabled': [
		{repositories: [{...shop, workflows: {'back.yml': {text, state: 'disabled_manually'}}}]},
		undefined,
		/^GitHub has disabled the workflow back\.yml \(disabled_manually\): enable it there\.$/,
	],
	'a branch without the file': [
		{repositories: [{...shop, branches: ['trunk']}]},
		undefined,
		/^GitHub shows no file \.github\/workflows\/back\.yml on main of orders\/shop/,
	],
	'a file that cannot be dispatched': [
		withText('on: push\n'),
		undefined,
		/back\.yml has no workflow_dispatch \(as it is on/,
	],
	'a file that is no YAML': [withText('on: [\n'), undefined, /is not valid YAML/],
	'a file that lacks an input': [withText(text.replace('volumes', 'disks')), undefined, /it has no input "volumes"/],
	'a file that does not take a value': [
		withText(text.replace('rollback]', 'undo]')),
		undefined,
		/does not take "rollback"/,
	],
	'a file that asks for more': [
		withText(text.replace('    inputs:\n', '    inputs:\n      who: {required: true}\n')),
		undefined,
		/it requires the input "who"/,
	],
};

for (const [what, [options, steer, why]] of Object.entries(refusals)) {
	test(`${what} is not ready`, async t => {
		const said = await reported(t, options, steer);
		assert.equal(said.ready, false);
		assert.match('why' in said ? said.why : '', why);
	});
}

test('scopes that suffice, and an empty list of them, refuse nothing', async t => {
	assert.equal((await reported(t, {scopes: 'gist, repo'})).ready, true);
	assert.equal((await reported(t, {scopes: ''})).ready, true);
	const open = {repositories: [{...shop, isPrivate: false}], scopes: 'public_repo'};
	assert.equal((await reported(t, open)).ready, true);
});

for (const kind of ['repository', 'workflow', 'contents'] as const) {
	for (const way of [
		'500 before',
		'503',
		'429',
		'403 rate limit',
		'silence before',
		'reset before',
		'cut after',
	] as const) {
		test(`"${way}" when asked for the ${kind} makes readiness unknown, not a no`, async t => {
			const said = await reported(t, {timeoutMs: 300}, github => github.next(kind, way));
			assert.equal(said.ready, 'unknown');
			assert.match('why' in said ? said.why : '', /./);
		});
	}
}

test('a GitHub that cannot be reached makes readiness unknown', async t => {
	const {access, github} = await hub(t);
	await github.close();
	const said = await readiness(access, workflow, inputs);
	assert.match(said.ready === 'unknown' ? said.why : '', /^Not sent: connection refused/);
});

test('without a token or with too many inputs GitHub is not called', async t => {
	const {access, github} = await hub(t);
	const without = await readiness({...access, token: ''}, workflow, inputs);
	assert.match(without.ready === false ? without.why : '', /GITHUB_TOKEN is empty or not set here/);
	const many = Object.fromEntries(Array.from({length: 26}, (_, index) => [`input-${index}`, 'x']));
	assert.equal((await readiness(access, workflow, many)).ready, false);
	assert.equal(github.requests.length, 0);
});

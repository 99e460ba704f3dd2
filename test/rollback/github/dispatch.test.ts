import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Mode, ModeName} from '../../../scripts/sandbox/github/modes.ts';
import {type Dispatched, dispatch} from '../../../source/rollback/github/dispatch.ts';
import {hub, inputs, token, workflow} from './hub.ts';

const short = 500;

test('a dispatch sends ref and inputs once, and its answer names the run', async t => {
	const {github, access, hear} = await hub(t);
	const said = hear(await dispatch(access, workflow, inputs));
	const [run] = github.runs;
	assert.ok(said.kind === 'sent' && run);
	assert.deepEqual(
		[said.status, said.run, said.url],
		[200, run.id, `${github.url}/orders/shop/actions/runs/${run.id}`],
	);
	assert.deepEqual(
		github.asked('dispatch').map(({path, body}) => ({path, body})),
		[
			{
				path: '/repos/orders/shop/actions/workflows/back.yml/dispatches',
				body: {ref: 'main', inputs, return_run_details: true},
			},
		],
	);
	assert.deepEqual(run.inputs, inputs);
});

/** What GitHub does, then what is said of it, how many POSTs there were and how many runs came of them. */
type Case = readonly [
	ways: readonly (ModeName | Mode)[],
	kind: Dispatched['kind'],
	status: number | null,
	why: RegExp | null,
	posts: number,
	runs: number,
];

const echo: Mode = {does: false, answer: {status: 403, body: {message: `no right for ${token}`}}};
const body = (status: number, text: string): Mode => ({does: status < 300, answer: {status, body: text}});

const cases: Readonly<Record<string, Case>> = {
	'204 is sent, the run unknown': [['204'], 'sent', 204, null, 1, 1],
	'a server that does not know return_run_details is asked once more without it': [
		['422 unknown key'],
		'sent',
		204,
		null,
		2,
		1,
	],
	'a server that refuses the key twice is not asked a third time': [
		['422 unknown key', '422 unknown key'],
		'unavailable',
		422,
		/GitHub refused it \(422, "Invalid request\. "return_run_details" is not a permitted key\."\)/,
		2,
		0,
	],
	'no answer to the repetition is unknown, and not sent a third time': [
		['422 unknown key', 'silence after'],
		'unknown',
		null,
		/^Sent, but not answered: no answer in/,
		2,
		1,
	],
	'401 names the variable of the token': [
		['401'],
		'unavailable',
		401,
		/^GitHub rejects the token in GITHUB_TOKEN \(401, "Bad credentials"\): it is wrong, expired or revoked\.$/,
		1,
		0,
	],
	'403 names the missing right': [
		['403'],
		'unavailable',
		403,
		/^GitHub forbids it \(403, "Resource not .*"\): the token in GITHUB_TOKEN needs "actions: write" for orders\/shop\.$/,
		1,
		0,
	],
	'403 may be a rate limit, which says how long': [
		['403 rate limit'],
		'unavailable',
		403,
		/^GitHub's rate limit is reached \(403, .*\): try again in 1m\.$/,
		1,
		0,
	],
	'404 is a wrong name or no right': [
		['404'],
		'unavailable',
		404,
		/^GitHub shows no workflow back\.yml in orders\/shop \(404\): its name is wrong, or .* may not see it\.$/,
		1,
		0,
	],
	'422 gives the words of GitHub': [['422 bad input'], 'unavailable', 422, /Unexpected inputs provided: \["vol/, 1, 0],
	'429 is a rate limit': [['429'], 'unavailable', 429, /rate limit is reached \(429, .*try again in 30s\.$/, 1, 0],
	'409 is a refusal as well': [['409'], 'unavailable', 409, /^GitHub refused it \(409, /, 1, 0],
	'a moved repository is not dispatched to': [
		[{does: false, answer: {status: 307, headers: {location: '/repositories/1'}}}],
		'unavailable',
		307,
		/^GitHub says that orders\/shop has moved \(307\)/,
		1,
		0,
	],
	'500 without a run is unknown': [['500 before'], 'unknown', 500, /^GitHub failed \(500, "Server Error"\)\.$/, 1, 0],
	'500 with a run is unknown': [['500 after'], 'unknown', 500, /^GitHub failed \(500/, 1, 1],
	'503 is unknown': [['503'], 'unknown', 503, /^GitHub failed \(503/, 1, 0],
	'408 is unknown': [[body(408, '')], 'unknown', 408, /./, 1, 0],
	'no answer without a run is unknown': [
		['silence before'],
		'unknown',
		null,
		/^Sent, but not answered: no answer/,
		1,
		0,
	],
	'no answer with a run is unknown': [['silence after'], 'unknown', null, /^Sent, but not answered: no answer/, 1, 1],
	'a reset without a run is unknown': [
		['reset before'],
		'unknown',
		null,
		/^Sent, but not answered: connection closed/,
		1,
		0,
	],
	'a reset with a run is unknown': [
		['reset after'],
		'unknown',
		null,
		/^Sent, but not answered: connection closed/,
		1,
		1,
	],
	'an answer of 200 that breaks is unknown': [
		['cut after'],
		'unknown',
		200,
		/^Sent, but not answered: connection closed/,
		1,
		1,
	],
	'a page of 200 that is not from GitHub is unknown': [
		[body(200, '<html>')],
		'unknown',
		200,
		/not in GitHub's w/,
		1,
		1,
	],
	'an answer that repeats the token is cleared of it': [[echo], 'unavailable', 403, /no right for \[redacted\]/, 1, 0],
};

for (const [what, [ways, kind, status, why, posts, runs]] of Object.entries(cases)) {
	test(what, async t => {
		const {github, access, hear} = await hub(t, {timeoutMs: short});
		github.next('dispatch', ...ways);
		const said = hear(await dispatch(access, workflow, inputs));
		assert.deepEqual([said.kind, said.status], [kind, status]);
		if (why !== null) assert.match('why' in said ? said.why : '', why);
		if (said.kind === 'sent') assert.deepEqual([said.run, said.url], [null, null]);
		assert.deepEqual([github.asked('dispatch').length, github.runs.length], [posts, runs]);
	});
}

test('a dispatch says what time it is on GitHub, however wrong that is here', async t => {
	const fiveMinutesAhead = 1_930_770_300_000;
	const {access, clock} = await hub(t, {now: () => fiveMinutesAhead, startClockAt: fiveMinutesAhead - 300_000});
	const said = await dispatch(access, workflow, inputs);
	assert.equal(said.kind === 'sent' && said.date, fiveMinutesAhead);
	assert.equal(clock.now(), fiveMinutesAhead - 300_000);
});

test('a connection that was never made means unavailable: nothing was sent', async t => {
	const {github, access, hear} = await hub(t);
	await github.close();
	const said = hear(await dispatch(access, workflow, inputs));
	assert.deepEqual([said.kind, said.status], ['unavailable', null]);
	assert.match('why' in said ? said.why : '', /^Not sent: connection refused \(127\.0\.0\.1:\d+\)\.$/);
});

test('more than 25 inputs are refused before anything is sent', async t => {
	const {github, access} = await hub(t);
	const many = Object.fromEntries(Array.from({length: 26}, (_, index) => [`input-${index}`, 'x']));
	const said = await dispatch(access, workflow, many);
	assert.match(said.kind === 'unavailable' ? said.why : '', /at most 25 inputs, and the runbook gives 26/);
	assert.equal(github.requests.length, 0);
});

test('without a token nothing is sent', async t => {
	const {github, access} = await hub(t);
	const said = await dispatch({...access, token: ''}, workflow, inputs);
	assert.match(said.kind === 'unavailable' ? said.why : '', /^There is no token: GITHUB_TOKEN is empty or not set/);
	assert.equal(github.requests.length, 0);
});

test('a wrong token, a wrong workflow, a wrong branch and a wrong input are refused by the real rules too', async t => {
	const {github, access, hear} = await hub(t);
	const said = [
		await dispatch({...access, token: 'another'}, workflow, inputs),
		await dispatch(access, '.github/workflows/other.yml', inputs),
		await dispatch({...access, remote: {...access.remote, ref: 'gone'}}, workflow, inputs),
		await dispatch(access, workflow, {...inputs, more: '1'}),
	];
	hear(said);
	assert.deepEqual(
		said.map(({kind, status}) => [kind, status]),
		[401, 404, 422, 422].map(status => ['unavailable', status]),
	);
	assert.equal(github.runs.length, 0);
});

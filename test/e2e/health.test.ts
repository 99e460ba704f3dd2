/**
 * The ten minutes after T0 with the built program: a service that goes down, a trigger that fires, and the rollback by a
 * GitHub that asks for an approval, or does not know the workflow.
 */
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {dirname, join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {type FakeGitHub, startGitHub} from '../../scripts/sandbox/github.ts';
import type {RemoteRun} from '../../source/cutover/model/event.ts';
import {readyForT0} from '../cli/walks.ts';
import {linesOf, textsBelow} from '../harness/files.ts';
import {observed} from '../harness/observed.ts';
import {type Site, site} from './operator.ts';

const token = 'github_pat_22NEVERsaid33';
const inputs = {action: 'rollback', compose_file: 'ops/compose.yml', canary_remove_volumes: '0'};

/** Of `status --json`, what is looked at here. */
type StatusJson = {
	readonly status: string;
	readonly triggers: readonly {readonly state: string; readonly outageSeconds: number | null}[];
	readonly rollback: {readonly state: string; readonly approvals: RemoteRun['approvals']} | null;
};

type Night = {
	readonly place: Site;
	readonly github: FakeGitHub;
	readonly service: {healthy: boolean};
	must(name: string, ...argv: readonly string[]): Promise<string>;
	/** Everything that was said on stdout and stderr. */
	readonly said: string[];
	/** Waits until the status is so. */
	until(what: string, is: (status: StatusJson) => boolean): Promise<StatusJson>;
};

async function healthServer(t: TestContext): Promise<{url: string; healthy: boolean}> {
	const stands = {url: '', healthy: true};
	const server = createServer((_, response) => {
		response.writeHead(stands.healthy ? 200 : 503, {connection: 'close'}).end('well');
	});
	await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
	t.after(() => server.close());
	stands.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/health`;
	return stands;
}

/** `prove`: a machine that is busy must see the service well within it. */
const settings = (url: string, api: string, prove: string): string => `cutover: 1
endpoints:
  - { name: api, url: "${url}", every: 1s, timeout: 1s }
triggers:
  "1": { threshold: 4s }
rollback: { repository: example/ledger, ref: main, token: LEDGER_TOKEN, api: "${api}", settle: 2s, prove: ${prove} }
`;

async function startHub(t: TestContext, place: Site): Promise<FakeGitHub> {
	const file = 'ledger-rollback.yml';
	const text = readFileSync(join(place.folder, '.github/workflows', file), 'utf8');
	const github = await startGitHub({
		repositories: [
			{
				name: 'example/ledger',
				branches: ['main'],
				workflows: {[file]: {text}},
				environments: {production: {reviewers: [{type: 'User', name: 'petra'}]}},
			},
		],
		token,
	});
	t.after(() => github.close());
	return github;
}

/** T0 is done, and the service well. */
async function night(t: TestContext, prove: string): Promise<Night> {
	const place = site(t, {LEDGER_TOKEN: token});
	const service = await healthServer(t);
	const github = await startHub(t, place);
	place.write('runbook.cutover.yaml', settings(service.url, github.url, prove));
	const said: string[] = [];
	const must = async (name: string, ...argv: readonly string[]): Promise<string> => {
		const {code, stdout, stderr} = await place.cli(...argv, '--as', name);
		said.push(stdout, stderr);
		assert.equal(code, 0, `${argv.join(' ')}: ${stderr}${stdout}`);
		return stdout;
	};
	await readyForT0({must});
	const early = ['--role', 'release-manager', '--early', '--reason', 'everyone is here'];
	await must('rita', 'run', 'T0', ...early, '--confirm', 'T0', '--reference', 'D-1');
	await must('rita', 'run', 'T0', '--role', 'release-manager', '--result', 'pass');
	const until: Night['until'] = (what, is) => {
		const look = async (): Promise<StatusJson | null> => {
			const {stdout} = await place.cli('status', '--json');
			said.push(stdout);
			return is(JSON.parse(stdout)) ? JSON.parse(stdout) : null;
		};
		return observed(what, look, () => said.at(-1));
	};
	return {place, github, service, must, said, until};
}

type Line = {readonly type: string; readonly at: string; readonly data: Record<string, unknown>};

async function entries({place}: Night): Promise<readonly Line[]> {
	const {folder} = await place.status();
	return linesOf(join(String(folder), 'journal.ndjson')).map(line => JSON.parse(line));
}

const rollback = ['rollback', '--role', 'release-manager', '--confirm', 'ROLLBACK', '--reason', 'the ledger is down'];

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

test('GitHub knows no such workflow: the fallback runs once under the same word; while health is down it is not rolled back, and late proof counts', {
	timeout: 300_000,
}, async t => {
	const on = await night(t, '5s');
	const {place, github, service, until} = on;
	service.healthy = false;
	await until('fired', ({triggers}) => triggers[0]?.state === 'fired');
	github.always('dispatch', '404');
	const ended = await place.cli(...rollback, '--as', 'rita');
	assert.equal(ended.code, 1, ended.stdout + ended.stderr);
	assert.equal(readFileSync(join(place.folder, 'rolled-back'), 'utf8'), 'rollback ops/compose.yml 0');
	assert.equal((await place.status())['status'], 'rollback-failed');
	const reported = await entries(on);
	assert.deepEqual(
		reported.filter(({type}) => type === 'rollbackBegun' || type === 'dispatching').map(({type}) => type),
		['rollbackBegun', 'dispatching'],
	);
	assert.deepEqual(
		reported
			.filter(({type, data}) => type === 'started' && 'path' in Object(data['target']))
			.map(({data}) => data['target']),
		[{path: 'preferred'}, {path: 'fallback'}],
	);
	service.healthy = true;
	await until('late proof', ({status}) => status === 'rolled-back');
});

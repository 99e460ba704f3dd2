/** The ten minutes after T0 with the built program, where a service may go down and a GitHub stands ready for the rollback. */
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {join} from 'node:path';
import type {TestContext} from 'node:test';
import {type FakeGitHub, startGitHub} from '../../scripts/sandbox/github.ts';
import type {RemoteRun} from '../../source/cutover/model/event.ts';
import {readyForT0} from '../cli/walks.ts';
import {linesOf} from '../harness/files.ts';
import {observed} from '../harness/observed.ts';
import {type Site, site} from './operator.ts';

export const token = 'github_pat_22NEVERsaid33';
export const inputs = {action: 'rollback', compose_file: 'ops/compose.yml', canary_remove_volumes: '0'};

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
export async function night(t: TestContext, prove: string): Promise<Night> {
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

export async function entries({place}: Night): Promise<readonly Line[]> {
	const {folder} = await place.status();
	return linesOf(join(String(folder), 'journal.ndjson')).map(line => JSON.parse(line));
}

export const rollback = [
	'rollback',
	'--role',
	'release-manager',
	'--confirm',
	'ROLLBACK',
	'--reason',
	'the ledger is down',
];

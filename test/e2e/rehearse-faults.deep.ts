/** Rehearsals with faults, as people start them: what goes wrong is answered as the rules say, and the exit code says so. */
import assert from 'node:assert/strict';
import {globSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {runProgram} from '../harness/program.ts';
import {openProgram} from '../harness/terminal.ts';

type Played = {
	readonly code: number | null;
	readonly stdout: string;
	readonly stderr: string;
	/** Of the only cutover: its journal, line by line. */
	entries(): readonly {readonly type: string; readonly data: Record<string, unknown>}[];
	readonly root: string;
};

async function plays(t: TestContext, ...args: readonly string[]): Promise<Played> {
	const home = mkdtempSync(join(tmpdir(), 'faults-'));
	t.after(() => rmSync(home, {recursive: true, force: true}));
	const env = {HOME: home, XDG_STATE_HOME: join(home, 'state')};
	const ended = await runProgram(['rehearse', '--auto', ...args], {env});
	const root = join(home, 'state/cutover-tui-rehearsals');
	const journal = () => readFileSync(join(root, globSync('*/journal.ndjson', {cwd: root})[0] ?? ''), 'utf8');
	return {
		...ended,
		root,
		entries: () =>
			journal()
				.trimEnd()
				.split('\n')
				.map(line => JSON.parse(line)),
	};
}

const count = ({entries}: Played, type: string): number => entries().filter(entry => entry.type === type).length;

test('an outage beyond its threshold, GitHub without the workflow, the watcher and the screen killed: rolled back by the fallback, once', async t => {
	const inject = ['outage@T+2m:40m', 'github-404@T0:2h', 'watcher-killed@T+4m', 'screen-killed@T+5m'];
	const played = await plays(t, ...inject.flatMap(fault => ['--inject', fault]));
	const {code, stdout, stderr} = played;
	assert.equal(code, 0, `${stderr}\n${stdout}`);
	assert.match(stdout, /^EXPECTED {2}it is rolled back by the fallback$/m);
	assert.equal(count(played, 'fired'), 1);
	assert.equal(count(played, 'rollbackBegun'), 1);
	assert.equal(count(played, 'dispatching'), 1);
	assert.equal(count(played, 'watcherLost'), 1);
	assert.match(stdout, / preferred-1 failed: GitHub shows no workflow/);
	assert.match(stdout, / fallback-1 passed/);
	assert.match(stdout, /ROLLED BACK, proved/);
	const [router = ''] = globSync('workspaces/*/runtime/router.conf', {cwd: played.root});
	assert.equal(readFileSync(join(played.root, router), 'utf8'), 'live=blue\n');
	assert.doesNotMatch(
		played
			.entries()
			.map(entry => JSON.stringify(entry))
			.join('\n'),
		/FERRY_TOKEN=/,
	);
});

test('an outage before T0 holds until it is over; two people stand down one that just passed the threshold', async t => {
	const played = await plays(t, '--inject', 'outage@T-12m:9m', '--inject', 'outage@T+2m:10m40s');
	const {code, stdout, stderr} = played;
	assert.equal(code, 0, `${stderr}\n${stdout}`);
	assert.ok(count(played, 'holdPlaced') >= 1);
	assert.ok(played.entries().some(({type, data}) => type === 'scheduled' && data['released'] === true));
	assert.equal(count(played, 'fired'), 1);
	assert.equal(count(played, 'stoodDown'), 2);
	assert.equal(count(played, 'rollbackBegun'), 0);
	assert.match(stdout, /KEPT: the release stays/);
});

test("a runbook of one's own is rehearsed without asking what serves people, or GitHub itself", async t => {
	const folder = mkdtempSync(join(tmpdir(), 'own-'));
	t.after(() => rmSync(folder, {recursive: true}));
	writeFileSync(
		join(folder, 'night.md'),
		[
			'# Own night',
			'## Gates',
			'| Gate | Check | Command | Pass condition | Owner |',
			'|---|---|---|---|---|',
			'| G1 | Preflight | `true` | Exit code 0 | ana |',
			'## Timeline',
			'| Time | Owner | Action | Evidence |',
			'|---|---|---|---|',
			'| T-5 | ana | Go/no-go: G1 passes. | Decision |',
			'| T0 | ana | Do it. | Time |',
			'| T+10 | ana | Keep or roll back. | Note |',
			'## Rollback triggers',
			'1. The service is unavailable for more than 10 minutes.',
			'## Rollback path',
			'1. Open `.github/workflows/back.yml`.',
			'2. Run `workflow_dispatch` with `action=back`.',
			'',
		].join('\n'),
		{mode: 0o644},
	);
	writeFileSync(
		join(folder, 'night.cutover.yaml'),
		[
			'cutover: 1',
			'endpoints:',
			'  - { name: shop, url: "http://192.0.2.1/health", expect: { status: 204, body: fine } }',
			'  - { name: db, kind: tcp, address: "192.0.2.2:5432" }',
			'rollback: { repository: example/shop, ref: main, token: SHOP_TOKEN }',
			'',
		].join('\n'),
		{mode: 0o644},
	);
	const {code, stdout, stderr} = await plays(t, join(folder, 'night.md'), '--inject', 'outage@T+1m:20m');
	assert.equal(code, 0, `${stderr}\n${stdout}`);
	assert.match(stdout, /its endpoints are replaced by http:\/\/127\.0\.0\.1:\d+, GitHub by http:\/\/127\.0\.0\.1:\d+/);
	assert.match(stdout, /shop DOWN since/);
	assert.match(stdout, /db DOWN since/);
	assert.match(stdout, /run \d+ ended success/);
	assert.match(stdout, /ROLLED BACK, proved/);
});

test('a killed screen reopens at the present state and takes keys', async t => {
	const home = mkdtempSync(join(tmpdir(), 'faults-'));
	t.after(() => rmSync(home, {recursive: true, force: true}));
	const env = {HOME: home, XDG_STATE_HOME: join(home, 'state')};
	const term = openProgram(['rehearse', '--speed', '60', '--inject', 'screen-killed@T-58m'], {env});
	await term.shows(/T-00:(5[0-6]|[1-4]\d):\d\d[\s\S]*run T-60 now/);
	term.press('?');
	await term.shows('HELP');
	term.kill('SIGINT');
	assert.equal((await term.exited).code, 130);
});

test('a fault that nothing of the runbook would notice is a mistake', async t => {
	const {code, stderr} = await plays(t, '--inject', 'flood@T+2m');
	assert.equal(code, 2);
	assert.match(stderr, /There is no fault "flood"/);
});

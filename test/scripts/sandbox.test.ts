/**
 * The rehearsal's service and the sample's own scripts, as a rehearsal uses them: real processes, a real socket.
 */
import assert from 'node:assert/strict';
import {spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {createInterface} from 'node:readline';
import {type TestContext, test} from 'node:test';
import {fileURLToPath} from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

type Body = {status?: string; version?: string; valid?: string; why?: string};

/** A workspace of the sample with the service before it; both end with the test. */
async function serving(t: TestContext) {
	const workspace = mkdtempSync(join(tmpdir(), 'ferry-'));
	cpSync(join(root, 'samples/ferry'), workspace, {recursive: true});
	mkdirSync(join(workspace, 'runtime'));
	writeFileSync(join(workspace, 'runtime/router.conf'), 'live=blue\n');
	const service = spawn(process.execPath, [join(root, 'scripts/sandbox.ts'), workspace], {
		stdio: ['pipe', 'pipe', 'inherit'],
	});
	const ended = once(service, 'exit');
	t.after(async () => {
		service.stdin.end();
		await ended;
		rmSync(workspace, {recursive: true});
	});
	const [url] = await once(createInterface({input: service.stdout}), 'line');
	const ask = async (path: string, method = 'GET'): Promise<{status: number; body: Body}> => {
		const answer = await fetch(`${url}${path}`, {method});
		return {status: answer.status, body: (await answer.json()) as Body};
	};
	const bash = (script: string, env: Record<string, string> = {}, ...args: string[]) =>
		spawnSync('bash', [`deploy/scripts/${script}`, ...args], {
			cwd: workspace,
			encoding: 'utf8',
			env: {...process.env, ...env},
		});
	return {workspace, service, ended, ask, bash};
}

test('the front door serves what the router names, and each slot its own release', async t => {
	const {ask} = await serving(t);
	assert.deepEqual(await ask('/health'), {status: 200, body: {status: 'ok', version: 'blue'}});
	assert.deepEqual(await ask('/green/health'), {status: 200, body: {status: 'ok', version: 'green'}});
	assert.equal((await ask('/timetable')).body.valid, 'winter');
	assert.equal((await ask('/elsewhere')).status, 404);
	assert.equal((await ask('/health', 'POST')).status, 405);
});

test('pointing the router elsewhere cuts over, and the rollback restores blue', async t => {
	const {ask, bash} = await serving(t);
	assert.equal(bash('point-router.sh', {}, 'green').status, 0);
	assert.equal((await ask('/timetable')).body.valid, 'summer');
	const back = bash('rollback.sh', {ACTION: 'back', RELEASE: 'blue', KEEP_LOGS: '1'});
	assert.equal(back.status, 0, back.stderr);
	assert.match(back.stdout, /live now: green\n.*\nlive now: blue\n$/s);
	assert.equal((await ask('/version')).body.version, 'blue');
});

test('the rollback in check mode changes nothing', async t => {
	const {ask, bash} = await serving(t);
	bash('point-router.sh', {}, 'green');
	assert.equal(bash('rollback.sh', {ACTION: 'check', RELEASE: 'blue'}).status, 0);
	assert.equal((await ask('/version')).body.version, 'green');
});

test('preflight, build and tests pass on the sample as it is', async t => {
	const {bash} = await serving(t);
	for (const script of ['preflight.sh', 'build.sh', 'test.sh']) {
		const {status, stdout, stderr} = bash(script);
		assert.equal(status, 0, `${script}: ${stdout}${stderr}`);
	}
});

test('the preflight names everything that is missing', async t => {
	const {workspace, bash} = await serving(t);
	rmSync(join(workspace, 'releases/green/timetable.json'));
	const {status, stdout} = bash('preflight.sh');
	assert.equal(status, 1);
	assert.match(stdout, /MISSING {2}file releases\/green\/timetable\.json\n(.*\n)*MISSING {2}slot green is healthy/);
	assert.match(stdout, /2 missing\n$/);
});

test('a stop that green lost fails its tests', async t => {
	const {workspace, bash} = await serving(t);
	const file = join(workspace, 'releases/green/timetable.json');
	writeFileSync(file, readFileSync(file, 'utf8').replace('Old Quay', 'New Quay'));
	bash('build.sh');
	const {status, stdout} = bash('test.sh');
	assert.equal(status, 1);
	assert.match(stdout, /FAIL {2}every stop of blue is served by green too/);
});

test('a router without a target is down, neither green nor blue, and logs an error', async t => {
	const {workspace, ask} = await serving(t);
	writeFileSync(join(workspace, 'runtime/router.conf'), 'live=red\n');
	assert.deepEqual(await ask('/health'), {
		status: 503,
		body: {status: 'down', why: 'router.conf names no release: live=red'},
	});
	assert.match(readFileSync(join(workspace, 'runtime/service.log'), 'utf8'), /ERROR GET \/health 503\n$/);
});

test('the service ends when the rehearsal that holds its input is gone', async t => {
	const {service, ended} = await serving(t);
	service.stdin.end();
	assert.deepEqual(await ended, [0, null]);
});

import assert from 'node:assert/strict';
import {chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, watch, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {ask, type ProbeResult} from '../../source/probes/ask.ts';
import {runningOf} from '../../source/processes/process.ts';
import {context, heldClock, script} from './around.ts';

/** A workspace with one script in it. */
function workspaceWith(t: TestContext, path: string, text: string, mode = 0o644): string {
	const workspace = mkdtempSync(join(tmpdir(), 'probes-'));
	t.after(() => rmSync(workspace, {recursive: true, force: true}));
	mkdirSync(join(workspace, 'ops'));
	writeFileSync(join(workspace, path), text);
	chmodSync(join(workspace, path), mode);
	return workspace;
}

const asked = (t: TestContext, text: string, timeoutSeconds = 60): Promise<ProbeResult> =>
	ask(script('ops/up.sh', {timeoutSeconds}), context({workspace: workspaceWith(t, 'ops/up.sh', text)}));

const judged = async (t: TestContext, text: string): Promise<string> => {
	const {verdict, reason} = await asked(t, text);
	return `${verdict} ${reason}`.trim();
};

/** The pid that a script wrote there, once it did. */
async function pidIn(folder: string, name: string): Promise<number> {
	const file = join(folder, name);
	const written = Promise.withResolvers<void>();
	const look = (): void => {
		if (existsSync(file) && readFileSync(file, 'utf8').endsWith('\n')) written.resolve();
	};
	const watcher = watch(folder, look);
	look();
	await written.promise;
	watcher.close();
	return Number(readFileSync(file, 'utf8'));
}

/** Killed is not yet gone: the kernel ends a process in its own time. */
async function gone(pid: number): Promise<void> {
	while (runningOf(pid) !== null) await new Promise(setImmediate);
}

test('exit 0 is up, whatever the script says', async t => {
	const {verdict, reason, took, phases, version} = await asked(t, 'echo all is well; exit 0');
	assert.deepEqual([verdict, reason, phases, version], ['ok', '', {}, null]);
	assert.ok(took > 0);
});

test('any other exit is down, with the first line that the script said', async t => {
	assert.equal(await judged(t, 'exit 3'), 'fail exit 3');
	assert.equal(await judged(t, 'echo; echo "  lag is 40 s"; echo more; exit 2'), 'fail exit 2: lag is 40 s');
	assert.equal(await judged(t, 'echo on stderr >&2; exit 1'), 'fail exit 1: on stderr');
	assert.equal(await judged(t, 'echo by its name > /dev/stderr; exit 1'), 'fail exit 1: by its name');
	assert.equal(await judged(t, 'echo by its name > /dev/stdout && exit 0; exit 1'), 'ok');
	const long = await judged(t, `printf 'x%.0s' {1..9999}; exit 1`);
	assert.equal(long, `fail exit 1: ${'x'.repeat(200)}`);
});

test('it runs in the workspace, with the environment it is given and no other, and nothing to read', async t => {
	const workspace = workspaceWith(t, 'ops/up.sh', 'test -f ops/up.sh && test "$PORT" = 8080 && ! read -r _');
	const environment = {PATH: '/usr/bin:/bin', PORT: '8080'};
	assert.equal((await ask(script('ops/up.sh'), context({workspace, environment}))).verdict, 'ok');
	assert.equal((await ask(script('ops/up.sh'), context({workspace}))).verdict, 'fail');
});

test('a temporary folder without room, or none at all, makes no endpoint unknown', async t => {
	const usual = process.env['TMPDIR'];
	t.after(() => (usual === undefined ? delete process.env['TMPDIR'] : Object.assign(process.env, {TMPDIR: usual})));
	const workspace = workspaceWith(t, 'ops/up.sh', 'exit 3');
	process.env['TMPDIR'] = '/nowhere';
	const {verdict, reason} = await ask(script('ops/up.sh'), context({workspace}));
	assert.deepEqual([verdict, reason], ['fail', 'exit 3']);
});

test('a script that is not for bash is called by itself', async t => {
	const workspace = workspaceWith(t, 'ops/up', '#!/bin/cat\nexit 9\n', 0o755);
	assert.equal((await ask(script('ops/up'), context({workspace}))).verdict, 'ok');
});

test('a flood of output does not stop it', async t => {
	assert.equal(await judged(t, 'head -c 3000000 /dev/zero | tr "\\0" x; exit 0'), 'ok');
});

test('a script that could not be asked with is unknown: missing, not executable, its folder gone', async t => {
	const workspace = workspaceWith(t, 'ops/up', '#!/bin/sh\nexit 0\n');
	const reason = async (run: string, at = workspace): Promise<string> => {
		const {verdict, reason} = await ask(script(run), context({workspace: at}));
		return `${verdict} ${reason}`;
	};
	assert.match(await reason('ops/none.sh'), /^unknown exit 127: .*ops\/none\.sh: No such file/);
	assert.equal(await reason('ops/none'), 'unknown script not started: ENOENT');
	assert.equal(await reason('ops/up'), 'unknown script not started: EACCES');
	assert.equal(await reason('ops/up', join(workspace, 'gone')), 'unknown script not started: ENOENT');
	assert.match(await reason('ops/up/deeper'), /^unknown script not started: /);
});

test('a probe script that lacks a program or is killed is unknown', async t => {
	assert.match(await judged(t, 'no-such-program --ask'), /^unknown exit 127: /);
	assert.equal(await judged(t, 'kill -TERM $$'), 'unknown script killed by SIGTERM');
	assert.match(await judged(t, "sh -c 'kill -KILL $$'; exit $?"), /^unknown exit 137: .*Killed/);
});

test('a script that hangs is down at its time-out, and its children end with it', async t => {
	const text = 'sleep 600 & echo $! >ops/child; trap "" TERM; wait; wait';
	const workspace = workspaceWith(t, 'ops/up.sh', text);
	const {clock, end} = heldClock();
	const running = ask(script('ops/up.sh'), context({workspace, clock}));
	const child = await pidIn(join(workspace, 'ops'), 'child');
	assert.notEqual(runningOf(child), null);
	end();
	const {verdict, reason} = await running;
	assert.deepEqual([verdict, reason], ['fail', 'no answer in 5s']);
	await gone(child);
});

test('what a script leaves in the background neither holds the answer nor stays', async t => {
	for (const [exit, expected] of [
		[0, 'ok '],
		[4, 'fail exit 4: bye'],
	]) {
		const workspace = workspaceWith(t, 'ops/up.sh', `sleep 600 & echo $! >ops/child; echo bye; exit ${exit}`);
		const {verdict, reason} = await ask(script('ops/up.sh', {timeoutSeconds: 60}), context({workspace}));
		assert.equal(`${verdict} ${reason}`, expected);
		await gone(await pidIn(join(workspace, 'ops'), 'child'));
	}
});

test('a watcher that stops ends its script', async t => {
	const workspace = workspaceWith(t, 'ops/up.sh', 'echo $$ >ops/self; sleep 600');
	const stop = new AbortController();
	const running = ask(script('ops/up.sh'), context({workspace, signal: stop.signal}));
	const self = await pidIn(join(workspace, 'ops'), 'self');
	stop.abort();
	const {verdict, reason} = await running;
	assert.deepEqual([verdict, reason], ['unknown', 'the watcher could not ask']);
	await gone(self);
});

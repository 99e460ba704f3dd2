/**
 * The rehearsal as people start it: the built program, its own processes, service and clock.
 */
import assert from 'node:assert/strict';
import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {globSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {type TestContext, test} from 'node:test';
import {observed} from '../harness/observed.ts';
import {environment, program, runProgram} from '../harness/program.ts';
import {openProgram} from '../harness/terminal.ts';
import {type Night, night, nothingRuns, runningIn, urlIn} from './rehearsing.ts';

const inCutover = ({root}: Night, pattern: string): string => {
	const [file] = globSync(`*/${pattern}`, {cwd: root});
	assert.ok(file, `${pattern} is missing`);
	return readFileSync(join(root, file), 'utf8');
};

/** Started without a terminal, with its lines as they come. */
function playing(
	t: TestContext,
	{env}: Night,
): {readonly child: ChildProcess; readonly said: string[]; reaches(sign: string): Promise<void>} {
	const [node, ...own] = program;
	const child = spawn(node, [...own, 'rehearse', '--auto'], {
		stdio: ['ignore', 'pipe', 'ignore'],
		env: environment(env),
	});
	t.after(() => child.kill('SIGKILL'));
	const lines = createInterface({input: child.stdout});
	const said: string[] = [];
	lines.on('line', line => said.push(line));
	return {
		child,
		said,
		async reaches(sign) {
			const isSaid = (): boolean => said.some(line => line.includes(sign));
			await observed(
				sign,
				() => isSaid() || child.exitCode !== null,
				() => said.join('\n'),
			);
			assert.ok(isSaid(), `It ended without "${sign}":\n${said.join('\n')}`);
		},
	};
}

test('a rehearsal plays every role from T-60 to the evidence block, really cuts over, and leaves nothing running', async t => {
	const here = night(t);
	const {code, stdout, stderr} = await runProgram(['rehearse', '--auto', '--speed', '600'], {env: here.env});
	assert.equal(code, 0, `${stderr}\n${stdout}`);
	assert.equal(stderr, '');
	assert.match(stdout, /^REHEARSAL {2}.* 600 times as fast/);
	const signs = [
		'T-60-1 passed',
		'T-30-1 passed',
		'G4 PASS',
		'T-10-1 passed',
		'GO for T0',
		'T0 begun',
		'T0-1 passed',
		'T+10 DONE',
		'KEPT',
		'signed S5',
		'CLOSED',
	];
	const places = signs.map(sign => stdout.indexOf(sign));
	assert.deepEqual(
		places,
		places.toSorted((one, other) => one - other),
		'in the order of the night',
	);
	assert.ok(
		places.every(place => place > 0),
		stdout,
	);
	assert.match(stdout, /^T-01:00:00 {2}\w+ began /m);
	assert.match(stdout, /^T\+00:00:0\d {2}T0 begun by /m);
	assert.match(stdout, /^T\+00:10:0\d {2}T\+10-1 started by /m);

	const block = stdout.trimEnd().split('\n').slice(-11);
	assert.ok(
		block.every(line => /^[^:]+: \S/.test(line)),
		block.join('\n'),
	);
	assert.match(block[0] ?? '', /^Ticket: CHG-REHEARSAL$/);
	assert.match(block[10] ?? '', /^Rollback trigger \(if any\): none$/);

	assert.match(inCutover(here, 'evidence/*front-door-before.json'), /"version":"blue"/);
	assert.match(inCutover(here, 'evidence/*front-door-after.json'), /"version":"green"/);
	await assert.rejects(fetch(`${urlIn(stdout)}/health`), 'the service ended with the rehearsal');
	await nothingRuns(here.home);
});

test('a rehearsal is never among the cutovers that are meant', async t => {
	const here = night(t);
	const {child, reaches} = playing(t, here);
	await reaches('T-60-1 started');
	const real = await runProgram(['list', '--json'], {env: here.env});
	assert.deepEqual(JSON.parse(real.stdout), []);
	const rehearsed = await runProgram(['list', '--json', '--state', here.root], {env: here.env});
	assert.equal(JSON.parse(rehearsed.stdout).length, 1);
	child.kill('SIGINT');
	await once(child, 'exit');
});

for (const [signal, code, sign] of [
	['SIGINT', 130, 'G2-1 started inside T-30-1'],
	['SIGTERM', 143, 'T-60-1 started'],
] as const) {
	test(`${signal} in the middle of a stage ends the rehearsal with all that it started, and its journal says so`, async t => {
		const here = night(t);
		const {child, reaches} = playing(t, here);
		await reaches(sign);
		child.kill(signal);
		assert.deepEqual(await once(child, 'exit'), [code, null]);
		await nothingRuns(here.home);
		assert.match(inCutover(here, 'journal.ndjson'), new RegExp(`The rehearsal ended: ended by ${signal}`));
	});
}

test('what a killed rehearsal leaves behind ends with the next one; its service ends at once', async t => {
	const here = night(t);
	const first = playing(t, here);
	await first.reaches('T-60-1 passed');
	first.child.kill('SIGKILL');
	await once(first.child, 'exit');
	const left = runningIn(here.home);
	const next = playing(t, here);
	await next.reaches('REHEARSAL');
	await assert.rejects(fetch(`${urlIn(first.said.join('\n'))}/health`));
	await observed('the end of what was left', () => {
		const all = runningIn(here.home);
		return left.every(pid => !all.includes(pid));
	});
	next.child.kill('SIGINT');
	await once(next.child, 'exit');
	await nothingRuns(here.home);
});

test('a rehearsal says what is wrong with how it was asked for', async t => {
	const here = night(t);
	const screen = await runProgram(['rehearse'], {env: here.env});
	assert.equal(screen.code, 2);
	assert.match(screen.stderr, /needs a terminal.*rehearse --auto/);
	for (const speed of ['0', '-3', 'fast', '1e9']) {
		const {code, stderr} = await runProgram(['rehearse', '--auto', `--speed=${speed}`], {env: here.env});
		assert.equal(code, 2);
		assert.match(stderr, /is not a valid speed\. Write how many times/);
	}
	const missing = await runProgram(['rehearse', 'nowhere.md', '--auto'], {env: here.env});
	assert.equal(missing.code, 2);
	assert.match(missing.stderr, /nowhere\.md does not exist/);
});

test('on a terminal the rehearsal opens its screen at T-60, continues when the screen is left, and ends with Ctrl-C', async t => {
	const here = night(t);
	const term = openProgram(['rehearse', '--speed', '20'], {env: here.env});
	await term.shows('REHEARSAL x20');
	await term.shows('run T-60 now');
	term.press('q');
	await term.shows('Enter opens its screen again');
	assert.notDeepEqual(runningIn(here.home), []);
	term.press('enter');
	await term.shows('GATES');
	term.press('q');
	await term.shows('Enter opens its screen again');
	term.kill('SIGINT');
	assert.equal((await term.exited).code, 130);
	await nothingRuns(here.home);
});

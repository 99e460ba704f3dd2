import assert from 'node:assert/strict';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {type Job, readWithLimits, waitWhileWorking} from '../../source/runbook/read-in-worker.ts';
import {hostile} from './hostile.ts';
import {changed, read, sample} from './sample.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const job = (text: string, settings: string | null = null, workspace = '/'): Job => ({
	path: '/srv/orders.md',
	bytes: bytes(text),
	settings: settings === null ? null : {path: '/srv/orders.cutover.yaml', bytes: bytes(settings)},
	workspace,
});
/** Loading the source takes longer than a bundle, and a test machine does much else. */
const patient = {ms: 30_000};
const grown = `${sample}\n${'Nothing of this matters.\n'.repeat(8000)}`;

function folder(t: TestContext): string {
	const made = mkdtempSync(join(tmpdir(), 'apart-'));
	t.after(() => rmSync(made, {recursive: true, force: true}));
	return made;
}

test('a large runbook says in its own thread what it says in ours', () => {
	const wanted = read(grown);
	const found = readWithLimits(job(grown), patient);
	assert.deepEqual(found.problems, wanted.problems);
	assert.deepEqual({...found.runbook}, {...wanted.runbook});
	assert.deepEqual(found.source, wanted.source);
});

test('a large runbook has its settings and its workspace in its own thread as well', t => {
	const made = folder(t);
	writeFileSync(join(made, 'check.ts'), '');
	const settings = 'cutover: 1\ntitle: By night\ngates: {G1: {playbook: check.ts}, G2: {playbook: gone.ts}}\n';
	assert.deepEqual(
		readWithLimits(job(grown, settings, made), patient).problems.map(({code, line}) => ({code, line})),
		[{code: 'settings-path-missing', line: 3}],
	);
	const {runbook} = readWithLimits(job(grown, settings.replace(', G2: {playbook: gone.ts}', ''), made), patient);
	assert.equal(runbook?.title, 'By night');
	assert.equal(runbook?.gates[0]?.playbook, 'check.ts');
});

test('reading past the time limit is an error at the start of the file', () => {
	const from = performance.now();
	const {runbook, problems} = readWithLimits(job(hostile['long gates'] ?? ''), {ms: 40});
	// Read to its end it takes minutes; a busy machine is no failure.
	assert.ok(performance.now() - from < 60_000);
	assert.equal(runbook, null);
	assert.deepEqual(
		problems.map(({code, severity, line, column}) => ({code, severity, line, column})),
		[{code: 'file-slow', severity: 'error', line: 1, column: 1}],
	);
	assert.match(problems[0]?.message ?? '', /^\/srv\/orders\.md takes more than 2 seconds or 256 MiB/);
});

test('reading past the memory limit is an error', () => {
	const {problems} = readWithLimits(job(hostile['a header and its dashes, again and again'] ?? ''), {
		oldMiB: 24,
		youngMiB: 1,
	});
	assert.deepEqual(
		problems.map(({code}) => code),
		['file-slow'],
	);
});

test('a thread that ends before it begins is not waited for', () => {
	const from = performance.now();
	waitWhileWorking(new Int32Array(new SharedArrayBuffer(4)), 0, {turnMs: 1000, workMs: 100_000});
	assert.ok(performance.now() - from < 5000);
});

test('a small runbook is read at once, whatever time there is', () => {
	assert.deepEqual(readWithLimits(job(changed('Every gate', 'Each gate')), {ms: 0}).problems, []);
});

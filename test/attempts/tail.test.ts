import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {once} from 'node:events';
import {appendFileSync, mkdirSync, mkdtempSync, rmSync, watch, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {lastLines, tailOf} from '../../source/attempts/log/tail.ts';
import {systemClock} from '../../source/cli/clock.ts';
import {handClock} from '../harness/hand-clock.ts';
import {patience} from '../harness/observed.ts';

const ref = {target: {stage: 'T-30'}, attempt: 1};

function place(t: TestContext): {folder: string; log: string} {
	const folder = mkdtempSync(join(tmpdir(), 'tail-'));
	t.after(() => rmSync(folder, {recursive: true}));
	const attempt = join(folder, 'attempts', 'T-30-1');
	mkdirSync(attempt, {recursive: true});
	return {folder, log: join(attempt, 'log')};
}

const numbered = (from: number, to: number): string =>
	Array.from({length: to - from}, (_, index) => `line ${from + index}\n`).join('');

/** Watches until the lines are these. */
async function shown(
	t: TestContext,
	folder: string,
	rows: number,
	wanted: readonly string[],
	act = () => {},
): Promise<void> {
	let observed: readonly string[] = [];
	await new Promise<void>((done, failed) => {
		const stop = tailOf(folder, systemClock).watch(ref, rows, lines => {
			observed = lines;
			if (JSON.stringify(lines) === JSON.stringify(wanted)) done();
		});
		t.after(stop);
		t.after(systemClock.after(patience, () => failed(new Error(`Seen at last: ${JSON.stringify(observed)}`))));
		act();
	});
}

test('the end of a log is shown, whole lines only where there are more, and follows what is written', async t => {
	const {folder, log} = place(t);
	writeFileSync(log, numbered(0, 100_000));
	await shown(t, folder, 3, ['line 99998', 'line 99999', 'new'], () => appendFileSync(log, 'new\n'));
});

test('a path that is not a file has no last lines, and a silent pipe is not waited for', t => {
	const {folder} = place(t);
	execFileSync('mkfifo', [join(folder, 'pipe')]);
	assert.deepEqual([lastLines(join(folder, 'pipe'), 5), lastLines(folder, 5)], [[], []]);
});

test('a log that does not exist yet is shown once it does', async t => {
	const {folder, log} = place(t);
	await shown(t, folder, 5, ['first'], () => writeFileSync(log, 'first\n'));
});

test('a log that is written all the time is read some times a second', async t => {
	const {folder, log} = place(t);
	writeFileSync(log, 'line 0\n');
	const clock = handClock(0);
	const seen: string[] = [];
	t.after(tailOf(folder, clock).watch(ref, 1, ([line = '']) => seen.push(line)));
	const events = watch(dirname(log));
	t.after(() => events.close());
	for (let line = 1; line <= 5; line++) {
		const told = once(events, 'change');
		appendFileSync(log, `line ${line}\n`);
		await told;
	}
	assert.deepEqual(seen, ['line 0']);
	await clock.pass(200);
	assert.deepEqual(seen, ['line 0', 'line 5']);
});

test('lines longer than the panel are cut, and do not hide the others', async t => {
	const {folder, log} = place(t);
	writeFileSync(log, `${'x'.repeat(100_000)}\nshort\n`);
	await shown(t, folder, 2, ['x'.repeat(4096), 'short']);
});

test('of a line that is longer than what is read of the end, its newest part is shown', t => {
	const {log} = place(t);
	writeFileSync(log, `${'x'.repeat(3 << 20)}\rcopied 87 %`);
	const [line = '', ...others] = lastLines(log, 5);
	assert.deepEqual(others, []);
	assert.match(line, /^x+\rcopied 87 %$/);
	appendFileSync(log, '\ndone\n');
	assert.deepEqual(lastLines(log, 5).slice(-1), ['done']);
});

test('while the log is beyond its head, the newest lines are those of its tail', async t => {
	const {folder, log} = place(t);
	writeFileSync(log, numbered(0, 5));
	writeFileSync(`${log}.tail1`, numbered(5, 7));
	await shown(t, folder, 3, ['line 4', 'line 5', 'line 6']);
});

test('any lines of a growing log are found by number', t => {
	const {folder, log} = place(t);
	const tail = tailOf(folder, systemClock);
	assert.deepEqual(tail.read(ref, 0, 10), {lines: [], total: 0});
	writeFileSync(log, numbered(0, 10_000));
	assert.deepEqual(tail.read(ref, 0, 2), {lines: ['line 0', 'line 1'], total: 10_000});
	assert.deepEqual(tail.read(ref, 7777, 2), {lines: ['line 7777', 'line 7778'], total: 10_000});
	appendFileSync(log, `${numbered(10_000, 10_300)}unfinished`);
	assert.deepEqual(tail.read(ref, 10_298, 9), {lines: ['line 10298', 'line 10299'], total: 10_300});
	appendFileSync(log, ' line\n');
	assert.deepEqual(tail.read(ref, 10_299, 9).lines, ['line 10299', 'unfinished line']);
});

test('a line of many megabytes is cut and does not shift the lines after it', t => {
	const {folder, log} = place(t);
	writeFileSync(log, `first\n${'x'.repeat(20_000_000)}\nlast\n`);
	assert.deepEqual(tailOf(folder, systemClock).read(ref, 0, 9), {
		lines: ['first', 'x'.repeat(4096), 'last'],
		total: 3,
	});
});

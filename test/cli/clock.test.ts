import assert from 'node:assert/strict';
import {mkdtempSync, readdirSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, test} from 'node:test';
import {clockOf, hurry, setPace, systemClock} from '../../source/cli/clock.ts';
import {instant} from '../../source/text/time.ts';

const made: string[] = [];

after(() => {
	for (const folder of made) rmSync(folder, {recursive: true, force: true});
});

function temporary(name: string): string {
	const folder = mkdtempSync(join(tmpdir(), name));
	made.push(folder);
	return folder;
}

const folder = (): string => temporary('clock-');
const start = instant('2031-03-08T21:00:00Z');

test('a cutover without a clock of its own has the time of the machine', () => {
	assert.equal(clockOf(folder()), systemClock);
});

test('a rehearsal begins at its start and runs as fast as it says', async () => {
	const place = folder();
	setPace(place, start, 1000);
	const clock = clockOf(place);
	const before = clock.steady();
	const first = clock.now();
	await new Promise<void>(done => clock.after(30, done));
	const passed = clock.now() - first;
	const real = clock.steady() - before;
	assert.ok(first >= start && first < start + 60_000, String(first - start));
	assert.ok(Math.abs(passed / real - 1000) < 150, `${passed} in ${real}`);
});

test('every reader of the clock follows a change at once', () => {
	const place = folder();
	setPace(place, start, 0);
	const clock = clockOf(place);
	assert.equal(clock.now(), start);
	setPace(place, start + 5000, 0);
	assert.equal(clock.now(), start + 5000);
	assert.deepEqual(readdirSync(place), ['clock.json']);
});

test('a rehearsal skips to an exact instant and continues at real speed without a step back', async () => {
	const place = folder();
	setPace(place, start, 1);
	const clock = clockOf(place);
	const there = start + 600_000;
	hurry(place, 100_000, there);
	const observed: number[] = [];
	const began = clock.steady();
	await new Promise<void>(done => {
		const stop = clock.every(1, () => {
			observed.push(clock.now());
			if (clock.steady() - began < 60) return;
			stop();
			done();
		});
	});
	assert.deepEqual(
		observed,
		observed.toSorted((one, other) => one - other),
	);
	const beyond = clock.now() - there;
	assert.ok(beyond > 30 && beyond < 10_000, `${beyond} ms after it`);
});

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
	const {steady} = systemClock;
	/** What the clock says, between two looks at a real one: a busy machine may pause between any two of them. */
	const seen = () => {
		const after = steady();
		return {after, now: clockOf(place).now(), before: steady()};
	};
	const set = steady();
	setPace(place, start, 1000);
	const first = seen();
	await new Promise<void>(done => systemClock.after(100, done));
	const last = seen();
	// Real time is read in whole milliseconds, each a second there.
	const rounding = 3000;
	assert.ok(first.now >= start && first.now - start <= (first.before - set) * 1000 + rounding, `${first.now - start}`);
	const passed = last.now - first.now;
	const [least, most] = [(last.after - first.before) * 1000, (last.before - first.after) * 1000];
	assert.ok(passed >= least - rounding && passed <= most + rounding, `${least} to ${most}: ${passed}`);
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

test('what repeats with the same period does so at once; one may end the other, and begin anew', async () => {
	const seen: string[] = [];
	const {every} = systemClock;
	await new Promise<void>(done => {
		let again: (() => void) | null = null;
		let rounds = 0;
		const first = every(30, () => {
			seen.push('first');
			second();
			again ??= every(30, () => void seen.push('again'));
			if (++rounds < 2) return;
			first();
			again();
			done();
		});
		const second = every(30, () => void seen.push('second'));
	});
	assert.deepEqual(seen, ['first', 'first']);
	const ends = await new Promise<number>(done => {
		let left = 2;
		const stop = every(30, () => {
			if (--left > 0) return;
			stop();
			done(left);
		});
	});
	assert.equal(ends, 0);
});

test('what is due in months does not run now', async () => {
	let ran = false;
	const stop = systemClock.after(2 ** 40, () => {
		ran = true;
	});
	await new Promise<void>(done => systemClock.after(5, done));
	stop();
	assert.equal(ran, false);
});

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {fold} from '../../../source/cutover/health/outage/fold.ts';
import type {Moment, Sample} from '../../../source/cutover/health/outage/sample.ts';
import type {Watch} from '../../../source/cutover/health/outage/watch.ts';
import {fails} from './recorded.ts';
import {samplesOf, times} from './series.ts';

const watch: Watch = {
	endpoints: [{name: 'a', every: 15_000, threshold: 600_000}],
	need: 1,
	strict: true,
	restore: 1,
	confirm: 3,
	warn: [50, 80],
};

test('after a reboot with the clock behind, the next fail past the threshold fires', () => {
	const samples = [
		...fails({boot: 'x', up: 1000, wall: 5000, samples: 20}),
		...fails({boot: 'y', up: 30, wall: 4400, samples: 23}),
	];
	const {facts} = fold(watch, [{at: 5_000_000}], samples);
	assert.deepEqual(times(facts, 'fired'), [4400 + 22 * 15]);
});

test('the time that a reboot took counts, by the wall clock, and is told as unseen', () => {
	const samples = [
		...fails({boot: 'x', up: 1000, wall: 5000, samples: 3}),
		...fails({boot: 'y', up: 20, wall: 5700, samples: 3}),
	];
	const {clock} = fold(watch, [{at: 5_000_000}], samples);
	assert.equal(clock.fired?.elapsed, 730_000);
	assert.equal(clock.fired?.unobserved, 670_000);
});

test('a sample of a boot that has ended is ignored', () => {
	const [before, after] = [
		fails({boot: 'x', up: 1000, wall: 5000, samples: 20}),
		fails({boot: 'y', up: 30, wall: 5400, samples: 10}),
	];
	const late = fails({boot: 'x', up: 9000, wall: 9000, samples: 5});
	assert.deepEqual(fold(watch, [], [...before, ...after, ...late]), fold(watch, [], [...before, ...after]));
});

test('a wall clock that is set is told once, with how far; a drift of two seconds is not', () => {
	const steps = (shift: number) =>
		fold(
			watch,
			[],
			samplesOf({a: 'o0+15x20'}).map(each => (each.up < 150_000 ? each : {...each, wall: each.wall + shift})),
		).facts;
	assert.deepEqual(steps(-3_600_000), [{kind: 'clock', at: 150_000, stepped: -3_600_000}]);
	assert.deepEqual(steps(2001), [{kind: 'clock', at: 150_000, stepped: 2001}]);
	assert.deepEqual(steps(2000), []);
});

/** Down throughout; at 150 s the wall clock is set by `shift` s, `at` too. */
const down = (shift: number): readonly Sample[] =>
	samplesOf({a: 'f0+15x80'}).map(each => {
		const at = each.up < 150_000 ? each.at : each.at + shift * 1000;
		return {...each, at, wall: at};
	});

const firedUp = (arming: Moment, shift: number): number | undefined => {
	const samples = down(shift);
	const at = fold(watch, [arming], samples).clock.fired?.at;
	return samples.find(each => each.at === at)?.up;
};

test('T0 with its boot clock is exact, however the wall clock is set around it', () => {
	for (const shift of [0, 3600, -3600])
		for (const [at, up, fires] of [
			[148, 148, 750_000],
			[152 + shift, 152, 765_000],
		] as const)
			assert.equal(firedUp({at: at * 1000, boot: 'one', up: up * 1000}, shift), fires, `${shift} ${up}`);
});

test('T0 by the wall clock alone never makes an outage longer, and at most one interval shorter', () => {
	for (const [shift, at, fires] of [
		[3600, 148, 750_000],
		[3600, 3752, 765_000],
		[-3600, 148, 750_000],
	] as const) {
		const up = firedUp({at: at * 1000}, shift) ?? 0;
		assert.ok(up === fires || up === fires + 15_000, `${shift} ${at}: ${up}`);
	}
});

test('T0 just before a reboot counts from T0', () => {
	const samples = [
		...fails({boot: 'x', up: 1000, wall: 5000, samples: 3}),
		...fails({boot: 'y', up: 20, wall: 5100, samples: 60}),
	];
	const {facts} = fold(watch, [{at: 5_040_000, boot: 'x', up: 1_040_000}], samples);
	assert.deepEqual(times(facts, 'fired'), [5100 + 37 * 15]);
});

import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import fc from 'fast-check';
import {
	addTo,
	compare,
	compareErrors,
	compareLatency as compareSpreads,
	emptySide,
	errorReason,
	latencyReason,
	type Side,
} from '../../source/cutover/health/baseline/compare.ts';
import {type Count, fisher} from '../../source/cutover/health/baseline/fisher.ts';
import {erfc, rankTest as rankSpreads} from '../../source/cutover/health/baseline/rank.ts';
import {addValue, emptySpread, quantile, type Spread} from '../../source/cutover/health/baseline/spread.ts';
import type {Sample} from '../../source/cutover/health/outage/sample.ts';
import {sample} from './outage/series.ts';

const spreadOf = (values: readonly number[]): Spread => {
	const spread = emptySpread();
	for (const value of values) addValue(spread, value);
	return spread;
};
const compareLatency = (before: readonly number[], after: readonly number[]) =>
	compareSpreads(spreadOf(before), spreadOf(after));
const rankTest = (before: readonly number[], after: readonly number[]) =>
	rankSpreads(spreadOf(before), spreadOf(after));

const sideOf = (samples: readonly Sample[]): Side => {
	const side = emptySide();
	for (const each of samples) addTo(side, each);
	return side;
};

type Recorded = {
	readonly latency: ReadonlyArray<{
		readonly name: string;
		readonly before: readonly number[];
		readonly after: readonly number[];
		readonly u: number;
		readonly p: number;
		readonly medians: readonly number[];
		readonly ratio: number;
		readonly decision: string;
	}>;
	readonly errors: ReadonlyArray<{
		readonly name: string;
		readonly before: Count;
		readonly after: Count;
		readonly p: number;
		readonly decision: string;
	}>;
};

const recorded: Recorded = JSON.parse(readFileSync(new URL('baseline.json', import.meta.url), 'utf8'));

/** Within 1e-9 of the value itself, so that small p count as well. */
const near = (value: number | null, wanted: number, about: string): void =>
	assert.ok(value !== null && Math.abs(value - wanted) <= 1e-9 * Math.abs(wanted), `${about}: ${value}, not ${wanted}`);

test('U, p, medians and ratio match scipy, and each decision matches the expected one', () => {
	assert.equal(recorded.latency.length, 7);
	for (const {name, before, after, u, p, medians, ratio, decision} of recorded.latency) {
		const found = compareLatency(before, after);
		assert.equal(found.u, u, name);
		near(found.p, p, name);
		near(found.medians[0], medians[0] ?? Number.NaN, name);
		near(found.medians[1], medians[1] ?? Number.NaN, name);
		near(found.ratio, ratio, name);
		assert.equal(found.decision, decision, name);
	}
});

test("Fisher's p matches scipy, and each decision matches the expected one", () => {
	assert.equal(recorded.errors.length, 3);
	for (const {name, before, after, p, decision} of recorded.errors) {
		const found = compareErrors(before, after);
		near(found.p, p, name);
		assert.equal(found.decision, decision, name);
	}
});

test('p stays exact far out in the tails', () => {
	for (const [x, value] of [
		[-3, 1.9999779095030015],
		[-0.5, 1.5204998778130465],
		[0, 1],
		[0.1, 0.8875370839817152],
		[1.9, 0.0072095707647425325],
		[2, 0.004677734981047265],
		[2.1, 0.002979466656332984],
		[5, 1.5374597944280351e-12],
		[20, 5.3958656116079005e-176],
	] as const)
		near(erfc(x), value, `erfc(${x})`);
	for (const [failedBefore, before, failedAfter, after, p] of [
		[3, 2000, 40, 600, 7.230756709339376e-23],
		[500, 1000, 520, 1000, 0.1976998390470136],
		[40, 40, 0, 40, 1],
		[0, 8, 8, 8, 7.77000777000777e-5],
		[100, 5000, 160, 5000, 9.875395698498072e-5],
	] as const)
		near(fisher({failed: failedBefore, of: before}, {failed: failedAfter, of: after}), p, `${failedAfter}/${after}`);
});

const many = (value: number, count: number): readonly number[] => Array.from({length: count}, () => value);
const around = (value: number, count: number): readonly number[] =>
	Array.from({length: count}, (_, index) => value + ((index * 7) % 11) - 5);

test('worse needs both a small p and a median at least half as slow again', () => {
	assert.equal(compareLatency(around(100, 40), around(151, 40)).decision, 'worse');
	assert.equal(compareLatency(around(100, 40), around(149, 40)).decision, 'watch');
	assert.equal(compareLatency(around(100, 40), around(119, 40)).decision, 'same');
	assert.equal(compareLatency(around(100, 40), around(20, 40)).decision, 'same');
});

test('a tail twice as slow is to be watched, even if the median stays the same', () => {
	const after = [...around(100, 36), ...many(300, 4)];
	const found = compareLatency(around(100, 40), after);
	assert.equal(found.decision, 'watch');
	assert.ok(found.p !== null && found.p > 0.01 && (found.ratio ?? 9) < 1.2);
});

test('a side with fewer than eight good samples never gives the decision same', () => {
	for (const [before, after] of [
		[7, 40],
		[40, 7],
		[0, 40],
		[40, 0],
		[0, 0],
	] as const)
		assert.equal(compareLatency(around(100, before), around(100, after)).decision, 'inconclusive');
	assert.equal(compareLatency(around(100, 8), around(100, 8)).decision, 'same');
	assert.equal(compareErrors({failed: 0, of: 7}, {failed: 7, of: 7}).decision, 'inconclusive');
	assert.equal(compareErrors({failed: 0, of: 0}, {failed: 0, of: 9}).p, null);
});

test('an increase in failures is worse from five per cent on, and to be watched below it', () => {
	assert.equal(compareErrors({failed: 0, of: 1000}, {failed: 50, of: 1000}).decision, 'worse');
	assert.equal(compareErrors({failed: 0, of: 1000}, {failed: 49, of: 1000}).decision, 'watch');
	assert.equal(compareErrors({failed: 50, of: 1000}, {failed: 0, of: 1000}).decision, 'same');
});

test('an endpoint that stops answering is worse, even without latencies', () => {
	const before = Array.from({length: 40}, (_, index) => sample('a', 'ok', index * 15));
	const after = Array.from({length: 40}, (_, index) => sample('a', 'fail', 600 + index * 15));
	const unknown = Array.from({length: 40}, (_, index) => sample('a', 'unknown', 601 + index * 15));
	const {decision, latency, errors} = compare(sideOf(before), sideOf([...after, ...unknown]));
	assert.equal(decision, 'worse');
	assert.deepEqual([latency.decision, latency.n, latency.medians], ['inconclusive', [40, 0], [20, null]]);
	assert.deepEqual(errors.after, {failed: 40, of: 40});
	assert.equal(compare(sideOf(before), sideOf(unknown)).decision, 'inconclusive');
});

test('identical answers give p one, and zero latency gives no infinite ratio', () => {
	assert.deepEqual(rankTest(many(5, 10), many(5, 10)), {u: 50, p: 1});
	assert.equal(compareLatency(many(0, 10), many(0, 10)).ratio, 1);
	assert.equal(quantile(spreadOf([4, 1, 3, 2]), 0.95), 3.8499999999999996);
	assert.equal(quantile(emptySpread(), 0.5), Number.NaN);
});

test('U counts every pair once from either side, and p stays within its bounds', () => {
	const values = fc.array(fc.integer({min: 0, max: 30}), {minLength: 1, maxLength: 40});
	fc.assert(
		fc.property(values, values, (before, after) => {
			const [there, back] = [rankTest(before, after), rankTest(after, before)];
			assert.equal(there.u + back.u, before.length * after.length);
			assert.ok(there.p >= 0 && there.p <= 1);
			const pairs = after.flatMap(a => before.map(b => (a > b ? 1 : a === b ? 0.5 : 0)));
			assert.equal(
				there.u,
				pairs.reduce<number>((sum, each) => sum + each, 0),
			);
		}),
	);
});

/** Numbers between 0 and 1 from a seed, the same each time. */
function* chance(seed: number): Generator<number, never> {
	let state = seed;
	for (;;) {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		yield state / 2 ** 32;
	}
}

/** Latencies that each resemble the one before: nothing changed at T0. */
function drifting(random: Generator<number, never>, count: number): readonly number[] {
	const normal = () => Math.sqrt(-2 * Math.log(1 - random.next().value)) * Math.cos(2 * Math.PI * random.next().value);
	let level = normal();
	return Array.from({length: count}, () => {
		level = 0.8 * level + Math.sqrt(1 - 0.64) * normal();
		return 80 * Math.exp(0.3 * level);
	});
}

test('autocorrelated samples mislead the rank test but not the decision', () => {
	const random = chance(7);
	const nights = Array.from({length: 600}, () => {
		const all = drifting(random, 80);
		return compareLatency(all.slice(0, 40), all.slice(40));
	});
	const share = (holds: (night: (typeof nights)[number]) => boolean) => nights.filter(holds).length / nights.length;
	assert.ok(share(({p}) => (p ?? 1) < 0.01) > 0.1);
	assert.ok(share(({decision}) => decision === 'worse') < 0.03);
});

test('a comparison gives an operator usable text', () => {
	const good = (count: number, ms: number) => Array.from({length: count}, (_, at) => ms + (at % 3));
	const errors = (before: readonly [number, number], after: readonly [number, number]) =>
		errorReason(compareErrors({failed: before[0], of: before[1]}, {failed: after[0], of: after[1]}));
	assert.equal(errors([0, 2], [20, 27]), '74 % of probes failed since T0, 0 of 2 before');
	assert.equal(errors([0, 40], [0, 40]), 'no probe failed since T0, 0 of 40 before');
	assert.equal(errors([0, 2], [0, 40]), 'too few probes before T0 to compare: 2, 8 needed');
	const latency = (before: readonly number[], after: readonly number[]) => latencyReason(compareLatency(before, after));
	assert.equal(latency(good(2, 80), good(40, 80)), 'too few good answers before T0 to compare: 2, 8 needed');
	assert.equal(latency(good(40, 80), good(7, 80)), 'too few good answers since T0 to compare: 7, 8 needed');
	assert.equal(latency(good(40, 80), good(40, 80)), 'median 81 ms, 81 ms before T0 (n 40, 40)');
	assert.equal(latency(good(40, 80), good(40, 160)), '2.0 times as long, median 161 ms, 81 ms before T0 (n 40, 40)');
});

test('comparing at each sample gives what comparing once at the end gives', () => {
	const tooks = fc.array(fc.integer({min: 1, max: 30}), {minLength: 1, maxLength: 30});
	fc.assert(
		fc.property(tooks, tooks, (before, after) => {
			const all = (values: readonly number[]) => values.map((took, at) => ({...sample('a', 'ok', at), took}));
			const [left, right] = [sideOf(all(before)), emptySide()];
			const seen = all(after).map(each => {
				addTo(right, each);
				return compare(left, right);
			});
			assert.deepEqual(seen.at(-1), compare(sideOf(all(before)), sideOf(all(after))));
		}),
	);
});

test('a sample without its time is no answer to compare', () => {
	const cut = {...sample('a', 'ok', 1), took: undefined} as unknown as Sample;
	assert.deepEqual(compare(sideOf([cut]), sideOf([cut])).latency.n, [0, 0]);
});

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {readClock} from '../../../source/cutover/health/observation.ts';
import {fold, step} from '../../../source/cutover/health/outage/fold.ts';
import {type Watch, watchOf} from '../../../source/cutover/health/outage/watch.ts';
import {type Series, sample, samplesOf, times} from './series.ts';

const watch = (more: Partial<Watch> = {}, names: readonly string[] = ['a']): Watch => ({
	endpoints: names.map(name => ({name, every: 15_000, threshold: 600_000})),
	need: 1,
	strict: true,
	restore: 1,
	confirm: 3,
	warn: [50, 80],
	...more,
});

const atZero = [{at: 0}];
const facts = (series: Series, more: Partial<Watch> = {}) =>
	fold(watch(more, Object.keys(series)), atZero, samplesOf(series)).facts;

test('a firing says when, since when, how long, how much of it unseen, and between which samples', () => {
	const [fired] = facts({a: 'o0+15x2 f30+15x4 f150+15x40'}).filter(({kind}) => kind === 'fired');
	assert.deepEqual(fired, {
		kind: 'fired',
		at: 645_000,
		start: 30_000,
		elapsed: 615_000,
		unobserved: 75_000,
		endpoints: [
			{
				endpoint: 'a',
				start: 30_000,
				elapsed: 615_000,
				unobserved: 75_000,
				first: 'a@one+30000',
				last: 'a@one+645000',
			},
		],
		first: 'a@one+30000',
		last: 'a@one+645000',
	});
});

test('of two that fire it together, the later one is told first, and both are named', () => {
	const [fired] = facts({a: 'f0+15x70', b: 'o0+15x20 f300+15x50'}, {need: 2}).filter(({kind}) => kind === 'fired');
	assert.ok(fired?.kind === 'fired');
	assert.equal(fired.start, 300_000);
	assert.equal(fired.elapsed, 615_000);
	assert.deepEqual(
		fired.endpoints.map(({endpoint, elapsed}) => [endpoint, elapsed]),
		[
			['a', 915_000],
			['b', 615_000],
		],
	);
});

test('what lies unseen before T0 is not counted', () => {
	const {clock} = fold(watch(), [{at: 100_000}], samplesOf({a: 'f0+15x7 f200+15x60'}));
	assert.equal(clock.fired?.unobserved, 100_000);
	assert.equal(clock.fired?.elapsed, 610_000);
	const early = fold(watch(), [{at: 300_000}], samplesOf({a: 'f0 f200+15x60'}));
	assert.equal(early.clock.fired?.unobserved, 0);
});

test('an outage that ended says at least and at most how long it was', () => {
	const [restored] = facts({a: 'o0+15x3 f45+15x4 f150 o195+15x2'}).filter(({kind}) => kind === 'restored');
	assert.deepEqual(restored, {
		kind: 'restored',
		at: 195_000,
		endpoint: 'a',
		start: 45_000,
		end: 195_000,
		lasted: 150_000,
		atLeast: 105_000,
		atMost: 165_000,
		unobserved: 60_000 + 45_000,
		first: 'a@one+45000',
		last: 'a@one+150000',
	});
});

test('with two good samples needed, the end is dated at the first, and what is unseen after it does not count', () => {
	const [restored] = facts({a: 'f0+15x4 o60 o300'}, {restore: 2}).filter(({kind}) => kind === 'restored');
	assert.ok(restored?.kind === 'restored');
	assert.deepEqual([restored.at, restored.end, restored.unobserved, restored.atMost], [300_000, 60_000, 0, null]);
	const [interrupted] = facts({a: 'f0+15x4 o60 f75 o90 o105'}, {restore: 2}).filter(({kind}) => kind === 'restored');
	assert.ok(interrupted?.kind === 'restored');
	assert.deepEqual([interrupted.end, interrupted.atLeast], [90_000, 75_000]);
});

test('an outage is told at its first fail, and again once it is confirmed', () => {
	const reported = facts({a: 'o0 f15 f30 o45 f60+15x5 o135'});
	assert.deepEqual(times(reported, 'began'), [15, 60]);
	assert.deepEqual(times(reported, 'confirmed'), [90]);
	assert.deepEqual(times(reported, 'restored'), [45, 135]);
});

test('a fired trigger stays fired: a recovery is told, and a further outage neither warns nor fires', () => {
	const reported = facts({a: 'f0+15x42 o630 f645+15x100'});
	assert.deepEqual(times(reported, 'fired'), [615]);
	assert.deepEqual(times(reported, 'restored'), [630]);
	assert.deepEqual(times(reported, 'warned'), [300, 480]);
});

test('stood down while the outage runs, it fires again after a further full threshold', () => {
	const {facts: reported, clock} = fold(watch(), [{at: 0}, {at: 700_000}], samplesOf({a: 'f0+15x100'}));
	assert.deepEqual(times(reported, 'fired'), [615, 1305]);
	assert.deepEqual(times(reported, 'warned'), [300, 480, 1005, 1185]);
	assert.equal(clock.fired?.elapsed, 605_000);
	assert.equal(clock.fired?.start, 0);
});

test('armed sample by sample it says the same as armed from the start', () => {
	const samples = samplesOf({a: 'f0+15x100'});
	const whole = fold(watch(), [{at: 0}, {at: 700_000}], samples);
	const first = samples.filter(({at}) => at < 700_000);
	let {clock} = fold(watch(), atZero, first);
	clock = {...clock, ahead: [...clock.ahead, {at: 700_000}]};
	for (const next of samples.slice(first.length)) clock = step(watch(), clock, next).clock;
	assert.deepEqual(clock, whole.clock);
});

test('each warning comes once an outage; the next outage is warned of again', () => {
	assert.deepEqual(times(facts({a: 'f0+15x30 o450 f465+15x30'}), 'warned'), [300, 765]);
});

test('where one of two is enough, the other is warned of only once the first is back', () => {
	assert.deepEqual(times(facts({a: 'f0+15x25 o375+15x40', b: 'o0+15x4 f60+15x30 o510'}), 'warned'), [300, 375]);
});

test('where two are needed, the second most advanced warns', () => {
	assert.deepEqual(times(facts({a: 'f0+15x60', b: 'o0+15x20 f300+15x30'}, {need: 2}), 'warned'), [600, 780]);
});

test('at least the threshold fires at it', () => {
	assert.deepEqual(times(facts({a: 'f0+15x42'}, {strict: false}), 'fired'), [600]);
});

test('nothing warns or fires before T0, however long it has been down', () => {
	const {facts: reported} = fold(watch(), [], samplesOf({a: 'f0+15x200'}));
	assert.deepEqual(
		reported.map(({kind}) => kind),
		['began', 'confirmed'],
	);
});

test('flapping is told with its share, once, and again after T0', () => {
	const minutes = (count: number, from = 0) =>
		Array.from({length: count}, (_, index) => `f${from + index * 60}+15x2 o${from + index * 60 + 30}+15x2`).join(' ');
	const reported = facts({a: minutes(20)}).filter(({kind}) => kind === 'flapping');
	assert.deepEqual(reported, [{kind: 'flapping', at: 120_000, endpoint: 'a', outages: 3, percent: 56}]);
	const armedLate = fold(watch(), [{at: 600_000}], samplesOf({a: minutes(20)})).facts;
	assert.deepEqual(times(armedLate, 'flapping'), [600]);
	const twice = facts({a: `${minutes(4)} o240+15x60 ${minutes(10, 1140)}`});
	assert.deepEqual(times(twice, 'flapping'), [120, 1455]);
	const rare = Array.from({length: 20}, (_, index) => `f${600 + index * 60} o${615 + index * 60}+15x3`).join(' ');
	assert.deepEqual(times(facts({a: `o0+15x40 ${rare}`}), 'flapping'), []);
});

test('how far an outage is is read between samples too, and nothing fires by it', () => {
	const {clock} = fold(watch(), atZero, samplesOf({a: 'f0+15x40'}));
	const observed = readClock(watch(), clock, {at: 612_000, boot: 'one', up: 592_000});
	assert.deepEqual(observed.deciding, {endpoint: 'a', elapsed: 592_000, threshold: 600_000});
	assert.equal(observed.warned, 80);
	assert.equal(readClock(watch(), clock, {at: 700_000}).deciding?.elapsed, 700_000);
	assert.equal(clock.fired, null);
});

test('the words of the runbook and of its settings become numbers', () => {
	const trigger = {
		id: '1',
		kind: 'outage',
		text: '',
		line: 1,
		thresholdSeconds: 600,
		strict: true,
		roles: [],
	} as const;
	const two = [
		{name: 'a', every: 15_000},
		{name: 'b', every: 5000, threshold: 120_000},
	];
	assert.deepEqual(watchOf(trigger, two), {
		endpoints: [
			{name: 'a', every: 15_000, threshold: 600_000},
			{name: 'b', every: 5000, threshold: 120_000},
		],
		need: 1,
		strict: true,
		restore: 1,
		confirm: 3,
		warn: [50, 80],
	});
	const set = watchOf({...trigger, of: 'all', restore: 2, confirm: 4, warn: [90, 25]}, two);
	assert.deepEqual([set.need, set.restore, set.confirm, set.warn], [2, 2, 4, [25, 90]]);
	assert.equal(watchOf({...trigger, of: 2}, two).need, 2);
});

test('an endpoint that nobody watches changes nothing', () => {
	const samples = samplesOf({a: 'f0+15x42'});
	const strangers = samples.map(({at}) => sample('z', 'ok', at / 1000 + 1));
	assert.deepEqual(
		fold(
			watch(),
			atZero,
			samples.flatMap((each, index) => [each, strangers[index] ?? each]),
		),
		fold(watch(), atZero, samples),
	);
});

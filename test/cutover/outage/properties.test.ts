import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import type {Fact} from '../../../source/cutover/health/outage/fact.ts';
import {armedLater, fold, step} from '../../../source/cutover/health/outage/fold.ts';
import type {Sample, Verdict} from '../../../source/cutover/health/outage/sample.ts';
import {unsampled} from '../../../source/cutover/health/outage/state.ts';
import type {Watch} from '../../../source/cutover/health/outage/watch.ts';
import {sample} from './series.ts';

const names = ['a', 'b'] as const;

const watches: fc.Arbitrary<Watch> = fc.record({
	endpoints: fc.constant(names.map(name => ({name, every: 15_000, threshold: 120_000}))),
	need: fc.integer({min: 1, max: 2}),
	strict: fc.boolean(),
	restore: fc.integer({min: 1, max: 3}),
	confirm: fc.integer({min: 1, max: 4}),
	warn: fc.constant([50, 80]),
});

const verdicts: fc.Arbitrary<Verdict> = fc.constantFrom('fail', 'fail', 'fail', 'ok', 'unknown');

/** A night of samples: mostly 15 s apart, now and then a hole, a reboot or a wall clock that is set. */
const nights: fc.Arbitrary<readonly Sample[]> = fc
	.array(
		fc.record({
			endpoint: fc.constantFrom(...names),
			verdict: verdicts,
			gap: fc.constantFrom(4, 7, 8, 15, 16, 31, 90),
			set: fc.constantFrom(0, 0, 0, 0, 0, 0, 30, -40, 3600),
			reboot: fc.constantFrom(false, false, false, false, false, false, false, true),
		}),
		{minLength: 10, maxLength: 80},
	)
	.map(steps => {
		let [up, wall, boot] = [1000, 50_000, 1];
		return steps.map(({endpoint, verdict, gap, set, reboot}) => {
			up = reboot ? 20 : up + gap;
			wall += gap + set;
			boot += reboot ? 1 : 0;
			return sample(endpoint, verdict, wall, {boot: `boot-${boot}`, up: up * 1000});
		});
	});

const armings = fc
	.array(fc.integer({min: 50_000, max: 50_600}), {maxLength: 3})
	.map(times => times.toSorted((a, b) => a - b).map(at => ({at: at * 1000})));

const holds = (property: fc.IPropertyWithHooks<unknown[]> | fc.IProperty<unknown[]>): void =>
	fc.assert(property, {numRuns: 300});

test('folded again, at once or sample by sample, the same samples give the same instants', () => {
	holds(
		fc.property(watches, armings, nights, (watch, armed, samples) => {
			const whole = fold(watch, armed, samples);
			let clock = unsampled(armed);
			const facts: Fact[] = [];
			for (const each of samples) {
				const next = step(watch, JSON.parse(JSON.stringify(clock)), each);
				clock = next.clock;
				facts.push(...next.facts);
			}
			assert.deepEqual(facts, whole.facts);
			assert.deepEqual(fold(watch, armed, structuredClone(samples)), whole);
		}),
	);
});

test('armed once samples have come, a clock is as one that had known it from the first, or it says that it is none', () => {
	let [armed, refused] = [0, 0];
	const cuts = fc.record({after: fc.integer({min: 1, max: 80}), seconds: fc.integer({min: -50, max: 50})});
	holds(
		fc.property(watches, armings, nights, cuts, (watch, before, samples, {after, seconds}) => {
			const cut = Math.min(after, samples.length);
			const arming = {at: (samples[cut - 1]?.at ?? 0) + seconds * 1000};
			const earlier = before.filter(({at}) => at <= arming.at);
			const first = fold(watch, earlier, samples.slice(0, cut));
			let clock = armedLater(first.clock, [arming]);
			if (clock === null) {
				refused += 1;
				return;
			}
			armed += 1;
			const facts = [...first.facts];
			for (const each of samples.slice(cut)) {
				const next = step(watch, clock, each);
				clock = next.clock;
				facts.push(...next.facts);
			}
			assert.deepEqual({clock, facts}, fold(watch, [...earlier, arming], samples));
		}),
	);
	assert.ok(Math.min(armed, refused) > 10, `${armed} armed, ${refused} refused`);
});

test('an unknown sample changes nothing at all, wherever it is', () => {
	holds(
		fc.property(watches, armings, nights, (watch, armed, samples) => {
			const known = samples.filter(({verdict}) => verdict !== 'unknown');
			assert.deepEqual(fold(watch, armed, samples), fold(watch, armed, known));
		}),
	);
});

test('samples that are not newer change nothing: each twice, and old ones again later', () => {
	holds(
		fc.property(watches, armings, nights, fc.infiniteStream(fc.nat()), (watch, armed, samples, picks) => {
			const again = samples.flatMap((each, index) => {
				const old = samples[(picks.next().value ?? 0) % (index + 1)];
				return old === undefined ? [each, each] : [each, each, old];
			});
			assert.deepEqual(fold(watch, armed, again), fold(watch, armed, samples));
		}),
	);
});

test('however the wall clock is set within a boot, that is told, and nothing else changes', () => {
	const jumps = fc.array(fc.constantFrom(0, 0, 0, 1000, -7000, 3_600_000, -86_400_000), {minLength: 80, maxLength: 80});
	holds(
		fc.property(watches, armings, nights, jumps, (watch, armed, samples, sets) => {
			const oneBoot = samples.map((each, index) => ({
				...each,
				boot: 'one',
				up: index * 9000,
				at: 50_000_000 + index * 9000,
			}));
			let off = 0;
			const set = oneBoot.map((each, index) => {
				off += sets[index] ?? 0;
				return {...each, wall: each.at + off};
			});
			const reported = (of: readonly Sample[]) => fold(watch, armed, of).facts.filter(({kind}) => kind !== 'clock');
			assert.deepEqual(reported(set), reported(oneBoot.map(each => ({...each, wall: each.at}))));
		}),
	);
});

const alive = (seconds: number, from: number, down: (at: number) => boolean): readonly Sample[] =>
	Array.from({length: Math.floor((seconds - from) / 15)}, (_, index) => {
		const at = from + index * 15;
		return sample('a', down(at) ? 'fail' : 'ok', at);
	});

test('two watchers at once fire no later than one and no earlier than the outage allows', () => {
	holds(
		fc.property(
			fc.integer({min: 0, max: 200}),
			fc.integer({min: 30, max: 400}),
			fc.integer({min: 1, max: 14}),
			(start, length, apart) => {
				const down = (at: number) => at >= start && at < start + length;
				const watch: Watch = {
					endpoints: [{name: 'a', every: 15_000, threshold: 120_000}],
					need: 1,
					strict: true,
					restore: 1,
					confirm: 3,
					warn: [],
				};
				const [one, other] = [alive(700, 0, down), alive(700, apart, down)];
				const both = [...one, ...other].toSorted((a, b) => a.at - b.at);
				const alone = fold(watch, [{at: 0}], one).clock.fired;
				const together = fold(watch, [{at: 0}], both).clock.fired;
				if (alone !== null) assert.ok(together !== null && together.at <= alone.at + 14_000);
				if (together !== null) assert.ok(together.at - start * 1000 > 120_000 && down(together.at / 1000));
			},
		),
	);
});

test('nothing fires that was not down, confirmed and past its threshold at that sample', () => {
	holds(
		fc.property(watches, armings, nights, (watch, armed, samples) => {
			const {facts} = fold(watch, armed, samples);
			for (const fact of facts) {
				if (fact.kind !== 'fired') continue;
				assert.ok(fact.endpoints.length >= watch.need);
				for (const {elapsed, unobserved} of fact.endpoints) {
					assert.ok(watch.strict ? elapsed > 120_000 : elapsed >= 120_000);
					assert.ok(unobserved >= 0 && unobserved <= elapsed);
				}
				assert.ok(samples.some(({at, verdict}) => at === fact.at && verdict === 'fail'));
			}
			assert.ok(facts.filter(({kind}) => kind === 'fired').length <= armed.length);
		}),
	);
});

test('a watcher killed a hundred times, one sample lost each time, fires at the first fail past the threshold that is left', () => {
	const watch: Watch = {
		endpoints: [{name: 'a', every: 15_000, threshold: 6_000_000}],
		need: 1,
		strict: true,
		restore: 1,
		confirm: 3,
		warn: [],
	};
	const all = alive(9000, 0, () => true);
	holds(
		fc.property(fc.array(fc.integer({min: 1, max: 4}), {minLength: 100, maxLength: 150}), lives => {
			const lost = new Set<number>();
			let index = 0;
			for (const life of lives) {
				index += life + 1;
				lost.add(index);
			}
			const left = all.filter((_, each) => !lost.has(each));
			const fired = fold(watch, [{at: 0}], left).clock.fired;
			assert.equal(fired?.at, left.find(({at}) => at > 6_000_000)?.at);
			assert.equal(fired?.unobserved, 0);
		}),
	);
});

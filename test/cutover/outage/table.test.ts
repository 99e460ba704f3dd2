/*
The rules of the outage clock, a row each: samples every 15 s, threshold 600 s, and what comes of it.
*/
import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Fact} from '../../../source/cutover/outage/fact.ts';
import {fold} from '../../../source/cutover/outage/fold.ts';
import type {Sample} from '../../../source/cutover/outage/sample.ts';
import {type Case, type Series, samplesOf, times, watchFor} from './series.ts';

type Row = {
	readonly about: string;
	readonly series: Series;
	readonly given?: Partial<Case>;
	readonly samples?: (samples: readonly Sample[]) => readonly Sample[];
	readonly fires: number | null;
	readonly warns?: readonly number[];
	readonly start?: number;
	readonly unobserved?: number;
	readonly flaps?: boolean;
};

const flapping = Array.from({length: 60}, (_, minute) => `f${minute * 60}+15x3 o${minute * 60 + 45}`).join(' ');

const rows: readonly Row[] = [
	{about: 'exactly the threshold is not past it', series: {a: 'f0+15x41'}, fires: null, warns: [300, 480]},
	{about: 'the first fail past the threshold fires', series: {a: 'f0+15x42'}, fires: 615},
	{
		about: 'one good sample ends the outage',
		series: {a: 'f0+15x40 o600 f615+15x20'},
		fires: null,
		start: 615,
	},
	{
		about: 'after a hole of an hour two fails are not enough',
		series: {a: 'f0 f3600+15x2'},
		fires: null,
	},
	{about: 'the third one is', series: {a: 'f0 f3600+15x3'}, fires: 3630, unobserved: 3600},
	{
		about: 'a machine that woke up before its network does not fire',
		series: {a: 'f0+15x21 f3600+15x2 o3630'},
		fires: null,
	},
	{
		about: 'unknown samples neither stop nor reset the clock',
		series: {a: 'f0+15x21 u315+15x3 f360+15x18'},
		fires: 615,
		unobserved: 60,
	},
	{
		about: 'unknown at the threshold waits for three fails',
		series: {a: 'f0+15x41 u615+15x4 f675+15x3'},
		fires: 705,
	},
	{about: 'one missed sample is no hole', series: {a: 'f0+15x40 f615'}, fires: 615, unobserved: 0},
	{about: 'down before T0 counts from T0', series: {a: 'f0+15x80'}, given: {t0: 300}, fires: 915},
	{about: 'T0 between two samples counts to the second', series: {a: 'f0+15x80'}, given: {t0: 307}, fires: 915},
	{
		about: 'restored at T0 counts from the next fail',
		series: {a: 'f0+15x20 o300 f315+15x60'},
		given: {t0: 300},
		fires: 930,
	},
	{
		about: 'outages of two endpoints are not joined',
		series: {a: 'f0+15x28 o420+15x40', b: 'o0+15x20 f300+15x41'},
		fires: null,
	},
	{
		about: 'where both must be down, the later one decides',
		series: {a: 'f0+15x70', b: 'o0+15x20 f300+15x50'},
		given: {need: 2},
		fires: 915,
	},
	{
		about: 'where both must be down, a blind one is not',
		series: {a: 'f0+15x100', b: 'f0+15x5'},
		given: {need: 2},
		fires: null,
	},
	{about: 'up and down each minute is flapping, not an outage', series: {a: flapping}, fires: null, flaps: true},
	{about: 'unless two good samples are needed', series: {a: flapping}, given: {restore: 2}, fires: 630},
	{
		about: 'a wall clock set an hour ahead is no outage of an hour',
		series: {a: 'f0+15x41'},
		samples: samples => samples.map(each => (each.up < 150_000 ? each : {...each, wall: each.wall + 3_600_000})),
		fires: null,
	},
	{
		about: 'and the next fail still fires',
		series: {a: 'f0+15x42'},
		samples: samples => samples.map(each => (each.up < 150_000 ? each : {...each, wall: each.wall + 3_600_000})),
		fires: 615,
	},
];

const unobservedIn = (facts: readonly Fact[]): number | undefined =>
	facts.flatMap(fact => (fact.kind === 'fired' ? [fact.unobserved / 1000] : []))[0];

for (const {about, series, given, samples = all => all, fires, warns, start, unobserved, flaps} of rows) {
	test(about, () => {
		const plain: Case = {
			name: about,
			threshold: 600,
			every: 15,
			t0: 0,
			need: 1,
			restore: 1,
			confirm: 3,
			series,
			fires,
			...given,
		};
		const {clock, facts} = fold(watchFor(plain), [{at: plain.t0 * 1000}], samples(samplesOf(series)));
		assert.deepEqual(times(facts, 'fired'), fires === null ? [] : [fires]);
		if (warns !== undefined) assert.deepEqual(times(facts, 'warned'), warns);
		if (start !== undefined) assert.equal(clock.endpoints['a']?.outage?.start.at, start * 1000);
		if (unobserved !== undefined) assert.equal(unobservedIn(facts), unobserved);
		assert.equal(times(facts, 'flapping').length > 0, flaps ?? false);
	});
}

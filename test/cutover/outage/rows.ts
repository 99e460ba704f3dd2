/*
The rules of the outage clock, a row each: samples every 15 s, threshold 600 s, T0 at 0 unless said otherwise, and what
comes of it. Times in seconds.
*/
import assert from 'node:assert/strict';
import type {Fact} from '../../../source/cutover/health/outage/fact.ts';
import type {fold} from '../../../source/cutover/health/outage/fold.ts';
import type {Sample} from '../../../source/cutover/health/outage/sample.ts';
import {type Case, type Series, samplesOf, times, watchFor} from './series.ts';

export type Row = {
	readonly about: string;
	readonly series: Series;
	readonly given?: Partial<Case> & {readonly again?: readonly number[]};
	readonly samples?: (samples: readonly Sample[]) => readonly Sample[];
	readonly fires: number | readonly number[] | null;
	readonly warns?: readonly number[];
	readonly start?: number;
	readonly unobserved?: number;
	/** When it is told to be flapping. */
	readonly flaps?: readonly number[];
	/** Of the first outage that ended. */
	readonly restored?: Readonly<Record<'start' | 'end' | 'atLeast' | 'unobserved', number>> & {
		readonly atMost: number | null;
	};
};

const flapping = Array.from({length: 60}, (_, minute) => `f${minute * 60}+15x3 o${minute * 60 + 45}`).join(' ');

type Change = (samples: readonly Sample[]) => readonly Sample[];

/** From `from` on the wall clock stands so many seconds further. */
const set =
	(from: number, seconds: number): Change =>
	samples =>
		samples.map(each =>
			each.up < from * 1000 ? each : {...each, at: each.at + seconds * 1000, wall: each.wall + seconds * 1000},
		);

/** From `from` on it is another boot, up since 30 s. */
const rebooted =
	(from: number): Change =>
	samples =>
		samples.map(each => (each.up < from * 1000 ? each : {...each, boot: 'two', up: each.up - from * 1000 + 30_000}));

export const rows: readonly Row[] = [
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
	{about: 'up and down each minute is flapping, not an outage', series: {a: flapping}, fires: null, flaps: [120]},
	{about: 'unless two good samples are needed', series: {a: flapping}, given: {restore: 2}, fires: 630},
	{
		about: 'a wall clock set an hour ahead is no outage of an hour',
		series: {a: 'f0+15x41'},
		samples: set(150, 3600),
		fires: null,
	},
	{
		about: 'and the next fail still fires',
		series: {a: 'f0+15x42'},
		samples: set(150, 3600),
		fires: 615 + 3600,
	},
	{
		about: 'stood down, it fires again after a further full threshold',
		series: {a: 'f0+15x100'},
		given: {again: [700]},
		fires: [615, 1305],
		warns: [300, 480, 1005, 1185],
	},
	{
		about: 'a recovery does not take a firing back, and the next outage waits for people',
		series: {a: 'f0+15x42 o630 f645+15x100'},
		fires: 615,
		warns: [300, 480],
		restored: {start: 0, end: 630, atLeast: 615, atMost: null, unobserved: 0},
	},
	{
		about: 'each outage is warned of by itself',
		series: {a: 'f0+15x30 o450 f465+15x30'},
		fires: null,
		warns: [300, 765],
	},
	{
		about: 'an outage that ended lasted at least so long, and at most so long',
		series: {a: 'o0+15x3 f45+15x4 f150 o195+15x2'},
		fires: null,
		restored: {start: 45, end: 195, atLeast: 105, atMost: 165, unobserved: 105},
	},
	{
		about: 'where two good samples end it, the first of them dates the end',
		series: {a: 'o0 f15+15x3 o60 f75 o90 o300'},
		given: {restore: 2},
		fires: null,
		restored: {start: 15, end: 90, atLeast: 60, atMost: 90, unobserved: 0},
	},
	{
		about: 'a fail between takes good samples back',
		series: {a: 'o0 f15 o30+15x2 f60+15x3 o105 f120 o135+15x2 f165+15x50'},
		given: {restore: 3},
		fires: 630,
		start: 15,
	},
	{
		about: 'where two must be down, the later one warns',
		series: {a: 'f0+15x60', b: 'o0+15x20 f300+15x30'},
		given: {need: 2},
		fires: null,
		warns: [600, 780],
	},
	{
		about: 'a hole that began before T0 counts from T0',
		series: {a: 'f0+15x7 f200+15x60'},
		given: {t0: 100},
		fires: 710,
		unobserved: 100,
	},
	{
		about: 'a hole before T0 does not count',
		series: {a: 'f0 f200+15x60'},
		given: {t0: 300},
		fires: 905,
		unobserved: 0,
	},
	{
		about: 'a second hole adds to the first',
		series: {a: 'f0+15x4 f105+15x4 f210+15x40'},
		fires: 615,
		unobserved: 120,
	},
	{
		about: 'samples that are not newer are ignored',
		series: {a: 'f0+15x42'},
		samples: samples => samples.flatMap(each => [each, {...each, verdict: 'ok'}]),
		fires: 615,
	},
	{
		about: 'seldom failing is no flapping',
		series: {
			a: `o0+15x40 ${Array.from({length: 20}, (_, index) => `f${600 + index * 60} o${615 + index * 60}+15x3`).join(' ')}`,
		},
		fires: null,
		flaps: [],
	},
	{
		about: 'two outages are no flapping',
		series: {a: 'f0+15x10 o150 f165+15x10 o315+15x40'},
		fires: null,
		flaps: [],
	},
	{
		about: 'nor are three that lie further apart than the threshold',
		series: {a: 'f0+15x10 o150+15x20 f450+15x12 o630+15x8 f750+15x40'},
		fires: null,
		flaps: [],
	},
	{
		about: 'what was long ago does not count against flapping',
		series: {
			a: `o0+15x200 ${Array.from({length: 9}, (_, index) => `f${3000 + index * 60}+15x2 o${3030 + index * 60}+15x2`).join(' ')}`,
		},
		fires: null,
		flaps: [3315],
	},
	{
		about: 'where three good samples end it, the first of them dates the end',
		series: {a: 'f0+15x4 o60+15x3'},
		given: {restore: 3},
		fires: null,
		restored: {start: 0, end: 60, atLeast: 45, atMost: null, unobserved: 0},
	},
	{
		about: 'of two standings down that no sample lies between, the later one counts',
		series: {a: 'f0+15x10 f1200+15x10'},
		given: {threshold: 100, confirm: 1, again: [1000, 1150]},
		fires: [105, 1260],
	},
	{
		about: 'a reboot takes the time that the wall clock says',
		series: {a: 'f0+15x3 f700+15x3'},
		samples: rebooted(700),
		fires: 730,
		unobserved: 670,
	},
	{
		about: 'a reboot with the clock behind takes none, and its first sample counts',
		series: {a: 'f0+15x43'},
		samples: samples => rebooted(300)(set(300, -600)(samples)),
		fires: 30,
	},
	{
		about: 'a sample of a boot that has ended is ignored',
		series: {a: 'f0+15x42'},
		samples: samples =>
			rebooted(300)(samples).flatMap(each =>
				each.boot === 'two' ? [each, {...each, boot: 'one', up: 9_000_000 + each.up, verdict: 'ok'}] : [each],
			),
		fires: 615,
	},
];

const firstFired = (facts: readonly Fact[]) => facts.flatMap(fact => (fact.kind === 'fired' ? [fact] : []))[0];

const ends = (facts: readonly Fact[]) =>
	facts.flatMap(fact => {
		if (fact.kind !== 'restored') return [];
		const {start, end, atLeast, atMost, unobserved} = fact;
		const seconds = {start: start / 1000, end: end / 1000, atLeast: atLeast / 1000, unobserved: unobserved / 1000};
		return [{...seconds, atMost: atMost === null ? null : atMost / 1000}];
	});

/** Throws where this fold says something else than the row. */
export function checkRow(row: Row, folding: typeof fold): void {
	const {about, series, given, samples = all => all, fires, warns, start, unobserved, flaps, restored} = row;
	const plain: Case = {
		name: about,
		threshold: 600,
		every: 15,
		t0: 0,
		need: 1,
		restore: 1,
		confirm: 3,
		series,
		fires: null,
		...given,
	};
	const armings = [plain.t0, ...(given?.again ?? [])].map(at => ({at: at * 1000}));
	const {clock, facts} = folding(watchFor(plain), armings, samples(samplesOf(series)));
	assert.deepEqual(times(facts, 'fired'), fires === null ? [] : [fires].flat(), about);
	if (warns !== undefined) assert.deepEqual(times(facts, 'warned'), warns, about);
	if (start !== undefined) assert.equal(clock.endpoints['a']?.outage?.start.at, start * 1000, about);
	if (unobserved !== undefined) assert.equal((firstFired(facts)?.unobserved ?? -1) / 1000, unobserved, about);
	if (restored !== undefined) assert.deepEqual(ends(facts)[0], restored, about);
	if (flaps !== undefined) assert.deepEqual(times(facts, 'flapping'), flaps, about);
}

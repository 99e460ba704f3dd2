/*
The recorded cases beside this file, and what each demands of a fold: each check throws where the fold says otherwise.
*/
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import type {fold} from '../../../source/cutover/health/outage/fold.ts';
import type {Sample} from '../../../source/cutover/health/outage/sample.ts';
import {type Case, sample, samplesOf, times, watchFor} from './series.ts';

type Fold = typeof fold;

export function casesIn<T>(file: string): readonly T[] {
	const {cases}: {readonly cases: readonly T[]} = JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'));
	return cases;
}

const outcome = (given: Case, folding: Fold) =>
	folding(watchFor(given), [{at: given.t0 * 1000}], samplesOf(given.series));

/** Fires when promtool did, or never where it did not. */
export function checkFires(given: Case, folding: Fold): void {
	assert.deepEqual(
		times(outcome(given, folding).facts, 'fired'),
		given.fires === null ? [] : [given.fires],
		given.name,
	);
}

/** Also warns, and dates the outage that runs at the end, as worked out by hand. */
export function checkEdge(given: Case, folding: Fold): void {
	const {clock, facts} = outcome(given, folding);
	const start = clock.endpoints['a']?.outage?.start.at;
	assert.deepEqual(
		{
			fires: times(facts, 'fired'),
			warns: times(facts, 'warned'),
			start: start === undefined ? null : start / 1000,
		},
		{fires: given.fires === null ? [] : [given.fires], warns: given.warns, start: given.start},
		given.name,
	);
}

type Run = {readonly boot: string; readonly up: number; readonly wall: number; readonly samples: number};

export type Clocks = {
	readonly name: string;
	readonly threshold: number;
	readonly every: number;
	readonly runs: readonly Run[];
	readonly firesAtSample: number | null;
};

/** Fails 15 s apart, with these clocks in seconds. */
export const fails = ({boot, up, wall, samples}: Run): readonly Sample[] =>
	Array.from({length: samples}, (_, index) =>
		sample('a', 'fail', wall + index * 15, {boot, up: (up + index * 15) * 1000}),
	);

/** Fires at that sample, whatever the clocks did. */
export function checkClocks({name, threshold, every, runs, firesAtSample}: Clocks, folding: Fold): void {
	const samples = runs.flatMap(fails);
	const at = firesAtSample === null ? undefined : samples[firesAtSample]?.at;
	const watch = watchFor({
		name,
		threshold,
		every,
		t0: 0,
		need: 1,
		restore: 1,
		confirm: 3,
		series: {a: ''},
		fires: null,
	});
	const {facts} = folding(watch, [{at: samples[0]?.at ?? 0}], samples);
	assert.deepEqual(times(facts, 'fired'), at === undefined ? [] : [at / 1000], name);
}

/** The cost of reading a journal, in bytes that are allocated: time would depend on the machine. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {getHeapStatistics} from 'node:v8';
import {evolve} from '../../source/cutover/evolve/evolve.ts';
import {initial} from '../../source/cutover/model/initial.ts';
import type {Entry, Fact} from '../../source/cutover/ports.ts';
import {origin, seal} from '../../source/journal/entry.ts';
import {foldOn, nothing} from '../../source/journal/fold.ts';
import {begin, dana} from './cutover.ts';

type Target = {readonly gate: string} | {readonly stage: string};

const made = (type: string, data: unknown, cause: string): Fact =>
	({type, data, at: '2031-03-08T20:00:00.000Z', by: dana, cause}) as Fact;

function failed(target: Target, attempt: number): readonly Fact[] {
	const begun = {target, attempt, resume: false, within: null, playbook: null, limitSeconds: 60, environment: {}};
	const why = {reason: 'exit 1', log: null};
	const verdict = {attempt, verdict: 'fail', head: null, files: {}, until: null, ...why};
	return [
		made('started', {...begun, early: null}, `run-${attempt}`),
		...('gate' in target ? [made('judged', {gate: target.gate, ...verdict}, `judged-${attempt}`)] : []),
		made('ended', {target, attempt, outcome: 'fail', exit: 1, still: [], ...why}, `ended-${attempt}`),
	];
}

function failing(target: Target, count: number): readonly Entry[] {
	const attempts = Array.from({length: count}, (_, index) => failed(target, index + 1));
	return seal(origin, [made('begun', begin().data, 'begin'), ...attempts.flat()]);
}

function bytesToFold(entries: readonly Entry[]): number {
	const before = getHeapStatistics().total_allocated_bytes;
	foldOn(nothing(), entries);
	return getHeapStatistics().total_allocated_bytes - before;
}

for (const target of [{gate: 'G1'}, {stage: 'T-60'}])
	test(`four times as many attempts of ${JSON.stringify(target)} cost about four times as much to fold`, () => {
		const [few, many] = [failing(target, 400), failing(target, 1600)];
		bytesToFold(few);
		const [one, four] = [bytesToFold(few), bytesToFold(many)];
		assert.ok(four < 6 * one, `${four} bytes for 1600 attempts, ${one} for 400`);
	});

test('entries that are folded together leave the state that they leave one by one', () => {
	for (const target of [{gate: 'G1'}, {stage: 'T-60'}]) {
		const entries = failing(target, 5);
		assert.deepEqual(foldOn(nothing(), entries).state, entries.reduce(evolve, initial));
	}
});

test('a state that was read stays as it was when more is folded onto it', () => {
	const entries = failing({gate: 'G1'}, 3);
	const first = foldOn(nothing(), entries.slice(0, -3));
	const then = structuredClone(first.state);
	foldOn(first, entries.slice(-3));
	assert.deepEqual(first.state, then);
});

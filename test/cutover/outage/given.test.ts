import assert from 'node:assert/strict';
import {test} from 'node:test';
import {fold} from '../../../source/cutover/outage/fold.ts';
import {casesIn} from './recorded.ts';
import {type Case, samplesOf, times, watchFor} from './series.ts';

const outcome = (given: Case) => fold(watchFor(given), [{at: given.t0 * 1000}], samplesOf(given.series));

for (const [file, about, count] of [
	['one-endpoint.json', 'one endpoint', 150],
	['several-endpoints.json', 'several endpoints', 36],
] as const) {
	test(`on ${count} series of ${about} it fires exactly when promtool does`, () => {
		const cases = casesIn(file);
		assert.equal(cases.length, count);
		const fired = cases.map(given => [given.name, times(outcome(given).facts, 'fired')]);
		assert.deepEqual(
			fired,
			cases.map(({name, fires}) => [name, fires === null ? [] : [fires]]),
		);
	});
}

test('on every edge it fires, warns and dates the outage as worked out by hand', () => {
	const cases = casesIn('edges.json');
	assert.equal(cases.length, 20);
	for (const given of cases) {
		const {clock, facts} = outcome(given);
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
});

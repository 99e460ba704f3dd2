import assert from 'node:assert/strict';
import {test} from 'node:test';
import {fold} from '../../../source/cutover/health/outage/fold.ts';
import {type Clocks, casesIn, checkClocks, checkEdge, checkFires} from './recorded.ts';
import type {Case} from './series.ts';

for (const [file, about, count] of [
	['one-endpoint.json', 'one endpoint', 150],
	['several-endpoints.json', 'several endpoints', 36],
] as const) {
	test(`on ${count} series of ${about} it fires exactly when promtool does`, () => {
		const cases = casesIn<Case>(file);
		assert.equal(cases.length, count);
		for (const given of cases) checkFires(given, fold);
	});
}

test('on every edge it fires, warns and dates the outage as worked out by hand', () => {
	const cases = casesIn<Case>('edges.json');
	assert.equal(cases.length, 20);
	for (const given of cases) checkEdge(given, fold);
});

test('a clock set, a machine suspended and one rebooted fire as worked out by hand', () => {
	const cases = casesIn<Clocks>('clocks.json');
	assert.equal(cases.length, 3);
	for (const given of cases) checkClocks(given, fold);
});

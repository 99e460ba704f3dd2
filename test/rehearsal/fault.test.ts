/** Faults as they are asked for, what makes them mistakes, and how a rehearsal has to end with them. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {UsageError} from '../../source/cli/usage-error.ts';
import {type Expected, expectedOf} from '../../source/rehearsal/expect.ts';
import {faultOf, faultText} from '../../source/rehearsal/fault.ts';
import {runbook} from '../scenarios/runbook.ts';

test('a fault is read with its time from T0 and its duration', () => {
	assert.deepEqual(faultOf('outage@T+2m:12m'), {kind: 'outage', from: 120, until: 840});
	assert.deepEqual(faultOf('flap@T-5m:90s'), {kind: 'flap', from: -300, until: -210});
	assert.deepEqual(faultOf('github-404@T0'), {kind: 'github-404', from: 0, until: 1800});
	assert.deepEqual(faultOf('slow@T+10'), {kind: 'slow', from: 600, until: 1200});
	assert.deepEqual(faultOf('watcher-killed@T+3m30s'), {kind: 'watcher-killed', from: 210, until: 210});
	assert.equal(faultText(faultOf('outage@T-2m:1h')), 'outage at T-2m for 1h');
	assert.equal(faultText(faultOf('screen-killed@T+4m')), 'screen-killed at T+4m');
});

for (const [text, why] of [
	['outage', /is not a fault\. Write for example outage@T\+2m:12m/],
	['outage@2m', /is not a fault/],
	['flood@T+2m', /no fault "flood"\. There are: outage, flap, slow/],
	['outage@T+soon', /"soon" in .* is not a time from T0/],
	['outage@T+2m:long', /"long" in .* is not a duration/],
	['outage@T+2m:0s', /is not a duration/],
	['watcher-killed@T+2m:5m', /happens at one moment: write watcher-killed@T\+2m/],
] as const) {
	test(`${text} is a mistake, and it is said how to write it`, () => {
		assert.throws(
			() => faultOf(text),
			(error: unknown) => error instanceof UsageError && why.test(error.message),
		);
	});
}

const expected = (...faults: readonly string[]): Expected | null => expectedOf(faults.map(faultOf), runbook);

test('the expected ending follows from the thresholds: ten minutes, and one minute for people to answer', () => {
	assert.deepEqual(expected(), {end: 'kept', fallback: false});
	assert.deepEqual(expected('outage@T+2m:5m', 'slow@T+1m'), {end: 'kept', fallback: false});
	assert.deepEqual(expected('outage@T+2m:30m'), {end: 'rolled-back', fallback: false});
	assert.deepEqual(expected('outage@T+2m:30m', 'github-404@T0:1h'), {end: 'rolled-back', fallback: true});
	assert.deepEqual(expected('outage@T+2m:30m', 'github-404@T0:5m'), {end: 'rolled-back', fallback: false});
	assert.deepEqual(expected('outage@T-40m:20m'), {end: 'kept', fallback: false});
});

test('what a sample more or less decides, or the judgement of people, is not foretold', () => {
	assert.equal(expected('outage@T+2m:11m'), null);
	assert.equal(expected('flap@T+2m:30m'), null);
	assert.equal(expected('outage@T-2m:4m'), null);
});

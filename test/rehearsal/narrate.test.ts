import assert from 'node:assert/strict';
import {test} from 'node:test';
import {tClock} from '../../source/rehearsal/session.ts';

const t0 = Date.UTC(2031, 2, 8, 22);
const minute = 60_000;

test('a line of the rehearsal carries its time on the T clock', () => {
	const planned = {t0, t0Started: null};
	assert.equal(tClock(planned, t0 - 60 * minute), 'T-01:00:00');
	assert.equal(tClock(planned, t0 - 400), 'T-00:00:01');
	assert.equal(tClock(planned, t0), 'T+00:00:00');
});

test('after the real T0 it counts from that one, and what came before it from the planned one', () => {
	const late = {t0, t0Started: t0 + 3 * minute};
	assert.equal(tClock(late, t0 + 13 * minute), 'T+00:10:00');
	assert.equal(tClock(late, t0 - minute), 'T-00:01:00');
});

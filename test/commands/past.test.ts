/* WHEN of something that has happened: a time of day is the newest one, also around the nights on which clocks change. */
import assert from 'node:assert/strict';
import {type TestContext, test} from 'node:test';
import {pastOf} from '../../source/commands/spec.ts';
import {instant, local, showTimesIn} from '../../source/text/time.ts';

/** For this test alone: files share a process. */
const showingTimesIn = (t: TestContext, zone: string): void => {
	showTimesIn(zone, null);
	t.after(() => showTimesIn(null, null));
};

const said = (text: string, now: string): string => {
	const found = pastOf(text, instant(now));
	return typeof found === 'number' ? local(found) : (found?.problem ?? 'nothing');
};

test('a time of day that has happened is the newest one', t => {
	showingTimesIn(t, 'Europe/Berlin');
	const now = '2031-03-08T22:10:00+01:00';
	assert.equal(said('22:05', now), '2031-03-08T22:05:00+01:00');
	assert.equal(said('22:10', now), now);
	assert.equal(said('22:15', now), '2031-03-07T22:15:00+01:00');
	assert.equal(said('2031-03-01T10:00:00Z', now), '2031-03-01T11:00:00+01:00');
	assert.match(said('2031-03-09T10:00:00Z', now), /is in the future/);
	for (const wrong of ['+10m', 'noon', '25:00']) assert.match(said(wrong, now), /is not a past time/);
});

test('after the clocks went forward or back it is the newest one as well', t => {
	showingTimesIn(t, 'Europe/Berlin');
	assert.equal(said('10:15', '2031-03-30T10:30:00+02:00'), '2031-03-30T10:15:00+02:00');
	assert.equal(said('10:45', '2031-03-30T10:30:00+02:00'), '2031-03-29T10:45:00+01:00');
	assert.equal(said('23:45', '2031-10-26T23:30:00+01:00'), '2031-10-25T23:45:00+02:00');
	assert.match(said('02:30', '2031-03-30T10:00:00+02:00'), /does not come on 2031-03-30/);
	assert.match(said('02:30', '2031-10-26T10:00:00+01:00'), /comes twice on 2031-10-26/);
	showingTimesIn(t, 'Antarctica/Troll');
	assert.equal(said('10:15', '2031-03-30T10:30:00+02:00'), '2031-03-30T10:15:00+02:00');
});

/* Times in a zone that is named, across the nights on which clocks change. */
import assert from 'node:assert/strict';
import {afterEach, test} from 'node:test';
import {
	day,
	doubtOf,
	instant,
	local,
	parseWhen,
	showDaysBeside,
	showTimesIn,
	wall,
	wallAndZone,
	wallOn,
	wallShort,
	wallShortOn,
	wallWidth,
	zone,
	zoneShown,
} from '../../source/text/time.ts';
import {calendarOffset, isZone, offsetIn} from '../../source/text/zone-offset.ts';

afterEach(() => {
	showTimesIn(null, null);
	showDaysBeside(null);
});

test('a time of day is that of the full time, in any zone and before 1970 too', () => {
	for (const name of ['UTC', 'Asia/Kathmandu', 'America/St_Johns', 'Pacific/Apia'])
		for (let at = instant('1968-12-31T23:59:58Z'); at < instant('2031-01-02T00:00:00Z'); at += 6_543_219_877) {
			showTimesIn(name, null);
			assert.equal(`${day(at)}T${wall(at)}${zone(at)}`, local(at));
			assert.equal(wallOn(at, at + 86_400_000), `${day(at).slice(5)} ${wall(at)}`);
		}
});

test('times are shown in the zone that is named, whatever the machine has', () => {
	const at = instant('2031-03-08T22:00:00Z');
	showTimesIn('Asia/Tokyo', null);
	assert.deepEqual(
		[wall(at), zone(at), day(at), local(at)],
		['07:00:00', '+09:00', '2031-03-09', '2031-03-09T07:00:00+09:00'],
	);
	showTimesIn('America/St_Johns', null);
	assert.deepEqual([wallShort(at), zone(at)], ['18:30', '-03:30']);
	showTimesIn('+05:45', null);
	assert.equal(local(at), '2031-03-09T03:45:00+05:45');
	assert.equal(zoneShown(), '+05:45');
});

test('what is no zone is known as none', () => {
	for (const name of ['Mars/Phobos', 'EST5EDT,M3.2.0', '', 'Europe/', '2031-03-08T22:00Z', '20310308T22Z', '+25:00'])
		assert.ok(!isZone(name), name);
	for (const name of ['UTC', 'Europe/Berlin', '+01:00', 'EST5EDT,M3.2.0,M11.1.0']) assert.ok(isZone(name), name);
});

test('each zone is as far ahead of UTC as the calendar of Node has it', () => {
	for (const name of [...Intl.supportedValuesOf('timeZone'), 'US/Eastern', 'europe/paris', 'Etc/GMT+5', '-0330'])
		for (let at = instant('1965-01-01T00:00:00Z'); at < instant('2090-01-01T00:00:00Z'); at += 107_543_219_877)
			assert.equal(offsetIn(name, at), calendarOffset(at, name), `${name} ${at}`);
});

test('when clocks change every time shows its own offset, otherwise none does', () => {
	const t0 = instant('2027-11-07T01:30:00-05:00');
	showTimesIn('America/New_York', t0);
	assert.equal(wallShort(t0 - 3_600_000), '01:30-04:00');
	assert.equal(wall(t0), '01:30:00-05:00');
	assert.equal(wallAndZone(t0), '01:30:00 -05:00', 'with one mention of the offset');
	assert.equal(wallWidth(), 14);
	showTimesIn('America/New_York', instant('2027-11-01T01:30:00-04:00'));
	assert.deepEqual([wall(t0), wallWidth()], ['01:30:00', 8]);
});

test('a time of another day is shown with its date', () => {
	showTimesIn('Europe/Berlin', null);
	const now = instant('2031-03-08T22:00:00+01:00');
	assert.equal(wallOn(now + 3_600_000, now), '23:00:00');
	assert.equal(wallOn(now + 7_200_000, now), '03-09 00:00:00');
	assert.equal(wallShortOn(now - 86_400_000, now), '03-07 22:00');
});

test('a time of day is read in the zone shown', () => {
	showTimesIn('Asia/Tokyo', null);
	const now = instant('2031-03-08T21:00:00+09:00');
	assert.equal(local(parseWhen('22:00', now) ?? 0), '2031-03-08T22:00:00+09:00');
	assert.equal(local(parseWhen('20:00', now) ?? 0), '2031-03-09T20:00:00+09:00');
	assert.equal(doubtOf('22:00', now), null);
});

test('a time that comes twice is asked for with its offset', () => {
	showTimesIn('America/New_York', null);
	const now = instant('2027-11-06T20:00:00-04:00');
	assert.equal(
		doubtOf('01:30', now),
		'01:30 comes twice on 2027-11-07: write 2027-11-07T01:30:00-04:00 or 2027-11-07T01:30:00-05:00.',
	);
	assert.equal(doubtOf('02:30', now), null);
	const between = instant('2027-11-07T01:40:00-04:00');
	assert.equal(doubtOf('01:30', between), null, 'only one of them lies ahead');
	assert.equal(doubtOf('2027-11-07T01:30:00-04:00', now), null);
});

test('a time that does not come is asked for', () => {
	showTimesIn('Europe/Berlin', null);
	const now = instant('2031-03-29T22:00:00+01:00');
	assert.match(
		doubtOf('02:30', now) ?? '',
		/^02:30 does not come on 2031-03-30, when the clocks go forward: write another time/,
	);
	assert.equal(doubtOf('03:30', now), null);
	assert.equal(doubtOf('01:59', now), null);
});

test('a guessed zone is reported instead of being used for a time of day', () => {
	showTimesIn('UTC', null, 'TZ=Mars/Phobos is not a time zone that is known here, so times are shown in UTC');
	const now = instant('2031-03-08T21:00:00Z');
	assert.match(doubtOf('22:00', now) ?? '', /^TZ=Mars\/Phobos .*: write 22:00 with its date and offset\.$/);
	assert.equal(doubtOf('+90m', now), null);
});

test('once it is known what day it is, every time of another day says its own', () => {
	showTimesIn('Asia/Tokyo', null);
	const at = instant('2031-03-08T14:59:59Z');
	assert.deepEqual([wall(at), wallShort(at), wallWidth(at, null)], ['23:59:59', '23:59', 8]);
	showDaysBeside(() => at + 1000);
	assert.deepEqual([wall(at), wallShort(at), wallWidth(at, null)], ['03-08 23:59:59', '03-08 23:59', 14]);
	assert.deepEqual([wall(at + 1000), wallShort(at + 1000), wallWidth()], ['00:00:00', '00:00', 8]);
	assert.equal(wallOn(at, at), '23:59:59');
});

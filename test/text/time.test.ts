import assert from 'node:assert/strict';
import test, {afterEach} from 'node:test';
import {
	clock,
	day,
	durationText,
	instant,
	local,
	minutes,
	parseDuration,
	parseHttpDate,
	parseInstant,
	parseWhen,
	slip,
	stamp,
	wall,
	wallShort,
	zone,
} from '../../source/text/time.ts';

const before = process.env['TZ'];

/** From here on the local zone is this one. */
function inZone(name: string): void {
	process.env['TZ'] = name;
}

afterEach(() => {
	if (before === undefined) delete process.env['TZ'];
	else process.env['TZ'] = before;
});

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

test('an instant is read with any offset and written in UTC with milliseconds', () => {
	assert.equal(stamp(instant('2031-03-08T22:00:00+01:00')), '2031-03-08T21:00:00.000Z');
	assert.equal(stamp(instant('2031-03-08T15:30:00.5-05:30')), '2031-03-08T21:00:00.500Z');
	assert.equal(stamp(instant('2031-03-08t21:00:00z')), '2031-03-08T21:00:00.000Z');
	assert.equal(stamp(instant('1999-12-31T23:59:59.999999Z')), '1999-12-31T23:59:59.999Z');
	assert.equal(instant('2028-02-29T00:00:00Z') - instant('2028-02-28T00:00:00Z'), 24 * hour);
});

test('the HTTP Date header is an instant, and an impossible date is refused', () => {
	assert.equal(parseHttpDate('Sat, 08 Mar 2031 21:00:00 GMT'), instant('2031-03-08T21:00:00Z'));
	const wrong = [
		'',
		'60',
		'Sun, 08 Mar 2031 21:00:00 GMT',
		'Sun, 30 Feb 2031 21:00:00 GMT',
		'Sat, 08 Mar 2031 21:00:00',
		'Saturday, 08-Mar-31 21:00:00 GMT',
		'2031-03-08T21:00:00Z',
	];
	for (const text of wrong) assert.equal(parseHttpDate(text), null, text);
});

test('what is no RFC 3339 time with an offset is null, and instant says so by a RangeError', () => {
	const wrong = [
		'',
		'2031-03-08',
		'2031-03-08T22:00:00',
		'2031-03-08T22:00+01:00',
		'2031-02-29T22:00:00Z',
		'2031-13-01T22:00:00Z',
		'2031-03-08T24:00:00Z',
		'2031-03-08T22:00:60Z',
		'2031-03-08T22:00:00+24:00',
		'2031-03-08T22:00:00+01:60',
		'2031-03-08T22:00:00Z ',
		'1927393200000',
	];
	for (const text of wrong) {
		assert.equal(parseInstant(text), null, text);
		assert.throws(() => instant(text), RangeError, text);
	}
});

test('the wall clock, day and offset are those of the local zone at that instant', () => {
	inZone('Europe/Berlin');
	const winter = instant('2031-03-08T21:47:19.900Z');
	assert.deepEqual(
		[wall(winter), wallShort(winter), zone(winter), day(winter)],
		['22:47:19', '22:47', '+01:00', '2031-03-08'],
	);
	assert.equal(local(winter), '2031-03-08T22:47:19+01:00');
	assert.equal(zone(instant('2031-07-01T00:00:00Z')), '+02:00');
	inZone('Asia/Kathmandu');
	assert.equal(local(winter), '2031-03-09T03:32:19+05:45');
	inZone('UTC');
	assert.equal(local(winter), '2031-03-08T21:47:19+00:00');
});

test('a clock shows hours, minutes and seconds without a sign, beyond 99 hours too', () => {
	assert.equal(clock(12 * minute + 41 * second), '00:12:41');
	assert.equal(clock(-(12 * minute + 41 * second)), '00:12:41');
	assert.equal(clock(123 * hour), '123:00:00');
});

test('a clock that runs through zero shows each second for one second', () => {
	const shown = [-2000, -1001, -1000, -999, -1, 0, 999, 1000].map(clock);
	assert.deepEqual(
		shown.map(text => text.at(-1)),
		['2', '2', '1', '1', '1', '0', '0', '1'],
	);
});

test('minutes show hours only from an hour on', () => {
	assert.equal(minutes(2 * minute + 15 * second), '02:15');
	assert.equal(minutes(hour - 1), '59:59');
	assert.equal(minutes(hour + 2 * minute + 3 * second), '1:02:03');
});

test('slip has a sign, and below a second it is omitted', () => {
	assert.equal(slip(42 * second), '+00:42');
	assert.equal(slip(-65 * second), '-01:05');
	assert.equal(slip(2 * hour), '+2:00:00');
	assert.deepEqual([slip(0), slip(999), slip(-999)], ['', '', '']);
});

test('a duration is read with its units, largest first', () => {
	const read = {
		'500ms': 500,
		'90s': 90 * second,
		'10m': 10 * minute,
		'1h30m': 1.5 * hour,
		'2d': 48 * hour,
		'0s': 0,
		'1m500ms': minute + 500,
	};
	for (const [text, ms] of Object.entries(read)) assert.equal(parseDuration(text), ms, text);
});

test('a duration with a sign, without a unit, with a wrong one or with too many digits is null', () => {
	for (const text of [
		'',
		'10',
		'-10m',
		'+10m',
		'1.5h',
		'30m1h',
		'1h1h',
		'10 m',
		'10M',
		'm',
		'1w',
		`${'9'.repeat(20)}d`,
	]) {
		assert.equal(parseDuration(text), null, text);
	}
});

test('a duration is written as it is read', () => {
	for (const text of ['500ms', '1m30s', '10m', '1h30m', '2d', '1d1h1m1s1ms', '0s']) {
		assert.equal(durationText((parseDuration(text) ?? Number.NaN) / second), text);
	}
	assert.equal(durationText(-90), '-1m30s');
});

test('WHEN is RFC 3339, a duration from now, or the next such time of day', () => {
	inZone('Europe/Berlin');
	const now = instant('2031-03-08T21:00:00+01:00');
	const read = (text: string) => local(parseWhen(text, now) ?? Number.NaN);
	assert.equal(read('2031-03-08T22:00:00+01:00'), '2031-03-08T22:00:00+01:00');
	assert.equal(read('+1h30m'), '2031-03-08T22:30:00+01:00');
	assert.equal(parseWhen('+1m', now + 380), now + 61_000, 'a whole second, as it is shown and typed again');
	assert.equal(read('22:15'), '2031-03-08T22:15:00+01:00');
	assert.equal(read('22:15:30'), '2031-03-08T22:15:30+01:00');
	assert.equal(read('20:59'), '2031-03-09T20:59:00+01:00');
	assert.equal(read('21:00'), '2031-03-09T21:00:00+01:00');
	for (const text of ['', 'tomorrow', '24:00', '22:60', '+', '+10', '-10m', `+${'9'.repeat(15)}s`]) {
		assert.equal(parseWhen(text, now), null, text);
	}
});

test("when clocks go forward, a missing time of day is the next day's", () => {
	inZone('Europe/Berlin');
	const now = instant('2031-03-30T01:00:00+01:00');
	assert.equal(local(parseWhen('02:30', now) ?? 0), '2031-03-31T02:30:00+02:00');
	assert.equal(local(parseWhen('03:00', now) ?? 0), '2031-03-30T03:00:00+02:00');
});

test('when clocks go back, a repeated time of day is the next one to come', () => {
	for (const [name, first, between, again] of [
		['Europe/Berlin', '2031-10-26T02:30:00+02:00', '2031-10-26T02:40:00+02:00', '2031-10-26T02:30:00+01:00'],
		['Australia/Lord_Howe', '2031-04-06T01:45:00+11:00', '2031-04-06T01:50:00+11:00', '2031-04-06T01:45:00+10:30'],
	] as const) {
		inZone(name);
		const time = wallShort(instant(first));
		assert.equal(local(parseWhen(time, instant(first) - second) ?? 0), first);
		assert.equal(local(parseWhen(time, instant(between)) ?? 0), again);
	}
});

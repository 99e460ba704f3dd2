/** TZ rules in POSIX's form, held against the calendar that Node has for the same zone. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {isPosixRule, posixOffset} from '../../source/text/posix-zone.ts';

const calendar = (zone: string): ((ms: number) => number) => {
	const format = new Intl.DateTimeFormat('en-US', {timeZone: zone, timeZoneName: 'longOffset'});
	return ms => {
		const text = format.formatToParts(ms).find(({type}) => type === 'timeZoneName')?.value ?? '';
		const [, sign, hours = '0', minutes = '0'] = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(text) ?? [];
		return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
	};
};

const hours = (from: string, to: string): readonly number[] => {
	const [start, end] = [Date.parse(from), Date.parse(to)];
	return Array.from({length: Math.floor((end - start) / 3_600_000)}, (_, index) => start + index * 3_600_000);
};

test('a POSIX rule shows the same time as the calendar of its zone, at every hour of three years', () => {
	for (const [rule, zone] of [
		['CET-1CEST,M3.5.0,M10.5.0/3', 'Europe/Berlin'],
		['GMT0BST,M3.5.0/1,M10.5.0', 'Europe/London'],
		['EST5EDT,M3.2.0,M11.1.0', 'America/New_York'],
		['EST5EDT', 'America/New_York'],
		['NST3:30NDT,M3.2.0,M11.1.0', 'America/St_Johns'],
		['AEST-10AEDT,M10.1.0,M4.1.0/3', 'Australia/Sydney'],
		['<+1030>-10:30<+11>-11,M10.1.0,M4.1.0', 'Australia/Lord_Howe'],
		['<-02>2<-01>,M3.5.0/-1,M10.5.0/0', 'America/Nuuk'],
		['IST-1GMT0,M10.5.0,M3.5.0/1', 'Europe/Dublin'],
	] as const) {
		const known = calendar(zone);
		for (const ms of hours('2026-01-01T00:00:00Z', '2029-01-01T00:00:00Z'))
			assert.equal(posixOffset(rule, ms), known(ms), `${rule} at ${new Date(ms).toISOString()}`);
	}
});

test('days are counted with and without 29 February', () => {
	const inSummer = (rule: string, at: string): boolean => posixOffset(rule, Date.parse(at)) === 3_600_000;
	assert.equal(inSummer('AAA0BBB,J60/0,J300', '2028-02-29T12:00:00Z'), false);
	assert.equal(inSummer('AAA0BBB,J60/0,J300', '2028-03-01T00:00:00Z'), true);
	assert.equal(inSummer('AAA0BBB,59/0,300', '2028-02-29T00:00:00Z'), true);
	assert.equal(inSummer('AAA0BBB,59/0,300', '2027-03-01T00:00:00Z'), true);
	assert.equal(inSummer('AAA0BBB,59/0,300', '2027-02-28T23:59:59Z'), false);
});

test('what is no rule with summer time is none', () => {
	for (const text of [
		'',
		'UTC0',
		'CET-1',
		'Mars/Phobos',
		'CET-1CEST,M3.5.0',
		'CET-1CEST,M13.5.0,M10.5.0',
		'CET-1CEST,M3.5.7,M10.5.0',
		'CET-1CEST,J0,J3',
		'CET-1CEST,1,366',
		'CET-1CEST,x,y',
	])
		assert.equal(isPosixRule(text), false, text);
});

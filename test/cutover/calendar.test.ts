/** The stages as a calendar that any program reads. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {calendarOf} from '../../source/cutover/snapshot/calendar.ts';
import {alice} from '../scenarios/people.ts';
import {abandon} from './commands.ts';
import {begun, executing, type Night, ready} from './night.ts';

const nothing = {rehearsal: null, abandoned: null, t0Started: null};
const at = (night: Night, time: string): string => calendarOf(night.stands(time), night.state());

const valuesOf = (calendar: string, name: string): readonly string[] =>
	[...calendar.replaceAll('\r\n ', '').matchAll(new RegExp(`^${name}:(.*)\\r$`, 'gm'))].map(match => match[1] ?? '');

test('each stage is an event at its planned time', () => {
	const calendar = calendarOf(ready().stands('21:52'), nothing);
	assert.equal(valuesOf(calendar, 'UID').length, new Set(valuesOf(calendar, 'UID')).size);
	assert.deepEqual(
		valuesOf(calendar, 'SUMMARY').map(text => text.split(' ')[0]),
		['T-60', 'T-30', 'T-10', 'T0', 'T+10', 'T+30'],
	);
	const [first = '', second = ''] = valuesOf(calendar, 'DTSTART');
	assert.match(first, /^\d{8}T\d{6}Z$/);
	assert.equal(valuesOf(calendar, 'DTEND')[0], second);
	assert.ok(
		calendar.split('\r\n').every(line => Buffer.byteLength(line) <= 75),
		'no line is longer than 75 bytes',
	);
	assert.ok(calendar.endsWith('END:VCALENDAR\r\n'));
});

test('an event keeps its id when T0 moves, and its number grows', () => {
	const night = begun();
	const before = calendarOf(night.stands('21:00'), nothing);
	const later = {...night.stands('21:00'), count: 2, t0: night.stands('21:00').t0 + 3_600_000};
	const after = calendarOf(later, nothing);
	assert.deepEqual(valuesOf(after, 'UID'), valuesOf(before, 'UID'));
	assert.deepEqual(new Set(valuesOf(before, 'SEQUENCE')), new Set(['0']));
	assert.deepEqual(new Set(valuesOf(after, 'SEQUENCE')), new Set(['1']));
});

test('text that a calendar reads as its own, and a rehearsal, are marked', () => {
	const snapshot = begun().stands('21:00');
	const [stage] = snapshot.stages;
	assert.ok(stage);
	const action = 'switch; load, then\r\nEND:VCALENDAR \\ ünïcödé '.repeat(5);
	const calendar = calendarOf({...snapshot, stages: [{...stage, action}]}, {...nothing, rehearsal: {speed: 1}});
	const [summary = ''] = valuesOf(calendar, 'SUMMARY');
	assert.match(summary, /^REHEARSAL: T-60 switch\\; load\\, then\\nEND:VCALENDAR \\\\ ünïcödé/);
	assert.equal(calendar.match(/^END:VCALENDAR/gm)?.length, 1);
});

test('a start of T0 grows the number, for what follows it moves, and an abandoned cutover cancels its events', () => {
	assert.deepEqual(new Set(valuesOf(at(executing(), '22:01'), 'SEQUENCE')), new Set(['1']));
	const night = begun();
	night.does('21:00', alice, abandon('no window'));
	const calendar = at(night, '21:01');
	assert.deepEqual(new Set(valuesOf(calendar, 'SEQUENCE')), new Set(['1']));
	assert.deepEqual(new Set(valuesOf(calendar, 'STATUS')), new Set(['CANCELLED']));
});

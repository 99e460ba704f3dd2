/** Rings (RULES T1): each name rings once, however often a screen reads it. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {at} from '../given.ts';
import {endpoint, measured, type Story, sees} from '../scenarios/health.ts';
import {daveOnCall, omar} from '../scenarios/people.ts';
import {down, up} from './commands.ts';
import {type Night, observing, verified} from './night.ts';

type Stories = Readonly<Record<string, Story>>;

/** What rang from one time to another, each name once, as a screen that looks every five seconds hears it. */
const heard = (night: Night, from: string, to: string, stories: Stories = {}): readonly string[] => {
	const names = new Set<string>();
	for (let time = at(from); time <= at(to); time += 5000) {
		const clock = new Date(time + 3_600_000).toISOString().slice(11, 19);
		const observed = sees(night.state(), clock, stories);
		night.waits(clock, observed);
		for (const name of night.stands(clock, null, observed).rings) names.add(name.replace(/ [^ ]*$/, ''));
	}
	return [...names];
};

test('T1 An outage rings once when it is confirmed, at each warning, when it fires, and when it ends', () => {
	const stories: Stories = {api: {down: [['22:04', '22:16']]}};
	const night = observing(measured());
	assert.deepEqual(heard(night, '22:03', '22:08', stories), ['OUTAGE']);
	assert.deepEqual(heard(night, '22:08:05', '22:13:30', stories), ['OUTAGE', 'warned 1 50', 'warned 1 80']);
	assert.deepEqual(heard(night, '22:14:20', '22:15:55', stories), ['FIRED', 'warned 1 80']);
	assert.deepEqual(heard(night, '22:18:00', '22:19', stories), ['FIRED', 'up api']);
});

test('T1 The banner of an outage shows the time of its first failed sample, even past its threshold', () => {
	const stories: Stories = {api: {down: [['22:04', null]], blind: [['22:13:30', '22:14:45']]}};
	const night = observing(measured());
	const sinceAt = (time: string) => night.stands(time, null, sees(night.state(), time, stories)).headline.since;
	assert.deepEqual(['22:06', '22:13', '22:15'].map(sinceAt), [at('22:04'), at('22:04'), at('22:04')]);
});

test('T1 An outage that is too short to be confirmed does not ring at its start or its end', () => {
	assert.deepEqual(heard(observing(measured()), '22:03', '22:06', {web: {down: [['22:04', '22:04:15']]}}), []);
});

test('T1 An outage that ended long ago does not ring on a newly opened screen', () => {
	const night = observing(measured());
	const stories: Stories = {api: {down: [['22:04', '22:06']]}};
	assert.deepEqual(heard(night, '22:03', '22:12', stories), ['OUTAGE', 'up api']);
	assert.deepEqual(heard(night, '22:12', '22:13', stories), []);
});

test('T4 An endpoint in state unknown rings after one minute, and again when it has been unknown for the outage threshold', () => {
	const night = verified(measured());
	const stories: Stories = {api: {blind: [['22:20', null]]}};
	assert.deepEqual(heard(night, '22:19', '22:29', stories), ['BLIND']);
	assert.deepEqual(heard(night, '22:29:05', '22:31', stories), ['BLIND', 'blind 1']);
});

test('T1 Each outage recorded by hand rings, and so do its warnings and its end', () => {
	const night = observing();
	night.does('22:04', daveOnCall, down());
	assert.deepEqual(heard(night, '22:04:05', '22:13'), ['OUTAGE', 'warned 1 50', 'warned 1 80']);
	night.does('22:13:30', daveOnCall, up());
	assert.deepEqual(heard(night, '22:13:31', '22:14'), ['up trigger 1']);
	const first = night.stands('22:13').rings;
	night.does('22:15', omar, down());
	assert.notDeepEqual(night.stands('22:15').rings, first, 'another outage rings by another name');
});

test('S9 An endpoint with its own threshold is measured against that threshold', () => {
	const night = observing(measured([endpoint('api', {thresholdSeconds: 120}), endpoint('web')]));
	const observed = sees(night.state(), '22:05', {api: {down: [['22:04', null]]}});
	const {triggers, headline} = night.stands('22:05', null, observed);
	assert.deepEqual([triggers[0]?.thresholdSeconds, triggers[0]?.firesAt], [120, at('22:06')]);
	assert.match(headline.text, /^api down 01:00 of 02:00 · /);
});

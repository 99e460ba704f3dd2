/** Whether something took as long as usual: rule S9. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {bandOf, bandText} from '../../source/cutover/due/duration-band.ts';
import {type Durations, durationsOf, together} from '../../source/cutover/due/usual-durations.ts';
import {againText} from '../../source/cutover/snapshot/stages.ts';
import {statusJson} from '../../source/cutover/snapshot/status-json.ts';
import {type Act, begins, calm, ends, type Given, given, runs} from '../given.ts';
import {alice, dave, runner} from '../scenarios/people.ts';
import {end, run} from './commands.ts';
import {begun} from './night.ts';

/** T-60 from 21:00:00 to `end`. */
const ran = (end: string): readonly Act[] => [
	begins('20:50', alice, '22:00'),
	runs('21:00:00', dave, 'T-60'),
	ends(end, 'T-60', 1, 'pass'),
];

const earlier = (...all: readonly string[]): Durations =>
	together(all.map(end => durationsOf(given(ran(end), '21:30').state)));

const known = earlier('21:02:50', '21:04:00', '21:03:20');

const stageIn = (night: Given) => night.snapshot(null).stages.find(({id}) => id === 'T-60');

const after = (end: string, before: Durations = known): Given => given(ran(end), '21:30', {...calm, earlier: before});

test('S9 A stage that succeeds in less than half of its shortest earlier duration is marked suspiciously fast', () => {
	assert.equal(stageIn(after('21:00:04'))?.remark, 'took 00:04, usually 02:50 to 04:00: suspiciously fast');
	assert.equal(stageIn(after('21:02:00'))?.remark, 'took 02:00');
});

test('S9 A stage that takes more than one and a half times its longest earlier duration is marked unusually slow', () => {
	assert.equal(stageIn(after('21:06:01'))?.remark, 'took 06:01, usually 02:50 to 04:00: unusually slow');
	assert.equal(stageIn(after('21:05:59'))?.remark, 'took 05:59');
});

test('S9 A single earlier run, a failed run, and a difference of seconds mark nothing as unusual', () => {
	assert.equal(stageIn(after('21:00:04', earlier('21:02:50')))?.band, null);
	assert.equal(stageIn(after('21:00:01', earlier('21:00:05', '21:00:06')))?.band?.verdict, 'usual');
	const failed = given([...ran('21:00:04').slice(0, 2), ends('21:00:04', 'T-60', 1, 'fail', 'exit 1')], '21:30');
	const [attempt] = Object.values(failed.state.attempts);
	assert.ok(attempt);
	assert.equal(bandOf(failed.state, attempt, known), null);
	assert.equal(bandText(null), null);
});

test('S9 Status has the duration of a stage and its usual range as data', () => {
	const json = statusJson(after('21:00:04').snapshot(null), {folder: '/x', restricted: false, watcher: true});
	assert.deepEqual(json.stages.find(({id}) => id === 'T-60')?.duration, {
		took: 4,
		shortest: 170,
		longest: 240,
		count: 3,
		verdict: 'fast',
	});
});

test('S9 The duration of a stage that ran again is that of its last run from the start, resumed parts included', () => {
	const night = begun();
	const remark = (time: string) => night.stands(time).stages[0]?.remark;
	night.does('21:00', dave, run('T-60'));
	night.does('21:01', runner, end('T-60', 1, 'pass'));
	assert.equal(remark('21:02'), 'took 01:00');
	night.does('21:20', dave, run('T-60'));
	assert.equal(remark('21:21'), 'since 01:00');
	night.does('21:22', runner, end('T-60', 2, 'fail'));
	night.does('21:23', dave, run('T-60', {resume: true}));
	night.does('21:24', runner, end('T-60', 3, 'pass'));
	assert.equal(remark('21:25'), 'took 04:00');
	assert.equal(againText(night.stands('21:25').stages[0] ?? assert.fail()), 'attempt 3');
});

test('what one attempt is compared with costs the same however many others ran', t => {
	const {state} = after('21:02:00');
	const attempt = state.attempts['T-60-1'] ?? assert.fail();
	const comparing = (others: number): number => {
		const stages = Array.from({length: others}, (_, index) => `S-${index}`);
		const ran = stages.map(stage => [`${stage}-1`, {...attempt, target: {stage}}]);
		const stringify = t.mock.method(JSON, 'stringify');
		bandOf({...state, attempts: {...state.attempts, ...Object.fromEntries(ran)}}, attempt, known);
		const {length} = stringify.mock.calls;
		stringify.mock.restore();
		return length;
	};
	assert.equal(comparing(100), comparing(0));
});

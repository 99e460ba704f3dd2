/** Outage clocks by hand, firing, and standing down (RULES T1, T2, T5, T6). */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {at} from '../given.ts';
import {alice, ben, bob, carolOfOps, daveOnCall, omar, runner} from '../scenarios/people.ts';
import {runbook} from '../scenarios/runbook.ts';
import {
	answers,
	close,
	down,
	end,
	item,
	marks,
	note,
	report,
	rollback,
	run,
	skip,
	standsDown,
	up,
	vote,
} from './commands.ts';
import {executing, gone, kept, type Night, observing, played, the, typesOf, verified, withBook} from './night.ts';

const stateOf = (night: Night, id: string, time: string) =>
	night.stands(time).triggers.find(row => row.id === id)?.state;

/** Trigger 1 fired at 22:14:02. */
const fired = (): Night => {
	const night = observing();
	night.does('22:04', daveOnCall, down());
	night.waits('22:14:01');
	return night;
};

test('T1 A trigger is disarmed until T0 has started', () => {
	const night = gone();
	assert.equal(stateOf(night, '1', '21:55'), 'disarmed');
	assert.match(night.refuses('21:55', daveOnCall, down()).why, /T0 has not started/);
	assert.match(night.refuses('21:55', ben, answers('2', 1, true)).why, /T0 has not started/);
});

test('T1 An outage trigger without a configured endpoint is shown as not measured and blocks nothing', () => {
	const night = verified();
	assert.equal(stateOf(night, '1', '22:30'), 'not measured');
	night.does('22:31', alice, vote('keep'));
});

test('T1 Any named person runs the outage clock by hand, and its end is recorded', () => {
	const night = observing();
	night.does('22:04', {...omar, name: 'grace', role: null}, down());
	const {headline, triggers} = night.stands('22:06:30');
	assert.deepEqual([headline.word, headline.loud], ['OUTAGE', true]);
	assert.equal(triggers[0]?.firesAt, at('22:14'));
	night.does('22:07', omar, up());
	assert.deepEqual(night.waits('22:30'), []);
	const after = night.stands('22:08').triggers[0];
	assert.deepEqual([after?.outages, after?.downSeconds], [1, 180]);
});

test('T1 The trigger fires at the first tick more than the threshold after the later of down and T0', () => {
	const night = observing();
	night.does('22:04', daveOnCall, down('21:58'));
	assert.deepEqual(night.waits('22:10'), []);
	const events = night.waits('22:10:01');
	assert.deepEqual(typesOf(events), ['fired']);
	assert.equal(the(events, 'fired').elapsedSeconds, 601);
	assert.deepEqual(night.waits('22:10:02'), []);
});

test('T1 The trigger fires exactly at the threshold if the runbook says at least', () => {
	const triggers = runbook.triggers.map(row => (row.kind === 'outage' ? {...row, strict: false} : row));
	const night = observing(withBook({triggers}));
	night.does('22:04', daveOnCall, down());
	assert.deepEqual(night.waits('22:13:59'), []);
	assert.deepEqual(typesOf(night.waits('22:14')), ['fired']);
});

test('T1 A down that is backdated beyond the threshold fires at once and requires the typed word FIRE', () => {
	const night = observing();
	assert.deepEqual(night.refuses('22:20', daveOnCall, down('22:09')).needs.words, ['FIRE']);
	assert.deepEqual(typesOf(night.does('22:20', daveOnCall, down('22:09'))), ['clockDown', 'fired']);
});

test('T1 An outage starts once, ends after its start, and cannot be dated in the future', () => {
	const night = observing();
	assert.match(night.refuses('22:03', omar, up()).why, /no outage running/);
	assert.equal(night.refuses('22:03', omar, down('22:30')).usageError, true);
	night.does('22:04', daveOnCall, down());
	assert.match(night.refuses('22:05', omar, down()).why, /dave said down/);
	assert.equal(night.refuses('22:05', omar, up('22:03')).usageError, true);
});

test('T1 The evidence of the verification lists every outage since T0, whether or not a trigger fired', () => {
	const night = observing();
	night.does('22:04', daveOnCall, down());
	night.does('22:06', daveOnCall, up());
	const field = night.stands('22:07').fields.find(row => row.field === 'T+10 verification');
	assert.match(field?.value ?? '', /outages since T0: .*:04:00.* to .*:06:00/);
	night.does('22:08', daveOnCall, down());
	const running = night.stands('22:09').fields.find(row => row.field === 'T+10 verification');
	assert.match(running?.value ?? '', /:08:00\S* to now/);
});

test('T1 Many outages are said together, and one that still runs counts as far as the record goes', () => {
	const night = observing();
	for (const minute of [10, 12, 14, 16, 18, 20]) {
		night.does(`22:${minute}`, daveOnCall, down());
		night.does(`22:${minute + 1}`, daveOnCall, up());
	}
	night.does('22:22', daveOnCall, down());
	night.does('22:26', omar, note('still down'));
	const field = night.stands('22:26').fields.find(row => row.field === 'T+10 verification');
	assert.match(field?.value ?? '', /down 7 times from .*:10:00\S* to now, 10:00 in all, at most 04:00/);
});

test('T1 The end of an outage can still be recorded after the rollback has started', () => {
	const night = observing();
	night.does('22:04', daveOnCall, down());
	night.does('22:06', alice, rollback());
	night.does('22:20', daveOnCall, up());
	assert.equal(night.stands('22:30').triggers[0]?.downSeconds, 960);
});

test('T2 A fired trigger is an event with its facts; it starts nothing, and next is to roll back', () => {
	const night = fired();
	const last = night.entries().at(-1);
	assert.equal(last?.type, 'fired');
	assert.match(JSON.stringify(last?.data), /down for 00:10:01, reported by dave/);
	assert.equal(night.state().status, 'observing');
	assert.match(night.stands('22:15').next?.text ?? '', /ROLL BACK: trigger 1 fired/);
});

test('T2 A verification cannot be finished in any way while a trigger is fired', () => {
	const night = fired();
	const items = [item('baseline', 'fail')];
	night.does('22:15', daveOnCall, report('T+10', null, {items}));
	for (const draft of [report('T+10', 'fail', {note: 'down'}), skip('T+10', 'down'), run('T+10')])
		assert.match(night.refuses('22:15', daveOnCall, draft).why, /Trigger 1 fired/);
	const failing = observing();
	failing.does('22:10', daveOnCall, report('T+10', 'fail', {note: 'errors'}));
	failing.does('22:11', daveOnCall, down());
	failing.waits('22:21:01');
	assert.match(failing.refuses('22:22', daveOnCall, marks('T+10', 'it is well')).why, /Trigger 1 fired/);
});

test('T2 The end of an attempt and the result of T0 are recorded while a trigger is fired', () => {
	const night = executing(played);
	night.does('22:01', daveOnCall, down());
	night.does('22:12', runner, end('T0', 1, 'pass'));
	assert.equal(night.state().status, 'observing');
	const manual = executing();
	manual.does('22:01', daveOnCall, down());
	manual.does('22:12', alice, report('T0', 'pass'));
	assert.equal(stateOf(manual, '1', '22:12'), 'fired');
});

test('T5 Keep is refused while an outage clock runs, and the fix is to extend the observation', () => {
	const night = verified();
	night.does('22:25', daveOnCall, down());
	assert.match(night.refuses('22:30', alice, vote('keep')).fix, /extend/);
	const later = (time: string) =>
		({type: 'extend', data: {until: new Date(at(time)).toISOString(), reason: 'the outage'}}) as const;
	assert.equal(night.refuses('22:30', alice, later('22:29')).code, 'bad-extension');
	assert.match(night.refuses('22:30', carolOfOps, later('22:40')).fix, /Ask alice .* or bob/);
	night.does('22:30', alice, later('22:40'));
	assert.equal(night.stands('22:31').stages[5]?.planned, at('22:40'));
	night.does('22:33', daveOnCall, up());
	assert.equal(night.refuses('22:33', alice, vote('keep')).code, 'too-early');
	night.does('22:38', alice, vote('keep'));
});

test('T6 Two people stand down a fired trigger, one of them the release manager, each with a reason', () => {
	const night = fired();
	assert.match(night.refuses('22:15', alice, standsDown('1')).why, /outage runs/);
	night.does('22:16', daveOnCall, up());
	assert.equal(stateOf(night, '1', '22:16'), 'fired');
	assert.equal(night.refuses('22:17', alice, standsDown('1', ' ')).usageError, true);
	assert.deepEqual(typesOf(night.does('22:17', bob, standsDown('1'))), ['stoodDown']);
	for (const name of ['bob', 'Bob'])
		assert.equal(night.refuses('22:18', {...bob, name}, standsDown('1')).code, 'second-person');
	assert.match(night.refuses('22:18', carolOfOps, standsDown('1')).fix, /release-manager/);
	assert.match(night.refuses('22:18', alice, vote('keep')).why, /Trigger 1 fired/);
	const events = night.does('22:19', alice, standsDown('1', 'a false alarm'));
	assert.deepEqual(typesOf(events), ['stoodDown', 'rearmed']);
	assert.equal(stateOf(night, '1', '22:19'), 'not measured');
	const field = night.stands('22:20').fields.find(row => row.field.startsWith('Rollback trigger'));
	assert.match(field?.value ?? '', /fired .* stood down by bob and alice: a false alarm/);
});

test('T6 A fired trigger cannot be stood down after a rollback has started for it', () => {
	const night = fired();
	night.does('22:15', omar, rollback());
	assert.match(night.refuses('22:16', alice, standsDown('1')).why, /rollback answered it/);
});

test('T1 Triggers stay armed from keep to close: a later outage fires, blocks close, and may be rolled back', () => {
	const night = kept();
	night.does('22:40', daveOnCall, down());
	assert.deepEqual(typesOf(night.waits('22:50:01')), ['fired']);
	assert.match(night.refuses('22:51', alice, close('done')).why, /Trigger 1 fired/);
	night.does('22:52', alice, rollback());
	assert.equal(night.state().status, 'rolling-back');
});

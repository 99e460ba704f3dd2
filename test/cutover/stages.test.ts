/** Stages: when they start, how they end, and who may end them (RULES S). */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {gatesToJudge} from '../../source/cutover/due/gate-verdict.ts';
import {dueToStart} from '../../source/cutover/due/schedule.ts';
import {evidenceFields} from '../../source/cutover/snapshot/evidence-fields.ts';
import {wall} from '../../source/text/time.ts';
import {at, calm} from '../given.ts';
import {alice, carolOfQa, dave, daveOnCall, omar, runner} from '../scenarios/people.ts';
import {runbook} from '../scenarios/runbook.ts';
import {end, hold, item, judge, marks, measures, report, run, skip, stop} from './commands.ts';
import {begun, executing, gone, judges, type Night, observing, played, ready, the, typesOf, withBook} from './night.ts';

const stateOf = (night: Night, id: string, time: string) => night.stands(time).stages.find(row => row.id === id)?.state;
const changed = (id: string, change: object) =>
	withBook({stages: runbook.stages.map(stage => (stage.id === id ? {...stage, ...change} : stage))});
const auto = changed('T-30', {start: 'auto'});
const t30 = {target: {stage: 'T-30'}, attempt: 1};

test('S1 Only a person who owns a stage starts it', () => {
	const night = begun();
	assert.match(night.refuses('21:00', omar, run('T-60')).fix, /release-operator/);
	assert.equal(night.refuses('21:00', runner, run('T-60')).code, 'person-starts');
	const events = night.does('21:00', dave, run('T-60'));
	assert.deepEqual(typesOf(events), ['started']);
	assert.deepEqual([the(events, 'started').target, the(events, 'started').attempt], [{stage: 'T-60'}, 1]);
	assert.equal(night.refuses('21:01', dave, run('T-61')).usageError, true);
});

test('S1 The watcher starts a stage with start: auto when it is due, but not on HOLD', () => {
	const night = begun(auto);
	assert.deepEqual(dueToStart(night.state(), at('21:29:59')), []);
	assert.deepEqual(
		dueToStart(night.state(), at('21:30')).map(({id}) => id),
		['T-30'],
	);
	night.does('21:30', runner, run('T-30'));
	assert.deepEqual(dueToStart(night.state(), at('21:31')), []);
	const held = begun(auto);
	held.does('21:20', omar, hold('the bridge is down'));
	assert.deepEqual(dueToStart(held.state(), at('21:30')), []);
});

test('S1 A stage is waiting, due at its time, overdue 60 s later, then running and done', () => {
	const night = begun();
	const states = ['20:59:59', '21:00', '21:01', '21:01:01'].map(time => stateOf(night, 'T-60', time));
	assert.deepEqual(states, ['waiting', 'due', 'due', 'overdue']);
	night.does('21:02', dave, run('T-60'));
	assert.equal(stateOf(night, 'T-60', '21:02'), 'running');
	night.does('21:03', runner, end('T-60', 1, 'pass'));
	assert.equal(stateOf(night, 'T-60', '21:03'), 'done');
});

test('S1 A stage is lost if its runner disappears without a result, and failed if its attempt fails', () => {
	for (const [outcome, state] of [
		['lost', 'lost'],
		['fail', 'failed'],
		['stopped', 'failed'],
		['unknown', 'failed'],
	] as const) {
		const night = begun();
		night.does('21:00', dave, run('T-60'));
		night.does('21:01', runner, end('T-60', 1, outcome));
		assert.equal(stateOf(night, 'T-60', '21:01'), state);
	}
});

test('S1 A stage is skipped with a reason; T0 and decisions are never skipped', () => {
	const night = begun();
	assert.equal(night.refuses('21:00', dave, skip('T-60', '')).usageError, true);
	night.does('21:00', dave, skip('T-60', 'the ground is known'));
	assert.equal(stateOf(night, 'T-60', '21:00'), 'skipped');
	assert.equal(night.refuses('21:00', alice, skip('T-10', 'we know')).code, 'never-skipped');
	assert.equal(observing().refuses('22:30', alice, skip('T+30', 'we know')).code, 'never-skipped');
});

test('S2 A stage before T0 may start early', () => {
	assert.equal(the(begun().does('20:51', carolOfQa, run('T-30')), 'started').early, null);
});

test('S2 A stage after T0 requires early and a reason before its time; up to two minutes early is on time', () => {
	const night = observing();
	assert.deepEqual(night.refuses('22:07:59', daveOnCall, run('T+10')).needs.fields, ['early', 'reason']);
	const why = {early: true, reason: 'all is calm'};
	assert.equal(
		the(night.does('22:05', daveOnCall, report('T+10', 'pass', {note: 'calm', ...why})), 'reported').early,
		'all is calm',
	);
	assert.equal(the(observing().does('22:08', daveOnCall, run('T+10')), 'started').early, null);
});

test('S2 Stages after T0 wait until T0 passes, however late', () => {
	assert.match(executing().refuses('23:30', daveOnCall, report('T+10', 'pass', {note: 'calm'})).fix, /result of T0/);
	assert.match(gone().refuses('23:30', daveOnCall, run('T+10')).fix, /Begin T0/);
	assert.equal(stateOf(executing(), 'T+10', '23:30'), 'waiting');
});

test('S2 Slip is shown for each stage and in total', () => {
	const night = begun();
	night.does('21:01:30', dave, run('T-60'));
	assert.equal(night.stands('21:02').stages[0]?.slippageSeconds, 90);
	assert.equal(night.stands('21:02').slippageSeconds, 90);
	assert.equal(night.stands('21:31').stages[1]?.slippageSeconds, 60);
});

test('S2 A stage before T0 cannot start after T0 has started', () => {
	assert.match(executing().refuses('22:01', dave, run('T-60')).why, /T0 has started/);
});

test('S4 An attempt is immutable: its end is recorded once, and a repeated run creates the next attempt', () => {
	const night = begun();
	night.does('21:00', dave, run('T-60'));
	assert.match(night.refuses('21:00', dave, run('T-60')).why, /runs since .* started by dave/);
	night.does('21:01', runner, end('T-60', 1, 'fail'));
	assert.equal(night.refuses('21:02', runner, end('T-60', 1, 'pass')).code, 'attempt-ended');
	assert.match(night.refuses('21:02', runner, end('T-60', 2, 'pass')).why, /no attempt T-60-2/);
	assert.equal(the(night.does('21:03', dave, run('T-60')), 'started').attempt, 2);
	assert.ok(night.refuses('21:04', dave, run('T-60')).why.includes(`runs since ${wall(at('21:03'))}`));
});

test('S4 A failed or lost checks stage stays so when its gates pass later, and says that they pass now', () => {
	const night = begun();
	const remark = (time: string) => night.stands(time).stages.find(({id}) => id === 'T-30')?.remark;
	night.does('21:30', carolOfQa, run('T-30'));
	night.does('21:31', runner, end('T-30', 1, 'fail'));
	const reason = remark('21:31');
	assert.doesNotMatch(reason ?? '', /pass/);
	judges(night, '21:40', carolOfQa, 'G2');
	assert.equal(stateOf(night, 'T-30', '21:41'), 'failed');
	assert.equal(remark('21:41'), [reason, 'G2 passes now'].filter(text => text !== null).join(' · '));
	night.does('21:42', carolOfQa, run('T-30'));
	night.does('21:43', runner, end('T-30', 2, 'pass'));
	assert.doesNotMatch(remark('21:43') ?? '', /passes now/);
});

test('S4 A failed or lost stage may resume at its first unfinished step', () => {
	const night = begun();
	assert.match(night.refuses('21:30', carolOfQa, run('T-30', {resume: true})).why, /not begun/);
	night.does('21:30', carolOfQa, run('T-30'));
	night.does('21:30:01', runner, {type: 'beginStep', data: {...t30, step: 'build', again: false}});
	night.does('21:31', runner, {type: 'endStep', data: {...t30, step: 'build', outcome: 'done', result: 7, why: null}});
	assert.equal(
		night.refuses('21:31', runner, {
			type: 'endStep',
			data: {...t30, step: 'test', outcome: 'done', result: null, why: null},
		}).code,
		'unknown-step',
	);
	night.does('21:32', runner, end('T-30', 1, 'lost'));
	assert.equal(night.state().attempts['T-30-1']?.steps[0]?.result, 7);
	assert.equal(the(night.does('21:33', carolOfQa, run('T-30', {resume: true})), 'started').resume, true);
});

test('S4 A failed or lost stage may be marked done with evidence and a reason', () => {
	const night = begun();
	assert.match(night.refuses('21:00', dave, marks('T-60', 'it is well')).why, /not begun/);
	night.does('21:00', dave, run('T-60'));
	night.does('21:01', runner, end('T-60', 1, 'fail'));
	assert.equal(night.refuses('21:02', dave, marks('T-60', ' ')).usageError, true);
	night.does('21:02', dave, marks('T-60', 'checked by hand'));
	assert.equal(stateOf(night, 'T-60', '21:02'), 'done');
});

test('S6 Gates and stages before T0 have a time limit; T0 and later stages have none and show OVERDUE after 15 min', () => {
	const night = begun();
	assert.equal(the(night.does('21:00', dave, run('T-60')), 'started').limitSeconds, 900);
	assert.equal(the(night.does('21:00', carolOfQa, run('G2')), 'started').limitSeconds, 900);
	const playing = executing(played);
	assert.equal(playing.state().attempts['T0-1']?.limitSeconds, null);
	assert.equal(playing.stands('22:15').stages[3]?.long, false);
	assert.equal(playing.stands('22:15:01').stages[3]?.long, true);
});

test('S6 A stop requires a reason, and from T0 on the typed word CANCEL', () => {
	const night = begun();
	assert.match(night.refuses('21:00', dave, stop('T-60')).why, /does not run/);
	night.does('21:00', dave, run('T-60'));
	assert.equal(night.refuses('21:01', dave, stop('T-60', '')).usageError, true);
	assert.match(night.refuses('21:01', omar, stop('T-60')).fix, /release-operator/);
	assert.deepEqual(typesOf(night.does('21:01', dave, stop('T-60'))), ['stopAsked']);
	assert.match(night.refuses('21:02', dave, stop('T-60')).why, /dave stopped it/);
	const playing = executing(played);
	assert.deepEqual(playing.refuses('22:01', alice, stop('T0')).needs.words, ['CANCEL']);
	playing.does('22:01', alice, stop('T0'));
	playing.does('22:02', runner, end('T0', 1, 'stopped'));
	assert.match(playing.stands('22:02').headline.word, /T0 FAILED/);
});

test('S6 A stop of a gate that runs within a stage stops the attempt of the stage', () => {
	const night = begun();
	night.does('21:30', carolOfQa, run('T-30'));
	night.does('21:30:01', runner, {type: 'runWithin', data: {...t30, gate: 'G2'}});
	assert.deepEqual(the(night.does('21:31', carolOfQa, stop('G2')), 'stopAsked').target, {stage: 'T-30'});
	const events = night.does('21:32', runner, end('T-30', 1, 'stopped'));
	assert.deepEqual([the(events, 'judged').gate, the(events, 'judged').verdict], ['G2', 'unknown']);
});

test('S7 An owner answers a checklist item by item', () => {
	const night = observing();
	assert.match(
		night.refuses('22:10', alice, report('T+10', null, {items: [item('baseline', 'pass')]})).fix,
		/oncall-ops/,
	);
	assert.equal(
		night.refuses('22:10', daveOnCall, report('T+10', null, {items: [item('moon', 'pass')]})).usageError,
		true,
	);
	assert.equal(night.refuses('22:10', daveOnCall, report('T+10', null)).usageError, true);
	night.does('22:10', daveOnCall, report('T+10', null, {items: [item('Baseline', 'fail')]}));
	assert.match(
		night.refuses('22:11', daveOnCall, report('T+10', 'pass')).why,
		/health endpoints, service status and critical logs/,
	);
	assert.match(
		night.refuses('22:11', daveOnCall, report('T+10', 'pass', {note: 'well'})).why,
		/baseline is answered fail/,
	);
	const events = night.does(
		'22:12',
		daveOnCall,
		report('T+10', 'pass', {note: 'well', items: [item('baseline', 'pass')]}),
	);
	const {items} = the(events, 'answered');
	assert.deepEqual(
		items.map(({name, whole}) => [name, whole]),
		[
			['baseline', false],
			['health endpoints', true],
			['service status', true],
			['critical logs', true],
		],
	);
	assert.match(night.refuses('22:13', daveOnCall, report('T+10', 'pass')).why, /recorded done by dave/);
});

test('S7 Nobody reports a result for a checks stage or a decision: gates and votes determine it', () => {
	const night = begun();
	assert.match(night.refuses('21:00', dave, report('T-60', 'pass')).fix, /Run T-60/);
	assert.match(night.refuses('21:00', alice, report('T-10', 'pass')).fix, /Vote go or no-go/);
});

test('S1 A checks stage judges all its gates; the go/no-go stage judges the gates that do not pass and the quick ones', () => {
	const night = ready();
	const gates = (id: string) => {
		const stage = runbook.stages.find(row => row.id === id);
		return stage ? gatesToJudge(night.state(), stage, at('21:50'), calm) : [];
	};
	assert.deepEqual(gates('T-60'), ['G1']);
	night.does('21:45', carolOfQa, run('G2'));
	night.does('21:45:40', runner, judge('G2', 2, 'pass'));
	assert.deepEqual(gates('T-10'), ['G1', 'G3', 'G4', 'G5']);
});

test('S7 A measured answer is overruled only with a reason, and the evidence shows both', () => {
	const night = observing();
	night.does('22:08', daveOnCall, run('T+10'));
	night.does(
		'22:08:10',
		runner,
		measures('T+10', 'critical logs', 'fail', 'app.log: 3 errors in 90 lines since T0, at most 0'),
	);
	night.does('22:08:11', runner, measures('T+10', 'baseline', null, 'too few samples to compare'));
	night.does('22:08:12', runner, end('T+10', 1, 'pass'));
	const answers = {note: 'as before', items: [item('critical logs', 'pass'), item('baseline', 'pass')]};
	const no = night.refuses('22:10', daveOnCall, report('T+10', 'pass', answers));
	assert.equal(no.code, 'measured-overruled');
	assert.match(no.why, /critical logs was measured fail: app\.log: 3 errors/);
	const reason = 'all three are a known retry';
	const [answered] = the(
		night.does('22:11', daveOnCall, report('T+10', 'pass', {...answers, reason})),
		'answered',
	).items;
	assert.deepEqual(answered?.overrules, {found: 'app.log: 3 errors in 90 lines since T0, at most 0', reason});
	assert.match(
		evidenceFields(night.state()).find(({field}) => field === 'T+10 verification')?.value ?? '',
		/critical logs PASS by dave, overruling what was measured \(app\.log: 3 errors.*\): all three are a known retry/,
	);
});

test('S7 A measurement repeated after a person answered leaves the answer in force', () => {
	const night = observing();
	night.does('22:08', daveOnCall, run('T+10'));
	night.does('22:08:10', runner, measures('T+10', 'critical logs', 'pass', 'app.log: 0 errors'));
	night.does('22:08:20', runner, end('T+10', 1, 'pass'));
	night.does(
		'22:09',
		daveOnCall,
		report('T+10', null, {items: [item('critical logs', 'fail')], reason: 'the other log'}),
	);
	night.does('22:10', runner, measures('T+10', 'critical logs', 'pass', 'app.log: 0 errors'));
	assert.equal(night.state().stages['T+10']?.items['critical logs']?.result, 'fail');
});

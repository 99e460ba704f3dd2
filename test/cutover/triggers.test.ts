/** Rollback triggers that people confirm (RULES T3, T4). */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {at} from '../given.ts';
import {alice, ben, bob, lena, omar} from '../scenarios/people.ts';
import {runbook} from '../scenarios/runbook.ts';
import {answers, asksAbout, laysAside, vote} from './commands.ts';
import {type Night, observing, the, typesOf, verified, withBook} from './night.ts';

const stateOf = (night: Night, id: string, time: string) =>
	night.stands(time).triggers.find(row => row.id === id)?.state;

const needAll = withBook({
	triggers: runbook.triggers.map(row =>
		row.kind === 'confirmation' && row.id === '2' ? {...row, need: 'all' as const} : row,
	),
});

test('T3 A trigger becomes partly confirmed only with a yes; until then it is asked and shows when it was asked and when the answer is due', () => {
	const night = verified();
	night.does('22:20', alice, asksAbout('2'));
	const row = night.stands('22:21').triggers[1];
	assert.deepEqual([row?.state, row?.askedAt, row?.answerBy], ['asked', at('22:20'), at('22:25')]);
	assert.equal(stateOf(night, '2', '22:26'), 'no answer');
	night.does('22:22', ben, answers('2', 1, true));
	assert.equal(stateOf(night, '2', '22:22'), 'partly confirmed');
});

test('T3 A partly confirmed trigger shows who must answer and by when, and blocks keep', () => {
	const night = verified();
	const events = night.does('22:20', ben, answers('2', 1, true));
	assert.deepEqual(typesOf(events), ['factAnswered', 'confirmationRequested']);
	const row = night.stands('22:21').triggers[1];
	assert.deepEqual([row?.state, row?.answerBy], ['partly confirmed', at('22:25')]);
	assert.deepEqual(row?.facts[1]?.awaits, ['L1', 'L2']);
	assert.match(night.refuses('22:30', alice, vote('keep')).why, /waits for L1 and L2/);
});

test('T3 A trigger without an answer changes from asked to no answer when the answer is due', () => {
	const night = verified();
	night.does('22:20', alice, asksAbout('2'));
	assert.equal(stateOf(night, '2', '22:24'), 'asked');
	assert.equal(stateOf(night, '2', '22:26'), 'no answer');
});

test('T3 The answer that fires the trigger requires the typed word FIRE, and any of its roles answers for a fact', () => {
	const night = observing();
	night.does('22:10', ben, answers('2', 1, true));
	assert.deepEqual(night.refuses('22:11', lena, answers('2', 2, true)).needs.words, ['FIRE']);
	const events = night.does('22:11', lena, answers('2', 2, true));
	assert.deepEqual(typesOf(events), ['factAnswered', 'fired']);
	assert.deepEqual(the(events, 'fired').facts, ['P1 impact (ben)', 'no safe way to fix it in place (lena)']);
	assert.equal(night.refuses('22:12', ben, answers('2', 1, false)).code, 'trigger-fired');
});

test('T3 Only the roles of a trigger answer, and an unknown fact is a usage error', () => {
	const night = observing();
	assert.match(night.refuses('22:10', omar, answers('2', 1, true)).fix, /L1 or L2|ben|lena/);
	assert.equal(night.refuses('22:10', ben, answers('2', 3, true)).usageError, true);
	assert.deepEqual(night.refuses('22:10', ben, answers('1', 1, true)).needs.command, {
		name: 'down',
		on: '1',
		fields: [],
	});
	assert.equal(night.refuses('22:10', ben, answers('7', 1, true)).usageError, true);
});

test('T3 With need: any, a yes overrides a no, and the board shows disputed', () => {
	const night = observing();
	night.does('22:10', ben, answers('2', 1, false));
	night.does('22:11', lena, answers('2', 1, true));
	const row = night.stands('22:12').triggers[1];
	assert.deepEqual([row?.state, row?.disputed], ['partly confirmed', true]);
});

test('T3 The newest answer of a role counts, and a repeated answer is refused', () => {
	const night = observing();
	night.does('22:10', ben, answers('2', 1, true));
	assert.match(night.refuses('22:11', ben, answers('2', 1, true)).why, /ben answered yes/);
	night.does('22:12', ben, answers('2', 1, false));
	assert.deepEqual(night.stands('22:12').triggers[1]?.facts[0]?.no, ['ben']);
});

test('T3 A no that makes firing impossible ends the question: the trigger is armed again, keep is possible, and the answers stay in the record', () => {
	const night = verified();
	night.does('22:20', alice, asksAbout('2'));
	night.does('22:21', ben, answers('2', 1, false));
	assert.equal(stateOf(night, '2', '22:21'), 'asked');
	night.does('22:22', lena, answers('2', 1, false));
	assert.equal(stateOf(night, '2', '22:22'), 'armed');
	assert.deepEqual(night.stands('22:22').triggers[1]?.facts[0]?.no, ['ben', 'lena']);
	night.does('22:31', alice, vote('keep'));
});

test('T3 With need: all, every role must say yes, and one no ends the question', () => {
	const night = observing(needAll);
	night.does('22:10', ben, answers('2', null, true));
	assert.deepEqual(night.stands('22:10').triggers[1]?.facts[0]?.awaits, ['L2']);
	assert.deepEqual(typesOf(night.does('22:11', lena, answers('2', null, true))), [
		'factAnswered',
		'factAnswered',
		'fired',
	]);
	const other = observing(needAll);
	other.does('22:10', ben, answers('2', null, true));
	other.does('22:11', lena, answers('2', 2, false));
	assert.equal(stateOf(other, '2', '22:11'), 'armed');
});

test('T3 The release manager cannot fire a trigger whose question ended with a no', () => {
	const night = observing(needAll);
	night.does('22:10', ben, answers('2', null, true));
	night.does('22:11', lena, answers('2', null, false));
	assert.match(night.refuses('22:20', alice, answers('2', null, true)).fix, /L1 or L2|ben|lena/);
});

test('T3 An answer that opens the question again restarts its time limit', () => {
	const night = observing(needAll);
	night.does('22:10', ben, answers('2', null, true));
	night.does('22:11', lena, answers('2', 2, false));
	const events = night.does('22:20', lena, answers('2', 2, true));
	assert.deepEqual(typesOf(events), ['factAnswered', 'confirmationRequested']);
	assert.equal(night.stands('22:20').triggers[1]?.answerBy, at('22:25'));
});

test('T3 Whoever said no is asked again when the question is asked again', () => {
	const night = observing();
	for (const by of [ben, lena]) night.does('22:05', by, answers('2', null, false));
	assert.equal(stateOf(night, '2', '22:06'), 'armed');
	night.does('22:20', alice, asksAbout('2'));
	assert.equal(stateOf(night, '2', '22:21'), 'asked');
	assert.deepEqual(night.stands('22:21').triggers[1]?.facts[0]?.awaits, ['L1', 'L2']);
	assert.match(night.refuses('22:21', bob, asksAbout('2')).why, /alice asked/);
	night.does('22:22', ben, answers('2', 1, true));
	assert.equal(stateOf(night, '2', '22:22'), 'partly confirmed');
});

test('T3 A question is asked once while it is open, and only of roles of the trigger', () => {
	const night = observing();
	assert.equal(night.refuses('22:10', alice, asksAbout('2', ['L3'])).usageError, true);
	night.does('22:10', alice, asksAbout('2', ['L1']));
	assert.match(night.refuses('22:11', bob, asksAbout('2')).why, /alice asked/);
});

test('T3 The release manager may fire the trigger alone from the time limit on, not before', () => {
	const night = observing();
	night.does('22:10', ben, answers('2', 1, true));
	assert.match(night.refuses('22:14:59', alice, answers('2', null, true)).fix, /L1 or L2|ben|lena/);
	assert.deepEqual(night.refuses('22:15', alice, answers('2', null, true)).needs.words, ['FIRE']);
	assert.equal(the(night.does('22:15', alice, answers('2', null, true)), 'fired').trigger, '2');
});

test('T3 The release manager may dismiss an open question with a reason from the time limit on, not before', () => {
	const night = verified();
	assert.match(night.refuses('22:20', alice, laysAside('2', 'no')).why, /asks nothing/);
	night.does('22:20', ben, answers('2', 1, true));
	assert.match(night.refuses('22:24:59', alice, laysAside('2', 'no impact')).fix, /Wait/);
	assert.match(night.refuses('22:25', bob, laysAside('2', 'no impact')).fix, /release-manager/);
	assert.equal(night.refuses('22:25', alice, laysAside('2', '')).usageError, true);
	night.does('22:25', alice, laysAside('2', 'no impact seen'));
	assert.equal(stateOf(night, '2', '22:25'), 'armed');
	night.does('22:31', alice, vote('keep'));
});

test('T4 Nobody can report an endpoint that is not configured: the outage clock runs by hand', () => {
	const observed = {type: 'attestEndpoint', data: {trigger: '1', endpoint: 'api', up: true, reason: 'curl'}} as const;
	assert.deepEqual(observing().refuses('22:10', alice, observed).needs.command, {name: 'down', on: '1', fields: []});
});

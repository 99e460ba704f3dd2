/** Who acts in which role, relayed answers, and transfer of roles (RULES P1, P2, D5). */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {decide, isRefusal} from '../../source/cutover/decide/decide.ts';
import type {Command} from '../../source/cutover/model/command.ts';
import type {Person} from '../../source/cutover/model/person.ts';
import {stamp} from '../../source/text/time.ts';
import {at, calm} from '../given.ts';
import {alice, ben, bob, carolOfOps, carolOfQa, dave, omar} from '../scenarios/people.ts';
import {runbook} from '../scenarios/runbook.ts';
import {type Draft, hold, note, run, says, vote} from './commands.ts';
import {begun, type Night, observing, ready, the, unbound, withBook} from './night.ts';

const plain = (person: Person): Person => ({...person, role: null});
const hand = (role: string, to: string): Draft => ({type: 'handRole', data: {role, to}});
const take = (role: string, reason = 'she does not answer'): Draft => ({type: 'takeRole', data: {role, reason}});

/** What the rules say to words that `by` passes on. */
const relay = (night: Night, by: Person, {type, data}: Draft, speaker: string, here: readonly string[] = []) => {
	const relayed = {speaker, channel: 'phone', words: 'yes, go'};
	const command = {id: 'relay', type, data, confirm: ['GO'], relayed} as Command;
	return decide(night.state(), command, {at: at('21:55'), by, observed: {...calm, here}});
};

test('P1 The only owning role is assumed if no role is given', () => {
	const night = begun();
	night.does('21:00', plain(dave), run('T-60'));
	assert.equal(night.entries().at(-1)?.by.role, 'release-operator');
	night.does('21:01', plain(ben), says('G4', null));
	assert.equal(night.state().gates['G4']?.words['L1']?.by.name, 'ben');
});

test('P1 A person must give a role if an action has several owners', () => {
	const no = begun(unbound).refuses('21:00', plain(alice), vote('no-go', 'not yet'));
	assert.equal(no.usageError, true);
	assert.match(no.why, /release-manager or ops-lead/);
	assert.deepEqual([no.needs.fields, no.needs.roles], [['role'], ['release-manager', 'ops-lead']]);
});

test('P1 A role that the runbook does not know is a usage error; a role that does not own the action is refused', () => {
	const night = begun(unbound);
	assert.equal(night.refuses('21:00', {...dave, role: 'gardener'}, run('T-60')).usageError, true);
	const other = night.refuses('21:00', {...dave, role: 'qa-owner'}, run('T-60'));
	assert.deepEqual([other.usageError, other.why], [false, 'qa-owner does not own this.']);
	assert.equal(other.fix, 'Act as release-operator, or ask its holder.');
	const bound = begun().refuses('21:00', carolOfQa, run('T-60'));
	assert.equal(bound.fix, 'Ask dave (release-operator).');
	night.does('21:00', {...dave, role: 'Release Operator'}, run('T-60'));
	assert.equal(night.entries().at(-1)?.by.role, 'release-operator');
});

test('P1 A name acts only in a role that it has if the settings assign people to roles', () => {
	const night = begun();
	assert.match(night.refuses('21:00', {...dave, role: 'qa-owner'}, run('T-30')).why, /dave is not qa-owner/);
	const guest = {...dave, name: 'grace', role: null};
	assert.match(night.refuses('21:00', guest, run('T-60')).why, /grace has no role/);
	night.does('21:01', {...dave, name: 'Dave', role: null}, run('T-60'));
});

test('P1 A refusal names each person once, with all of their roles', () => {
	const night = begun(withBook({people: {...runbook.people, 'project-owner': ['alice', 'bob']}}));
	const {fix} = night.refuses('21:00', {...omar, role: null}, {type: 'extend', data: {until: '', reason: ''}});
	assert.equal(fix, 'Ask alice (release-manager, project-owner) or bob (project-owner).');
});

test('P1 A person cannot record what only a runner reports', () => {
	const night = begun();
	night.does('21:00', dave, run('G1'));
	const reported = {
		type: 'judge',
		data: {gate: 'G1', attempt: 1, verdict: 'pass', reason: null, head: null, files: {}, log: null},
	} as const;
	assert.equal(night.refuses('21:01', dave, reported).code, 'process-only');
});

test('S7 Anyone may hold and note; approve, abandon, freeze and t0 require an owner of the go/no-go stage', () => {
	const night = begun();
	for (const draft of [
		{type: 'freeze', data: {text: 'main'}},
		{type: 'abandon', data: {reason: 'no'}},
		{type: 'schedule', data: {t0: '2031-01-14T22:00:00.000Z', reason: 'later'}},
		{type: 'approve', data: {runbook, approved: {}}},
	] as const)
		assert.equal(night.refuses('21:00', dave, draft).fix, 'Ask alice (release-manager) or carol (ops-lead).');
	night.does('21:00', omar, note('all is calm'));
	night.does('21:01', omar, hold('the bridge is down'));
});

test('D5 A relayed answer counts for the speaker and is recorded with the login of the person who relays it', () => {
	const night = ready();
	assert.equal(isRefusal(relay(night, plain(dave), vote('go'), 'alice')), false);
	const wrong = relay(night, dave, hold('stop'), 'alice');
	assert.ok(isRefusal(wrong) && wrong.usageError);
	const self = relay(night, alice, vote('go'), 'alice');
	assert.ok(isRefusal(self) && self.usageError);
});

test('D5 A voter of the stage may relay the vote of another only if nobody is present who does not vote', () => {
	const night = ready();
	night.does('21:52', carolOfOps, vote('go'));
	const no = relay(night, plain(carolOfOps), vote('go'), 'alice', ['carol', 'dave', 'omar']);
	assert.ok(isRefusal(no));
	assert.equal(no.fix, 'Ask dave or omar to relay it.');
	const two = ready(withBook({people: {...runbook.people, 'release-manager': ['alice', 'eve']}}));
	assert.equal(isRefusal(relay(two, plain(carolOfOps), vote('go'), 'alice', ['carol', 'eve'])), false);
	assert.equal(isRefusal(relay(night, plain(carolOfOps), vote('go'), 'alice', ['carol'])), false);
});

test('P2 Of several who are bound to a role the first who acts holds it, until it is transferred', () => {
	const night = begun(withBook({people: {...runbook.people, 'release-manager': ['alice', 'eve']}}));
	const eve = {...alice, name: 'eve'};
	const command = () => night.stands('21:59').command;
	night.does('21:00', alice, hold('the bridge is down'));
	night.does('21:01', eve, {type: 'schedule', data: {t0: stamp(at('22:00')), reason: 'it is up'}});
	assert.equal(command(), 'alice');
	night.does('21:02', alice, hand('release-manager', 'eve'));
	assert.equal(command(), 'eve');
	const free = begun(unbound);
	free.does('21:00', alice, hold('the bridge is down'));
	free.does('21:01', eve, {type: 'schedule', data: {t0: stamp(at('22:00')), reason: 'it is up'}});
	assert.equal(free.stands('21:59').command, 'eve');
});

test('P2 The holder of a role transfers it', () => {
	const night = begun();
	assert.match(night.refuses('21:00', dave, hand('release-manager', 'dave')).why, /held by alice/);
	night.does('21:01', alice, hand('release-manager', 'bob'));
	assert.equal(night.stands('21:01').command, 'bob');
	night.does('21:02', {...bob, role: 'release-manager'}, hold('let us wait'));
	assert.match(night.refuses('21:03', plain(alice), hand('release-manager', 'bob')).why, /bob holds/);
});

test('P2 The new holder has the role, and the board shows it', () => {
	const night = begun(unbound);
	night.does('21:00', {...alice, role: 'release-manager'}, hand('release-manager', 'erin'));
	assert.equal(night.state().holders['release-manager']?.name, 'erin');
	assert.equal(night.stands('21:01').command, 'erin');
});

test('P2 The named deputy takes over a role after two minutes of silence', () => {
	const night = begun(withBook({deputies: {'release-manager': ['bob']}}));
	night.does('21:00', alice, note('I am off'));
	night.does('21:01:59', plain(bob), note('where is alice?'));
	assert.equal(the(night.does('21:02', plain(bob), take('release-manager')), 'roleTaken').to, 'bob');
});

test('P2 Two other owners take over a role with a reason', () => {
	const night = observing();
	assert.equal(night.refuses('22:10', plain(bob), take('release-manager', '')).usageError, true);
	assert.equal(the(night.does('22:10', plain(bob), take('release-manager')), 'roleTakeAsked').to, 'bob');
	assert.equal(night.refuses('22:11', plain(bob), take('release-manager')).code, 'two-owners-needed');
	assert.equal(the(night.does('22:12', plain(dave), take('release-manager')), 'roleTaken').to, 'bob');
	assert.equal(night.stands('22:12').command, 'bob');
});

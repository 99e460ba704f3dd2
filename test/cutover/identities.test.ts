/** Identities: names assigned to logins and keys, and proof of two people where two are needed (RULES P1, D2). */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {notProvenApart, type Person} from '../../source/cutover/model/person.ts';
import {statusJson} from '../../source/cutover/snapshot/status-json.ts';
import {alice, carolOfOps, dave, omar} from '../scenarios/people.ts';
import {type Draft, note, says, vote} from './commands.ts';
import {begun, observing, ready, withBook} from './night.ts';

const hand = (role: string, to: string): Draft => ({type: 'handRole', data: {role, to}});
const through = (person: Person, login: string, rest: Partial<Person> = {}): Person => ({...person, login, ...rest});
const stated = (person: Person): Person => through(person, 'cutover', {strength: 'stated'});

const bound = withBook({identities: {dave: {login: 'dave', keys: ['SHA256:dave']}, omar: {keys: ['SHA256:omar']}}});

test('P1 A name with an assigned identity acts only from its login or with its key', () => {
	const night = begun(bound);
	const no = night.refuses('21:00', through(dave, 'cutover'), note('hello'));
	assert.equal(no.code, 'bound-identity');
	assert.match(no.why, /dave is bound to login dave and key SHA256:dave; this is login cutover/);
	night.does('21:01', through(dave, 'dave'), note('hello'));
	night.does('21:02', through(dave, 'cutover', {strength: 'claimed key', key: 'SHA256:dave'}), note('hello'));
	night.refuses('21:03', through(omar, 'omar', {key: 'SHA256:other'}), note('hello'));
});

test('P1 A name without an assigned identity acts from any login', () => {
	begun(bound).does('21:00', stated(carolOfOps), note('hello'));
});

test('P2 A role is transferred only to a person whom the settings name, if they name any', () => {
	const night = begun();
	assert.match(night.refuses('21:00', alice, hand('release-manager', 'mallory')).why, /mallory is not in the settings/);
	night.does('21:01', alice, hand('release-manager', 'dave'));
});

test('D2 A second vote from the same login is refused if four-eyes approval is required', () => {
	const night = ready(withBook({fourEyes: 'required'}));
	night.does('21:52', stated(alice), vote('go'));
	const no = night.refuses('21:53', stated(carolOfOps), vote('go'), {confirm: ['GO']});
	assert.equal(no.code, 'two-people-unproven');
	assert.match(no.why, /one login is behind alice and carol/);
});

test('D2 Two people with different system logins may vote if four-eyes approval is required', () => {
	const night = ready(withBook({fourEyes: 'required'}));
	night.does('21:52', through(alice, 'alice', {strength: 'system login'}), vote('go'));
	night.does('21:53', through(carolOfOps, 'carol', {strength: 'system login'}), vote('go'));
	assert.equal(night.state().status, 'go');
});

test('P1 The status as JSON says how the person of each acknowledgement and vote was identified', () => {
	const night = begun();
	const json = () => statusJson(night.stands('21:52'), {folder: '/cutover', restricted: false, watcher: true});
	assert.deepEqual(
		json().poll?.votes.map(({vote, by, identity}) => [vote, by, identity]),
		[
			[null, null, null],
			[null, null, null],
		],
	);
	night.does('21:20', stated(omar), says('G4', 'L3'));
	const [word] = json().gates.find(({id}) => id === 'G4')?.words ?? [];
	assert.deepEqual(
		[word?.group, word?.by, word?.identity, word?.at],
		['L3', 'omar', 'stated', json().now.replace('52', '20')],
	);
	const voting = ready();
	voting.does('21:52', stated(alice), vote('go'));
	const {votes} = statusJson(voting.stands('21:52'), {folder: '/cutover', restricted: false, watcher: true}).poll ?? {};
	assert.deepEqual(
		votes?.map(({by, identity}) => [by, identity]),
		[
			['alice', 'stated'],
			[null, null],
		],
	);
});

test('D2 The four-eyes check also applies to standing down a trigger and to taking over a role', () => {
	const night = observing(withBook({fourEyes: 'required'}));
	night.does('22:11', stated(alice), {type: 'takeRole', data: {role: 'qa-owner', reason: 'no answer'}});
	const no = night.refuses('22:12', stated({...dave, role: null}), {
		type: 'takeRole',
		data: {role: 'qa-owner', reason: 'no answer'},
	});
	assert.equal(no.code, 'two-people-unproven');
});

test('a stated identity and an identity from the environment prove nobody', () => {
	const [one, two] = [through(alice, 'a'), through(dave, 'b')];
	assert.equal(notProvenApart([one, two]), null);
	assert.equal(notProvenApart([one]), null);
	assert.match(notProvenApart([one, stated(dave)]) ?? '', /not all proven by login or signature/);
	assert.match(
		notProvenApart([
			through(alice, 'cutover', {strength: 'claimed key', key: 'SHA256:a'}),
			through(dave, 'cutover', {strength: 'claimed key', key: 'SHA256:b'}),
		]) ?? '',
		/one login is behind alice and dave/,
	);
	const signed = (person: Person, key: string): Person => through(person, 'cutover', {strength: 'signature', key});
	assert.equal(notProvenApart([signed(alice, 'SHA256:a'), signed(dave, 'SHA256:b')]), null);
	assert.notEqual(notProvenApart([signed(alice, 'SHA256:a'), signed(dave, 'SHA256:a')]), null);
});

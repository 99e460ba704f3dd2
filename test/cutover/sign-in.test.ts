/** Who is signed in at the proxy in front of the page (RULES P3), and what that proves (RULES D2). */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {CommandData} from '../../source/cutover/model/command.ts';
import {type LinkStrength, notProvenApart, type Person, type Web} from '../../source/cutover/model/person.ts';
import {sentence} from '../../source/cutover/snapshot/sentence.ts';
import {alice} from '../scenarios/people.ts';
import {type Draft, note, vote} from './commands.ts';
import {verified, withBook} from './night.ts';

const withMails = withBook({mails: {bob: 'bob@example.org', carol: 'carol@example.org'}});

const invite = (name: string, rest: Partial<CommandData['invite']> = {}): Draft => ({
	type: 'invite',
	data: {name, roles: [], sent: 'print', code: true, until: null, ...rest},
});

const byLink = (name: string, strength: LinkStrength, rest: Partial<Web> = {}): Person => ({
	name,
	login: null,
	role: null,
	tty: null,
	ssh: null,
	strength,
	web: {link: 'I1', from: '192.0.2.7', agent: 'Firefox', ...rest},
});
const signedIn = (name: string, account: string, link = 'I1'): Person => byLink(name, 'proxy', {link, account});

test('P3 Who is signed in as the person of the link needs no code, and decides where a sign-in is the least', () => {
	const night = verified({...withMails, least: {keep: 'proxy'}});
	night.does('22:20', alice, invite('bob', {code: false}));
	const no = night.refuses('22:31', byLink('bob', 'link+code'), vote('keep'), {confirm: ['KEEP']});
	assert.deepEqual([no.code, no.why], ['sign-in-needed', 'bob is not signed in.']);
	night.does('22:31', signedIn('bob', 'bob@example.org'), vote('keep'));
	const entry = night.entries().at(-1) ?? assert.fail();
	assert.equal(sentence(entry), 'KEEP bob (project-owner) · by link I1, signed in as b…@example.org');
});

test('P3 A sign-in with another address than that of the settings serves for nothing', () => {
	const night = verified(withMails);
	night.does('22:20', alice, invite('bob'));
	night.does('22:20', alice, invite('dave'));
	const other = night.refuses('22:31', signedIn('bob', 'mallory@example.org'), vote('keep'), {confirm: ['KEEP']});
	assert.deepEqual([other.code, other.fix], ['sign-in-needed', 'Sign in as bob.']);
	const none = night.refuses('22:31', signedIn('dave', 'dave@example.org', 'I2'), note('here'));
	assert.match(none.why, /dave has no address in the settings/);
});

test('P3 The settings may spell a name otherwise than its role does', () => {
	const night = verified(withBook({mails: {BOB: 'bob@example.org'}}));
	night.does('22:20', alice, invite('bob', {sent: 'mail'}));
	night.does('22:31', signedIn('bob', 'bob@example.org'), vote('keep'));
});

test('P3 Two people are proven by two sign-ins, whoever passed their links on, and not by one address', () => {
	const [bob, carol] = [signedIn('bob', 'bob@example.org'), signedIn('carol', 'carol@example.org')];
	assert.equal(notProvenApart([bob, carol]), null);
	const printed = byLink('carol', 'link+code', {link: 'I2', sent: 'print', issuer: 'alice'});
	assert.match(notProvenApart([bob, printed]) ?? '', /alice had the link of carol/);
	const mailed = byLink('carol', 'link+code', {link: 'I2', sent: 'mail', to: 'Bob@example.org'});
	assert.match(notProvenApart([bob, mailed]) ?? '', /one mail address is behind bob and carol/);
});

/** Personal links of people without a login (RULES P3), and what they prove (RULES D2). */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {decide, isRefusal} from '../../source/cutover/decide/decide.ts';
import {placeForbidden} from '../../source/cutover/decide/signed.ts';
import type {Command, CommandData} from '../../source/cutover/model/command.ts';
import {identityText, notProvenApart, type Person} from '../../source/cutover/model/person.ts';
import type {Runbook} from '../../source/cutover/model/runbook.ts';
import {sentence} from '../../source/cutover/snapshot/sentence.ts';
import {stamp} from '../../source/text/time.ts';
import {at, calm} from '../given.ts';
import {alice, bob, carolOfOps, dave, runner} from '../scenarios/people.ts';
import {close, type Draft, hold, note, run, says, sign, skip, vote} from './commands.ts';
import {
	begun,
	kept,
	type Night,
	observing,
	proofAwaited,
	ready,
	the,
	typesOf,
	unbound,
	verified,
	withBook,
} from './night.ts';

const withMails = withBook({mails: {bob: 'bob@example.org', carol: 'carol@example.org'}});

const invite = (name: string, rest: Partial<CommandData['invite']> = {}): Draft => ({
	type: 'invite',
	data: {name, roles: [], sent: 'print', code: true, until: null, ...rest},
});
const revoke = (link: string, reason = 'wrong address'): Draft => ({type: 'revoke', data: {link, reason}});
const opened: Draft = {type: 'recordOpened', data: {link: 'I1', from: '192.0.2.7', agent: 'Firefox'}};
const locked: Draft = {type: 'lockLink', data: {link: 'I1', from: '192.0.2.7'}};

/** Somebody in a browser, as the server knows them. */
const byLink = (name: string, strength: 'link' | 'link+code' = 'link+code', link = 'I1'): Person => ({
	name,
	login: null,
	role: null,
	tty: null,
	ssh: null,
	strength,
	web: {link, from: '192.0.2.7', agent: 'Firefox'},
});

/** Bob has a link, and every gate passes. */
const invited = (rest: Partial<CommandData['invite']> = {}, book: Runbook = withMails): Night => {
	const night = ready(book);
	night.does('21:45', alice, invite('bob', rest));
	return night;
};

test('P3 An owner of the go/no-go, or of the role, invites a person whom the settings name', () => {
	const night = ready(withMails);
	assert.equal(night.refuses('21:44', dave, invite('bob')).code, 'not-owner');
	assert.match(night.refuses('21:44', alice, invite('mallory')).why, /mallory has no role/);
	const data = the(night.does('21:45', alice, invite('BOB')), 'invited');
	assert.deepEqual(data, {
		link: 'I1',
		name: 'bob',
		roles: ['project-owner'],
		sent: 'print',
		to: null,
		code: true,
		until: null,
	});
});

test('P3 Nobody invites themselves, by name or by login', () => {
	const night = begun(withBook({identities: {bob: {login: 'alice', keys: []}}}));
	assert.equal(night.refuses('21:45', alice, invite('Alice')).code, 'invite-self');
	assert.equal(night.refuses('21:45', alice, invite('bob')).code, 'invite-self');
});

test('P3 A link is mailed only to an address of the settings', () => {
	const no = ready().refuses('21:45', alice, invite('bob', {sent: 'mail'}));
	assert.equal(no.code, 'no-address');
	const left = ready(withMails).does('21:45', alice, invite('bob', {sent: 'mail'}));
	assert.equal(the(left, 'invited').to, 'bob@example.org');
});

test('P3 Where nobody is bound to roles, the invitation says the roles', () => {
	const night = ready(unbound);
	const by = {...alice, role: 'release-manager'};
	assert.deepEqual(night.refuses('21:45', by, invite('frank')).needs.fields, ['roles']);
	assert.equal(night.refuses('21:45', by, invite('frank', {roles: ['gardener']})).code, 'unknown-name');
	night.does('21:46', by, invite('frank', {roles: ['ops-lead']}));
	night.does('21:53', byLink('frank'), vote('go'));
	assert.equal(night.entries().at(-1)?.by.role, 'ops-lead');
});

test('P3 A vote by link is a vote: it says how the link was sent and by whom', () => {
	const night = verified(withMails);
	night.does('22:20', alice, invite('bob', {sent: 'mail'}));
	night.does('22:31', byLink('bob'), vote('keep'));
	const entry = night.entries().at(-1);
	assert.equal(entry?.by.role, 'project-owner');
	assert.deepEqual(entry?.by.web, {
		link: 'I1',
		from: '192.0.2.7',
		agent: 'Firefox',
		issuer: 'alice',
		sent: 'mail',
		to: 'bob@example.org',
	});
	assert.equal(
		sentence(entry),
		'KEEP bob (project-owner) · by link I1 and the spoken code, mailed by the program to b…@example.org',
	);
	night.does('22:32', alice, vote('keep'));
	assert.equal(night.state().status, 'kept');
});

test('P3 A name that is bound to a login also acts by its link', () => {
	const night = begun(withBook({identities: {bob: {login: 'bob', keys: []}}}));
	night.does('21:45', alice, invite('bob'));
	assert.equal(night.refuses('21:46', {...bob, login: 'alice'}, note('hello')).code, 'bound-identity');
	night.does('21:46', byLink('bob'), note('hello'));
});

test('P3 By link people state: vote, acknowledge, answer, sign, confirm, say that the impact is over, note, hold', () => {
	const by = byLink('bob');
	const early = invited();
	early.does('21:47', by, note('the vendor is here'));
	early.does('21:48', by, hold('payments are degraded'));
	const denying = invited();
	denying.does('21:46', by, says('G5', null, 'ACC-12 is open'));
	const closing = kept(withMails);
	closing.does('22:40', alice, invite('bob'));
	const report = {...calm, files: {...calm.files, 'docs/closing-report.md': `sha256:${'5'.repeat(64)}`}};
	closing.does('22:41', by, sign('S5'), report);
	const proof = proofAwaited(withMails);
	proof.does('22:16', alice, invite('bob'));
	proof.does('22:20', by, {type: 'prove', data: {note: 'orders go through'}});
	const asked = observing(withMails);
	asked.does('22:05', alice, invite('ben'));
	const answer = {type: 'answerTrigger', data: {trigger: '2', fact: null, yes: false, reason: 'all is well'}} as const;
	asked.does('22:06', byLink('ben'), answer);
	const relayed = begun(withMails);
	relayed.does('21:00', alice, invite('bob'));
	const acts = [early, denying, closing, proof, asked].map(
		night => night.entries().findLast(({by: {strength}}) => strength !== 'process')?.by.web?.link,
	);
	assert.deepEqual(acts, ['I1', 'I1', 'I1', 'I1', 'I1']);
	assert.equal(relayed.refuses('21:01', by, {type: 'confirmRelay', data: {entry: 1}}).code, 'unknown-entry');
});

test('P3 By link nobody runs, starts T0, rolls back, approves, abandons, closes, stands down or invites', () => {
	const night = observing(withMails);
	night.does('22:05', carolOfOps, invite('alice'));
	const by = byLink('alice');
	const acts: readonly Draft[] = [
		run('T+10'),
		skip('T+10', 'no time'),
		{type: 'rollback', data: {path: null, reason: 'checkouts fail'}},
		{type: 'abandon', data: {reason: 'late'}},
		close('kept'),
		{type: 'standDown', data: {trigger: '1', reason: 'over'}},
		{type: 'handRole', data: {role: 'release-manager', to: 'dave'}},
		{type: 'extend', data: {until: stamp(at('23:00')), reason: 'more'}},
		invite('bob'),
		revoke('I1'),
	];
	for (const draft of acts) assert.equal(night.refuses('22:06', by, draft).code, 'not-by-link', draft.type);
});

test('P3 A decision needs the spoken code, a statement the link alone, unless the settings say otherwise', () => {
	const night = verified(withMails);
	night.does('22:20', alice, invite('bob'));
	const no = night.refuses('22:31', byLink('bob', 'link'), vote('keep'), {confirm: ['KEEP']});
	assert.deepEqual([no.code, no.needs.fields], ['link-code-needed', ['code']]);
	const loose = verified(withBook({least: {keep: 'link', note: 'link+code'}}));
	loose.does('22:20', alice, invite('bob'));
	loose.does('22:31', byLink('bob', 'link'), vote('keep'));
	assert.equal(loose.refuses('22:32', byLink('bob', 'link'), note('hello')).code, 'link-code-needed');
});

test('P3 A link without a code serves for no decision', () => {
	const night = verified(withMails);
	night.does('22:20', alice, invite('bob', {code: false}));
	const no = night.refuses('22:31', byLink('bob', 'link'), vote('keep'), {confirm: ['KEEP']});
	assert.match(no.why, /Link I1 of bob was given without a code/);
});

test('P3 A link acts only in the name and the roles of its invitation', () => {
	const night = invited();
	assert.equal(night.refuses('21:50', byLink('carol'), note('hello')).code, 'link-ended');
	assert.equal(night.refuses('21:50', byLink('bob'), says('G4', 'L1')).code, 'not-owner');
	assert.equal(night.refuses('21:50', {...byLink('bob'), role: 'ops-lead'}, vote('go')).code, 'not-bound');
});

test('P3 A link ends a day after the planned end, or earlier where the invitation says so', () => {
	const night = invited();
	assert.equal(night.stands('21:46').links[0]?.until, at('22:30') + 86_400_000);
	const short = invited({until: stamp(at('22:05'))});
	short.does('22:04', byLink('bob'), note('here'));
	assert.match(short.refuses('22:05', byLink('bob'), note('here')).why, /was valid until/);
	assert.equal(night.refuses('21:47', alice, invite('bob', {until: stamp(at('21:40'))})).code, 'link-until');
});

test('P3 A link is revoked by an owner of the go or of a role of its person, as it is given', () => {
	const {code, fix} = invited().refuses('21:46', dave, revoke('I1'));
	assert.equal(code, 'not-owner');
	assert.match(fix, /Ask .*bob \(project-owner\)/);
	assert.deepEqual(typesOf(invited().does('21:46', carolOfOps, revoke('bob'))), ['linkRevoked']);
});

test('P3 A revoked or locked link serves for nothing; a new one takes its place', () => {
	const night = invited();
	night.does('21:46', alice, revoke('bob'));
	assert.match(night.refuses('21:47', byLink('bob'), note('here')).why, /Link I1 of bob was revoked: wrong address/);
	assert.equal(night.refuses('21:47', alice, revoke('I1')).code, 'no-link');
	const other = invited();
	other.does('21:46', runner, locked);
	assert.match(other.refuses('21:47', byLink('bob'), note('here')).why, /locked after 5 wrong codes/);
	other.does('21:48', alice, invite('bob'));
	other.does('21:49', byLink('bob', 'link', 'I2'), note('here'));
	assert.deepEqual(typesOf(other.does('21:50', alice, invite('bob'))), ['linkRevoked', 'invited']);
	assert.equal(other.refuses('21:51', byLink('bob', 'link', 'I2'), note('here')).code, 'link-ended');
});

test('P3 Who gives a role up has no link to it any more', () => {
	const night = invited();
	const left = night.does('21:46', bob, {type: 'handRole', data: {role: 'project-owner', to: 'dave'}});
	assert.deepEqual(typesOf(left), ['roleTransferred', 'linkRevoked']);
	assert.equal(night.refuses('21:47', byLink('bob'), note('here')).code, 'link-ended');
});

test('P3 Only the program says that a link was opened or locked', () => {
	const night = invited();
	for (const draft of [opened, locked]) assert.equal(night.refuses('21:46', alice, draft).code, 'process-only');
	night.does('21:46', runner, opened);
	assert.equal(night.stands('21:47').links[0]?.state, 'opened');
	night.does('21:48', runner, locked);
	assert.equal(night.stands('21:49').links[0]?.state, 'locked');
	assert.match(night.stands('21:49').headline.text, /! link I1 of bob LOCKED by wrong codes/);
	assert.equal(night.stands('21:49').rings.length, 1);
	assert.equal(night.refuses('21:50', runner, opened).code, 'link-ended');
});

test('P3 Words by link are not relayed for others', () => {
	const night = begun(withMails);
	night.does('21:00', alice, invite('bob'));
	const by = byLink('bob');
	const relayed = {speaker: 'ben', channel: 'phone', words: 'yes'};
	const command = {id: 'relay', ...says('G4', 'L1'), relayed} as Command;
	const answer = decide(night.state(), command, {at: at('21:01'), by, observed: calm});
	assert.equal(isRefusal(answer) && answer.code, 'not-by-link');
});

test('P3 An act by link follows directly on the entry that was shown', () => {
	const shown = {entry: 41, head: 'abc', sha256: 'f00d'};
	const by = {...byLink('bob'), shown};
	assert.equal(placeForbidden(by, {seq: 41, hash: 'abc'}), null);
	assert.equal(placeForbidden(by, {seq: 42, hash: 'def'})?.code, 'overtaken');
	assert.equal(placeForbidden(by, {seq: 41, hash: 'def'})?.code, 'overtaken');
});

test('D2 A link proves a second person only if the program mailed it', () => {
	const through = (name: string, sent: 'mail' | 'print', to: string | null): Person => ({
		...byLink(name),
		web: {link: 'I1', from: '', agent: '', issuer: 'alice', sent, to},
	});
	const mailed = through('bob', 'mail', 'bob@example.org');
	assert.equal(notProvenApart([alice, mailed]), null);
	assert.equal(notProvenApart([mailed, through('carol', 'mail', 'carol@example.org')]), null);
	assert.match(
		notProvenApart([alice, through('bob', 'print', null)]) ?? '',
		/not proven to be 2 people: alice had the link of bob/,
	);
	assert.match(
		notProvenApart([mailed, through('carol', 'mail', 'BOB@example.org')]) ?? '',
		/one mail address is behind bob and carol/,
	);
	assert.notEqual(notProvenApart([{...alice, strength: 'stated'}, mailed]), null);
	assert.equal(identityText(through('bob', 'print', null)), 'link I1 and the spoken code, passed on by alice');
});

test('D2 A vote by a link that was passed on is refused if four-eyes approval is required', () => {
	const book = withBook({fourEyes: 'required', mails: {bob: 'bob@example.org'}});
	const printed = verified(book);
	printed.does('22:20', alice, invite('bob'));
	printed.does('22:31', alice, vote('keep'));
	assert.equal(printed.refuses('22:32', byLink('bob'), vote('keep'), {confirm: ['KEEP']}).code, 'two-people-unproven');
	printed.does('22:33', alice, invite('bob', {sent: 'mail'}));
	printed.does('22:34', byLink('bob', 'link+code', 'I2'), vote('keep'));
	assert.equal(printed.state().status, 'kept');
});

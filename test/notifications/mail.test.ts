/** Mail by a real conversation with a small server: threads, refusals, TLS, and the letter with a personal link. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {inspect} from 'node:util';
import type {Message} from '../../source/notifications/channel.ts';
import {type Invitation, postOf, sendInvitation} from '../../source/notifications/invitation.ts';
import {PersonalLink} from '../../source/notifications/personal-link.ts';
import {closedPort} from '../probes/around.ts';
import {certificate, missing} from '../probes/certificates.ts';
import {runbookOf, sample} from '../runbook/sample.ts';
import {headerOf, mailServer} from './mail-server.ts';
import {message, sends} from './messages.ts';

const mails = {bob: 'bob@example.org', vera: 'vera@vendor.example'};
const values = (server: string) => ({server, from: 'cutover@example.org', people: ['bob', 'vera']});

test('all notices of a cutover are one thread under one subject, and nobody sees who else gets them', async t => {
	const {port, mails: got} = await mailServer(t);
	const server = `smtp://127.0.0.1:${port}`;
	const began = message({id: 'ledger-2031/entry 1', on: 'began', text: 'alice began it'});
	const hold = message({lines: ['21:00 T-60 is overdue', '21:47 HOLD: G5 failed']});
	for (const one of [began, hold, hold]) {
		const answer = await sends('mail', values(server), one, {mails});
		assert.deepEqual(answer, {arrived: true, said: '250 2.0.0 taken as 4711'});
	}
	const [first, second, again] = got;
	assert.ok(first && second && again);
	assert.deepEqual(first.to, ['bob@example.org', 'vera@vendor.example']);
	assert.doesNotMatch(first.text, /bob@example\.org|vera@vendor/);
	assert.equal(headerOf(first, 'Subject'), headerOf(second, 'Subject'));
	assert.equal(headerOf(first, 'In-Reply-To'), '');
	assert.equal(headerOf(second, 'In-Reply-To'), headerOf(first, 'Message-ID'));
	assert.equal(headerOf(second, 'References'), headerOf(first, 'Message-ID'));
	assert.equal(headerOf(second, 'Message-ID'), headerOf(again, 'Message-ID'), 'the same in every try');
	assert.notEqual(headerOf(second, 'Message-ID'), headerOf(first, 'Message-ID'));
	assert.match(second.text, /HOLD: G5 failed: blocker ACC-12 is open/);
	assert.match(second.text, /21:00 T-60 is overdue/);
});

test('a target may spell a name otherwise than `people` does', async t => {
	const {port, mails: got} = await mailServer(t);
	await sends('mail', {...values(`smtp://127.0.0.1:${port}`), people: ['Bob']}, message(), {mails});
	assert.deepEqual(got[0]?.to, ['bob@example.org']);
});

test('a name with a line break adds no header', async t => {
	const {port, mails: got} = await mailServer(t);
	const title = 'CHG-1 · Move\r\nBcc: all@example.org';
	await sends('mail', values(`smtp://127.0.0.1:${port}`), message({title}), {mails});
	assert.deepEqual(got[0]?.to, ['bob@example.org', 'vera@vendor.example']);
	assert.ok(got[0] && headerOf(got[0], 'Bcc') === '');
});

test('a calendar of the stages goes with the mail that brings news of them', async t => {
	const {port, mails: got} = await mailServer(t);
	const calendar = 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n';
	await sends('mail', values(`smtp://127.0.0.1:${port}`), message({calendar}), {mails});
	assert.match(got[0]?.text ?? '', /Content-Type: text\/calendar;[\s\S]*filename=calendar\.ics/);
	assert.ok(
		got[0]?.text.includes(Buffer.from(calendar).toString('base64')) || got[0]?.text.includes('BEGIN:VCALENDAR'),
	);
});

test('a server that puts a mail off is asked again, one that refuses it is not', async t => {
	const answers: readonly (readonly [on: string, says: string, again: boolean])[] = [
		['MAIL', '451 4.7.1 greylisted, come back', true],
		['RCPT', '550 5.1.1 no such person', false],
		['DATA', '552 5.3.4 too big', false],
		['.', '452 4.3.1 no room', true],
		['.', '554 5.7.1 refused', false],
	];
	for (const [on, says, again] of answers) {
		const {port} = await mailServer(t, {answer: line => (line.startsWith(on) ? says : null)});
		const answer = await sends('mail', values(`smtp://127.0.0.1:${port}`), message(), {mails});
		assert.ok(!answer.arrived, `${on} ${says}`);
		assert.equal(answer.again, again, `${on} ${says}`);
	}
	const nobody = await sends('mail', values(`smtp://127.0.0.1:${await closedPort()}`), message(), {mails});
	assert.ok(!nobody.arrived && nobody.again);
	const one = await mailServer(t, {answer: line => (/^RCPT.*vera/.test(line) ? '550 5.1.1 no such person' : null)});
	const partly = await sends('mail', values(`smtp://127.0.0.1:${one.port}`), message(), {mails});
	assert.deepEqual(partly, {arrived: false, reason: '1 of 2 addresses were refused', again: false});
	assert.equal(one.mails.length, 1);
});

test('a mail that a server puts off for one person alone goes to that person again, and to nobody twice', async t => {
	let isFull = true;
	const {port, mails: got} = await mailServer(t, {
		answer: line => (isFull && /^RCPT.*vera/.test(line) ? '450 4.2.2 mailbox is busy' : null),
	});
	const send = () => sends('mail', values(`smtp://127.0.0.1:${port}`), message({id: 'ledger-2031/put off'}), {mails});
	assert.deepEqual(await send(), {arrived: false, reason: '1 of 2 addresses were refused', again: true});
	const still = await send();
	assert.ok(!still.arrived && still.again);
	isFull = false;
	assert.ok((await send()).arrived);
	assert.deepEqual(
		got.map(({to}) => to),
		[['bob@example.org'], ['vera@vendor.example']],
	);
});

test('a password goes over TLS that the authority of the settings vouches for, and nowhere else', {
	skip: missing,
}, async t => {
	const own = certificate('localhost', 'DNS:localhost,IP:127.0.0.1');
	const login = 'night:p@ss word';
	const {port, mails: got} = await mailServer(t, {certificate: own, login});
	const server = (word: string): string => `smtp://night:${encodeURIComponent(word)}@localhost:${port}`;
	const trusted = await sends('mail', values(server('p@ss word')), message(), {mails, ca: [own.file]});
	assert.ok(trusted.arrived, trusted.arrived ? '' : trusted.reason);
	assert.deepEqual(
		got.map(({isSecure, login: given}) => [isSecure, given]),
		[[true, login]],
	);
	const stranger = await sends('mail', values(server('p@ss word')), message(), {mails});
	assert.ok(!stranger.arrived);
	const wrong = await sends('mail', values(server('guess-it')), message(), {mails, ca: [own.file]});
	assert.ok(!wrong.arrived && !wrong.again);
	assert.doesNotMatch(wrong.reason, /guess-it/);
	assert.equal(got.length, 1);
});

test('an address of a server that is none is refused without being repeated', async () => {
	await assert.rejects(
		sends('mail', values('mail.example:SECRET'), message(), {mails}),
		(error: Error) => !/SECRET/.test(error.message),
	);
});

const url = 'https://cutover.example.org/i#x7Kq2mZ9pLr4tVw8yBn3Cg';
const invitation: Invitation = {
	id: 'ledger-2031/I3',
	name: 'vera',
	address: 'vera@vendor.example',
	link: new PersonalLink(url),
	roles: ['vendor-lead'],
	title: 'CHG-4821 · Move the ledger',
	by: 'alice',
	t0: '22:00 +01:00',
	until: '08:00 +01:00',
	hasCode: true,
	rehearsal: false,
};

test('a personal link is mailed to one address, with what it is for and without its digits', async t => {
	const {port, mails: got} = await mailServer(t);
	const post = {server: `smtp://127.0.0.1:${port}`, from: 'cutover@example.org', ca: [], env: {}};
	assert.ok((await sendInvitation(invitation, post)).arrived);
	assert.deepEqual(got[0]?.to, ['vera@vendor.example']);
	const text = got[0]?.text.replaceAll('=\n', '').replaceAll('=3D', '=') ?? '';
	assert.ok(text.includes(url));
	assert.match(text, /alice invites you, vera \(vendor-lead\)/);
	assert.doesNotMatch(text, /\d{3} ?\d{3}\b(?!.*example)/);
	const refusing = await mailServer(t, {answer: line => (line === '.' ? `554 spam: ${url}` : null)});
	const refused = await sendInvitation(invitation, {...post, server: `smtp://127.0.0.1:${refusing.port}`});
	assert.ok(!refused.arrived && !refused.reason.includes(url));
});

test('the server of invitations is that of the first mail target, once its variable is set', () => {
	const settings =
		'cutover: 1\npeople: {ana: {mail: ana@b.example}}\nnotify: [{on: [], to: mail, server: SMTP, from: a@b.example, people: [ana]}]\n';
	const runbook = runbookOf(sample, {settings});
	assert.deepEqual(runbook.mails, {ana: 'ana@b.example'});
	assert.equal(runbook.identities, undefined, 'an address binds nobody to a login');
	assert.equal(postOf(runbook, {}, []), null);
	const env = {SMTP: 'smtp://mail.test'};
	assert.deepEqual(postOf(runbook, env, []), {server: 'smtp://mail.test', from: 'a@b.example', ca: [], env});
	assert.equal(postOf(runbookOf(sample), env, []), null);
});

test('a personal link cannot be put into a message, and shows nothing of itself', () => {
	const link = new PersonalLink(url);
	// @ts-expect-error a personal link is no text
	const text: Message['text'] = link;
	// @ts-expect-error nor an address that anybody may open
	const open: Message['link'] = {text: 'Board', url: link};
	for (const shown of [String(text), JSON.stringify(open), inspect(link), `${link}`, JSON.stringify({link})])
		assert.ok(!shown.includes('x7Kq2'), shown);
});

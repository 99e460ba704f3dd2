/* The door of personal links over real HTTP: what opens, for whom, how often, and where no secret is left. */
import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {Sessions} from '../../source/serve/sessions.ts';
import {alice} from '../scenarios/people.ts';
import {browserOf, opened, site} from './site.ts';

const g5 = '/act?do=acknowledge&target=G5';

test('the door says nothing, whoever asks, and changes nothing', async t => {
	const place = await site(t);
	const {secret} = await place.invite('bob');
	const before = place.lines.length;
	const pages = await Promise.all(['/i', `/i%23${secret}`, `/i?x=${secret}`].map(path => place.ask(path)));
	for (const {status, text} of pages) {
		assert.equal(status, 200);
		assert.equal(text, pages[0]?.text);
		assert.doesNotMatch(text, /bob|Orders|CHG/);
	}
	assert.equal((await place.ask('/i', {method: 'HEAD'})).status, 200);
	assert.equal(place.lines.length, before);
});

test('a link opens its page; the opening is recorded and shown', async t => {
	const {place, me} = await opened(t);
	assert.match(me.text, /You are <b>bob<\/b> \(project-owner\)/);
	assert.equal(place.journal.entries().at(-1)?.type, 'linkOpened');
	assert.match(String(me.headers['content-security-policy']), /default-src 'none'/);
});

test('a session is in a strict cookie that no script reads, and ends when one leaves', async t => {
	const place = await site(t);
	const {secret} = await place.invite('bob');
	const browser = browserOf(place);
	const answer = await browser.post('/i', {secret, word: 'open'});
	assert.match(String(answer.headers['set-cookie']), /HttpOnly; SameSite=Strict; Path=\//);
	assert.equal((await browser.get('/me')).status, 200);
	await browser.post('/leave', {});
	assert.equal((await browser.get('/me')).status, 403);
});

test('a link opens neither without its word nor with another code', async t => {
	const place = await site(t);
	const {secret} = await place.invite('bob');
	const before = place.lines.length;
	const browser = browserOf(place);
	assert.equal((await browser.open(secret, 'junk')).status, 422);
	assert.equal((await browser.open('A'.repeat(22))).status, 403);
	assert.equal(place.lines.length, before);
});

test('an address that tries codes has to wait', async t => {
	const place = await site(t);
	const {secret} = await place.invite('bob');
	const browser = browserOf(place);
	for (let count = 0; count < 10; count++) await browser.open('A'.repeat(22));
	assert.equal((await browser.open(secret)).status, 429);
});

test('a link that was revoked or is over ends its sessions', async t => {
	const {place, browser} = await opened(t);
	await place.does(alice, {type: 'revoke', data: {link: 'bob', reason: 'wrong address'}});
	const answer = await browser.get('/me');
	assert.equal(answer.status, 403);
	assert.match(answer.text, /Link I1 of bob was revoked: wrong address/);
	const other = await place.invite('bob', {until: '2031-01-14T21:00:00Z'});
	const second = browserOf(place);
	assert.equal((await second.open(other.secret)).status, 200);
	place.time('22:00');
	assert.equal((await second.get('/me')).status, 403);
});

test('a link is open in three browsers at most: the oldest ends', async t => {
	const place = await site(t);
	const {secret} = await place.invite('bob');
	const browsers = [0, 1, 2, 3].map(() => browserOf(place));
	for (const browser of browsers) await browser.open(secret);
	const found = [];
	for (const browser of browsers) found.push((await browser.get('/me')).status);
	assert.deepEqual(found, [403, 200, 200, 200]);
});

test('no secret and no code is in the journal, the log of the server or a file as it is', async t => {
	const {place, secret, browser} = await opened(t);
	await browser.act(g5, {'group:project-owner': 'yes', word: 'ANSWER'});
	const files = readdirSync(place.folder, {recursive: true, withFileTypes: true})
		.filter(entry => entry.isFile())
		.map(entry => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
	for (const text of [...place.lines, ...place.log, ...files]) {
		assert.equal(text.includes(secret.secret), false);
		assert.equal(text.includes(secret.code ?? '-'), false);
	}
	assert.deepEqual([...new Set(place.log)].sort(), [
		'GET form 200',
		'GET me 200',
		'POST act 303',
		'POST open link 303',
	]);
});

test('who tries links from many addresses shuts the door before nobody else', () => {
	const sessions = new Sessions({steady: () => 0});
	for (let number = 0; number < 1000; number++) sessions.failed(`192.0.2.${number % 100}`);
	assert.ok(sessions.isTooMany('192.0.2.7'));
	assert.ok(!sessions.isTooMany('198.51.100.7'));
});

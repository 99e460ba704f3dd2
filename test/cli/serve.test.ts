import assert from 'node:assert/strict';
import {readFileSync, statSync} from 'node:fs';
import {request} from 'node:http';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {type Desk, desk, type Started} from './desk.ts';
import {begin} from './walks.ts';

/** Ends with the test, also with one that fails. */
function starts(context: TestContext, night: Desk, ...options: readonly string[]): Started {
	const serving = night.start('serve', ...options);
	context.after(() => serving.signal('SIGTERM'));
	return serving;
}

const linkIn = (shown: string): URL => new URL(/http:\S+/.exec(shown)?.[0] ?? '');

async function opened(link: URL): Promise<Record<string, string>> {
	const answer = await fetch(new URL('/open', link), {
		method: 'POST',
		redirect: 'manual',
		headers: {origin: link.origin},
		body: new URLSearchParams({code: link.hash.slice(1)}),
	});
	assert.equal(answer.status, 303);
	return {cookie: answer.headers.get('set-cookie')?.split(';')[0] ?? ''};
}

const journalOf = (night: Desk, id: string): string => readFileSync(join(night.state, id, 'journal.ndjson'), 'utf8');

test('serve shows the cutover to whoever has its link, until it is over', async context => {
	const night = desk(context);
	await begin(night);
	const serving = starts(context, night, '--listen', '127.0.0.1:0');
	const link = linkIn(await serving.shows('#'));
	assert.match(await (await fetch(link)).text(), /Open the page/);
	const second = await night.cli('serve', '--listen', link.host);
	assert.equal(second.code, 2);
	assert.ok(second.stderr.includes(`${link.host} cannot be taken: something else listens there`), second.stderr);
	const headers = await opened(link);
	assert.match(await (await fetch(link, {headers})).text(), /PREPARING/);
	const stream = await fetch(new URL('/stream', link), {headers});
	await night.must('rita', 'abandon', '--role', 'release-manager', '--reason', 'postponed', '--confirm', 'ABANDON');
	assert.match(await stream.text(), /"over":true/);
	assert.equal((await serving.ended).code, 0);
});

test('serve changes nothing of the cutover, whatever it is asked for', async context => {
	const night = desk(context);
	const id = await begin(night);
	const serving = starts(context, night, '--listen', '127.0.0.1:0', '--open');
	const link = linkIn(await serving.shows('http:'));
	assert.equal(link.hash, '');
	const before = journalOf(night, id);
	for (const path of ['/', '/?still', '/journal?before=2', '/open', '/%23x', '/i', '/../journal.ndjson'])
		for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'])
			await fetch(new URL(path, link), {method, headers: {origin: link.origin}});
	assert.equal(journalOf(night, id), before);
	serving.signal('SIGTERM');
	assert.equal((await serving.ended).code, 143);
});

test('the code of the link is kept for this account alone, and is the same again', async context => {
	const night = desk(context);
	const id = await begin(night);
	const links = [];
	for (let time = 0; time < 2; time += 1) {
		const serving = starts(context, night, '--listen', '127.0.0.1:0');
		links.push(linkIn(await serving.shows('#')).hash);
		serving.signal('SIGINT');
		await serving.ended;
	}
	assert.equal(links[0], links[1]);
	assert.match(links[0] ?? '', /^#[\w-]{22}$/);
	assert.equal(statSync(join(night.state, id, 'page-code')).mode & 0o777, 0o600);
});

test('serve listens on a unix socket for the proxy of its group', async context => {
	const night = desk(context);
	await begin(night);
	const socketPath = join(night.folder, 'web.sock');
	const serving = starts(context, night, '--listen', `unix:${socketPath}`, '--url', 'https://cutover.example.org');
	assert.match(await serving.shows('#'), /^https:\/\/cutover\.example\.org\/#/);
	assert.equal(statSync(socketPath).mode & 0o777, 0o660);
	const statusFor = (host: string) =>
		new Promise(resolve => {
			request({socketPath, path: '/', headers: {host}}, answer => {
				answer.resume();
				resolve(answer.statusCode);
			}).end();
		});
	assert.equal(await statusFor('cutover.example.org'), 200);
	assert.equal(await statusFor('other.example.org'), 421);
	serving.signal('SIGINT');
	await serving.ended;
});

test('no link is printed of a cutover that is over', async context => {
	const night = desk(context);
	await begin(night);
	await night.must('rita', 'abandon', '--reason', 'postponed', '--confirm', 'ABANDON', '--role', 'release-manager');
	const {code, stdout, stderr} = await night.cli('serve', '--listen', '127.0.0.1:0');
	assert.deepEqual([code, stdout], [1, '']);
	assert.match(stderr, /is ABANDONED: its page changes no more/);
});

test('serve refuses an address that others reach, and what is no address', async context => {
	const night = desk(context);
	await begin(night);
	for (const wrong of [
		'0.0.0.0:8440',
		'192.0.2.1:8440',
		'example.org:8440',
		'[::]:8440',
		'8440',
		'unix:web.sock',
		'unix:/tmp/web.sock',
		'127.0.0.1:99999',
	])
		assert.equal((await night.cli('serve', '--listen', wrong)).code, 2, wrong);
	for (const [url, why] of [
		['cutover.example.org', /not an address/],
		['https://example.org/cutover', /begin at its root/],
		['https://example.org/?a=b', /begin at its root/],
		['http://cutover.example.org', /plain HTTP/],
	] as const) {
		const {code, stderr} = await night.cli('serve', '--url', url);
		assert.equal(code, 2, url);
		assert.match(stderr, why);
	}
});

import assert from 'node:assert/strict';
import {request} from 'node:http';
import {connect} from 'node:net';
import {test} from 'node:test';
import type {Board} from '../../source/page/board.ts';
import type {Route} from '../../source/serve/route.ts';
import {boardAt, moments} from '../page/shown.ts';
import {form, type Served, sameSite, served} from './page-server.ts';

const moment = (name: string): Board => {
	const found = moments[name];
	assert.ok(found);
	return boardAt(found);
};

const board = moment('preparing');
const code = 'A'.repeat(22);

/** The messages of a stream as they come. */
async function follow({url}: Served, path = '/stream', headers: Record<string, string> = {}) {
	const messages: {id: string; sections: Record<string, string>; title?: string; over?: boolean}[] = [];
	const waiting = new Set<() => void>();
	let text = '';
	let isOver = false;
	const asked = request(`${url}${path}`, {agent: false, headers}, response => {
		response.setEncoding('utf8').on('data', (chunk: string) => {
			text += chunk;
			for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
				const lines = text.slice(0, end).split('\n');
				text = text.slice(end + 2);
				const data = lines.find(line => line.startsWith('data: '))?.slice(6);
				const id = lines.find(line => line.startsWith('id: '))?.slice(4) ?? '';
				if (data !== undefined) messages.push({...JSON.parse(data), id});
			}
			for (const look of waiting) look();
		});
		response.on('end', () => {
			isOver = true;
			for (const look of waiting) look();
		});
	});
	asked.on('error', () => {});
	asked.end();
	const until = (is: () => boolean): Promise<void> =>
		new Promise(resolve => {
			const look = (): void => {
				if (!is()) return;
				waiting.delete(look);
				resolve();
			};
			waiting.add(look);
			look();
		});
	await until(() => messages.length > 0);
	return {
		messages,
		count: (most: number) => until(() => messages.length >= most),
		ended: () => until(() => isOver),
		leave: () => asked.destroy(),
	};
}

const takes: Route = {
	method: 'POST',
	path: '/take',
	name: 'take',
	handle: ({form: fields}) => ({body: fields.get('a') ?? ''}),
};

test('the page has a strict policy, and no cache, frame or referrer', async t => {
	const {ask} = await served(t, board);
	const {status, headers, text} = await ask('/');
	assert.equal(status, 200);
	const allowed = String(headers['content-security-policy']);
	assert.match(allowed, /default-src 'none'/);
	assert.match(allowed, /script-src 'sha256-/);
	assert.match(allowed, /frame-ancestors 'none'/);
	assert.doesNotMatch(allowed, /unsafe|https?:|\*/);
	assert.equal(headers['cache-control'], 'no-store');
	assert.equal(headers['referrer-policy'], 'no-referrer');
	assert.equal(headers['x-content-type-options'], 'nosniff');
	assert.equal(Number(headers['content-length']), Buffer.byteLength(text));
});

test('HEAD answers as GET does, without the page', async t => {
	const {ask} = await served(t, board);
	const {status, headers, text} = await ask('/', {method: 'HEAD'});
	assert.equal(status, 200);
	assert.equal(text, '');
	assert.ok(Number(headers['content-length']) > 1000);
	assert.equal((await ask('/stream', {method: 'HEAD'})).status, 200, 'it ends, though a stream does not');
});

test('another path, method, host or address is refused', async t => {
	const {ask} = await served(t, board);
	assert.equal((await ask('/other')).status, 404);
	assert.equal((await ask('/', {method: 'POST', headers: sameSite})).status, 405);
	assert.equal((await ask('/', {method: 'DELETE'})).status, 405);
	assert.equal((await ask('/', {headers: {host: 'evil.example'}})).status, 421);
	assert.equal((await ask('//evil.example/')).status, 400);
});

test('a POST from another site, or from nobody knows where, is refused', async t => {
	const {ask, url} = await served(t, board, {routes: [takes]});
	const post = (headers: Record<string, string>) =>
		ask('/take', {method: 'POST', headers: {...form, ...headers}}, 'a=1');
	assert.equal((await post({})).status, 403);
	assert.equal((await post({'sec-fetch-site': 'cross-site'})).status, 403);
	assert.equal((await post({'sec-fetch-site': 'same-site'})).status, 403);
	assert.equal((await post({'sec-fetch-site': 'none'})).status, 403);
	assert.equal((await post({origin: 'https://evil.example'})).status, 403);
	assert.equal((await post({origin: 'null'})).status, 403);
	assert.equal((await post({origin: url})).text, '1');
	assert.equal((await post({'sec-fetch-site': 'same-origin'})).text, '1');
});

test('a form of more than 8 KiB, or no form, is refused', async t => {
	const {ask} = await served(t, board, {routes: [takes]});
	const post = (body: string, headers = sameSite) => ask('/take', {method: 'POST', headers}, body);
	assert.equal((await post(`a=${'x'.repeat(8190)}`)).status, 200);
	assert.equal((await post(`a=${'x'.repeat(8191)}`)).status, 413);
	assert.equal((await post('{"a":1}', {...sameSite, 'content-type': 'application/json'})).status, 415);
});

test('a header of more than 8 KiB ends the request', async t => {
	const {ask} = await served(t, board);
	assert.equal((await ask('/', {headers: {cookie: 'x'.repeat(9000)}})).status, 431);
});

test('what breaks in a route is an error page, and the server goes on', async t => {
	const broken: Route = {
		method: 'GET',
		path: '/broken',
		name: 'broken',
		handle: () => {
			throw new Error('by a test');
		},
	};
	const {ask, log} = await served(t, board, {routes: [broken]});
	const {status, text} = await ask('/broken');
	assert.equal(status, 500);
	assert.doesNotMatch(text, /by a test/);
	assert.ok(log.some(line => line.includes('by a test')));
	assert.equal((await ask('/')).status, 200);
});

test('the log names routes, and neither addresses nor codes', async t => {
	const {ask, log} = await served(t, board, {code});
	await ask(`/?code=${code}`);
	await ask('/open', {method: 'POST', headers: sameSite}, `code=${code}`);
	await ask(`/${code}`);
	assert.deepEqual(log, ['GET page 200', 'POST open 303', 'GET - 404']);
});

test('without the code of the link nothing of the cutover is shown', async t => {
	const {ask} = await served(t, board, {code});
	const {text} = await ask('/');
	assert.match(text, /Open the page/);
	assert.ok(!text.includes(board.status.title));
	assert.equal((await ask('/stream')).status, 403);
	assert.match((await ask('/', {headers: {cookie: `cutover-view=${code}`}})).text, /Open the page/);
	const wrong = await ask('/open', {method: 'POST', headers: sameSite}, `code=${'B'.repeat(22)}`);
	assert.equal(wrong.status, 403);
	assert.equal(wrong.headers['set-cookie'], undefined);
});

test('the code of the link opens the page, also after the server was killed', async t => {
	const first = await served(t, board, {code});
	const opened = await first.ask('/open', {method: 'POST', headers: sameSite}, `code=${code}`);
	assert.equal(opened.status, 303);
	const given = String(opened.headers['set-cookie']?.[0]);
	assert.match(given, /HttpOnly; SameSite=Lax/);
	assert.ok(!given.includes(code));
	const cookie = given.split(';')[0] ?? '';
	assert.match((await first.ask('/', {headers: {cookie}})).text, /PREPARING/);
	await first.stop();
	const second = await served(t, board, {code});
	assert.match((await second.ask('/', {headers: {cookie}})).text, /PREPARING/);
});

test('a mail gateway that writes # as %23 leads to the same page', async t => {
	const {ask} = await served(t, board, {code});
	assert.match((await ask(`/%23${code}`)).text, /Open the page/);
});

test('older entries have a page of their own, behind the same link', async t => {
	const {ask} = await served(t, board);
	assert.match((await ask('/journal?before=5')).text, /Journal: /);
	for (const wrong of ['0', '1', 'x', '-3', '1.5']) assert.equal((await ask(`/journal?before=${wrong}`)).status, 404);
	const closed = await served(t, board, {code});
	assert.match((await closed.ask('/journal?before=5')).text, /Open the page/);
});

test('a reader gets the sections that changed, and no others', async t => {
	const at = await served(t, board);
	const {messages, count, leave} = await follow(at);
	t.after(leave);
	assert.equal(Object.keys(messages[0]?.sections ?? {}).length, 11);
	at.show({...board, status: {...board.status, headline: {...board.status.headline, word: 'CHANGED'}}});
	await count(2);
	assert.deepEqual(Object.keys(messages[1]?.sections ?? {}), ['now']);
	assert.match(messages[1]?.sections['now'] ?? '', /CHANGED/);
	assert.match(messages[1]?.title ?? '', /CHANGED/);
});

test('a reader whose link ends hears nothing more of it', async t => {
	let isOpen = true;
	const at = await served(t, board, {mayLook: () => isOpen});
	const {messages, ended} = await follow(at);
	isOpen = false;
	at.show({...board, journal: []});
	await ended();
	assert.equal(messages.length, 1);
	assert.equal((await at.ask('/stream')).status, 403);
});

test('a reader that comes back gets what changed meanwhile', async t => {
	const at = await served(t, board);
	const first = await follow(at);
	const {id = ''} = first.messages[0] ?? {};
	at.show({...board, journal: []});
	await first.count(2);
	first.leave();
	const {messages, leave} = await follow(at, '/stream', {'last-event-id': id});
	t.after(leave);
	assert.deepEqual(Object.keys(messages[0]?.sections ?? {}), ['journal']);
	const other = await follow(at, '/stream?since=another-1');
	t.after(other.leave);
	assert.equal(Object.keys(other.messages[0]?.sections ?? {}).length, 11);
});

test('a stream is not held back by a proxy', async t => {
	const at = await served(t, board);
	const found = await new Promise<Record<string, unknown>>(resolve => {
		const asked = request(`${at.url}/stream`, {agent: false}, response => {
			resolve(response.headers);
			response.destroy();
		});
		asked.on('error', () => {});
		asked.end();
	});
	assert.equal(found['x-accel-buffering'], 'no');
	assert.match(String(found['cache-control']), /no-transform/);
	assert.match(String(found['content-type']), /^text\/event-stream/);
});

test('the close is the last thing that a reader hears', async t => {
	const at = await served(t, board);
	const {messages, ended} = await follow(at);
	at.show(moment('closed'));
	await ended();
	assert.equal(messages.at(-1)?.over, true);
	const late = await follow(at);
	await late.ended();
	assert.equal(late.messages[0]?.over, true);
});

test('256 readers get a change, and one more is not let in', async t => {
	const at = await served(t, board);
	const readers = await Promise.all(Array.from({length: 256}, () => follow(at)));
	t.after(() => {
		for (const {leave} of readers) leave();
	});
	assert.equal((await at.ask('/stream')).status, 503);
	at.show({...board, journal: []});
	await Promise.all(readers.map(({count}) => count(2)));
	assert.equal((await at.ask('/')).status, 200);
});

test('a reader that sends its header too slowly is not waited for by the others', async t => {
	const at = await served(t, board);
	const {port} = new URL(at.url);
	const slow = connect(Number(port), '127.0.0.1');
	t.after(() => slow.destroy());
	await new Promise(done => slow.once('connect', done));
	slow.write('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-');
	assert.equal((await at.ask('/')).status, 200);
});

import assert from 'node:assert/strict';
import http, {type RequestListener} from 'node:http';
import net, {type AddressInfo, type Server, type Socket} from 'node:net';
import {type TestContext, test} from 'node:test';
import type {Reply} from '../../../source/rollback/github/answer.ts';
import {type ApiRequest, request} from '../../../source/rollback/github/request.ts';
import {instantClock, token, usual} from './hub.ts';

async function listening(t: TestContext, server: Server): Promise<string> {
	const sockets = new Set<Socket>();
	server.on('connection', socket => sockets.add(socket));
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	t.after(() => {
		for (const socket of sockets) socket.destroy();
		server.close();
	});
	return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const web = (t: TestContext, answer: RequestListener): Promise<string> => listening(t, http.createServer(answer));

/** What a bare server does with a connection. */
const wire = (t: TestContext, connected: (socket: Socket) => void): Promise<string> =>
	listening(
		t,
		net.createServer(socket => {
			socket.on('error', () => {});
			connected(socket);
		}),
	);

async function ask(api: string, asked: Partial<ApiRequest> = {}, timeoutMs = usual, own = token): Promise<Reply> {
	const remote = {repository: 'orders/shop', ref: 'main', token: 'GITHUB_TOKEN', api};
	const reply = await request(
		{remote, token: own, clock: instantClock(timeoutMs), timeoutMs, longestWaitMs: 600_000, env: {}, ca: []},
		{path: '/x', ...asked},
	);
	assert.ok(!JSON.stringify(reply).includes(token));
	return reply;
}

/** Of what never comes; what does come has this time for it on a busy machine. */
const short = 2000;

test('a request says who asks, with what right, and which GitHub it expects', async t => {
	let observed: http.IncomingHttpHeaders = {};
	const host = await web(t, ({headers}, response) => {
		observed = headers;
		response.end('{}');
	});
	await ask(`http://${host}`);
	assert.equal(observed.authorization, `Bearer ${token}`);
	assert.equal(observed.accept, 'application/vnd.github+json');
	assert.equal(observed['x-github-api-version'], '2022-11-28');
	assert.equal(observed['user-agent'], 'cutover-tui');
});

const neverSent: Readonly<Record<string, (t: TestContext) => Promise<Reply>>> = {
	'a refused connection': async t => {
		const server = net.createServer();
		const host = await listening(t, server);
		await new Promise(resolve => server.close(resolve));
		return ask(`http://${host}`, {post: {}});
	},
	'a name that nobody knows': () => ask('http://nowhere.invalid', {post: {}}),
	'a server that speaks no TLS': async t => {
		const host = await wire(t, socket => socket.end('220 hello\r\n'));
		return ask(`https://${host}`, {post: {}});
	},
	'a TLS handshake that breaks': async t => {
		const host = await wire(t, socket => socket.once('data', () => socket.resetAndDestroy()));
		return ask(`https://${host}`, {post: {}});
	},
	'a TLS handshake that never ends': async t => {
		const host = await wire(t, () => {});
		return ask(`https://${host}`, {post: {}}, short);
	},
	'a token that no header can carry': () => ask('http://127.0.0.1:9', {post: {}}, usual, `${token}\n`),
	'an address that is none': () => ask('nonsense', {post: {}}),
};

for (const [what, attempt] of Object.entries(neverSent)) {
	test(`${what} is unsent: nothing can have been received`, async t => {
		const reply = await attempt(t);
		assert.equal(reply.kind, 'unsent');
		assert.match(reply.why, /./);
	});
}

const unanswered: Readonly<Record<string, readonly [(socket: Socket) => void, number | null, RegExp]>> = {
	'a connection that is reset': [
		socket => socket.resetAndDestroy(),
		null,
		/^connection closed by the other side \(127/,
	],
	'a connection that is closed': [socket => socket.end(), null, /^connection closed by the other side \(127/],
	'an answer that never comes': [() => {}, null, /^no answer in 2s \(127/],
	'an answer that stops amid its body': [
		socket => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nfour'),
		200,
		/^no answer in 2s/,
	],
	'an answer that breaks amid its body': [
		socket => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nfour'),
		200,
		/^connection closed by the other side/,
	],
	'an answer that is no HTTP': [socket => socket.end('hello\r\n\r\n'), null, /./],
	'an answer above 4 MiB': [
		socket => socket.end(`HTTP/1.1 200 OK\r\n\r\n${'x'.repeat(4 * 1024 * 1024 + 1)}`),
		200,
		/^the answer is longer than 4194304 bytes/,
	],
};

for (const [what, [answer, status, why]] of Object.entries(unanswered)) {
	test(`${what} is silent: it may have been received`, async t => {
		const host = await wire(t, socket => socket.once('data', () => answer(socket)));
		const reply = await ask(`http://${host}`, {post: {}}, /no answer/.test(why.source) ? short : usual);
		assert.equal(reply.kind, 'silent');
		assert.match(reply.why, why);
		assert.equal(reply.status, status);
	});
}

for (const status of [301, 302, 307, 308, 401, 407, 408, 421, 429, 500, 503]) {
	test(`a POST that is answered ${status} was sent once, and is sent nowhere else`, async t => {
		let posts = 0;
		const host = await web(t, ({url, method}, response) => {
			posts += 1;
			assert.deepEqual([method, url], ['POST', '/x']);
			response.writeHead(status, {location: '/elsewhere'}).end();
		});
		const reply = await ask(`http://${host}`, {post: {}});
		assert.deepEqual([reply.kind === 'answer' && reply.status, posts], [status, 1]);
	});
}

test('a GET follows a redirect, without the token where another server answers', async t => {
	const observed: (string | undefined)[] = [];
	const other = await web(t, ({headers}, response) => {
		observed.push(headers.authorization);
		response.end('the log');
	});
	const host = await web(t, ({url, headers}, response) => {
		observed.push(headers.authorization);
		response.writeHead(302, {location: url === '/x' ? '/moved' : `http://${other}/log`}).end();
	});
	const reply = await ask(`http://${host}`);
	assert.equal(reply.kind === 'answer' && reply.body, 'the log');
	assert.deepEqual(observed, [`Bearer ${token}`, `Bearer ${token}`, undefined]);
});

test('redirects that lead in a circle end as an answer', async t => {
	const host = await web(t, (_, response) => response.writeHead(302, {location: '/x'}).end());
	const reply = await ask(`http://${host}`);
	assert.equal(reply.kind === 'answer' && reply.status, 302);
});

test('a cached answer is revalidated and reloaded only when it changed', async t => {
	const asked: (string | undefined)[] = [];
	const host = await web(t, ({headers}, response) => {
		asked.push(headers['if-none-match']);
		const same = headers['if-none-match'] === '"1"';
		response.writeHead(same ? 304 : 200, {etag: '"1"', date: same ? 'Sat, 08 Mar 2031 21:00:05 GMT' : 'none'});
		response.end(same ? undefined : 'body');
	});
	const first = await ask(`http://${host}`);
	assert.ok(first.kind === 'answer');
	const second = await ask(`http://${host}`, {known: first});
	assert.ok(second.kind === 'answer');
	assert.deepEqual(asked, [undefined, '"1"']);
	assert.deepEqual([second.status, second.body, second.etag], [200, 'body', '"1"']);
	assert.equal(second.date, 1_930_770_005_000);
});

const date = 'Sat, 08 Mar 2031 21:00:00 GMT';
const waits: readonly (readonly [number, Readonly<Record<string, string>>, number | null])[] = [
	[403, {'retry-after': '60'}, 60],
	[429, {'retry-after': 'Sat, 08 Mar 2031 21:01:30 GMT', date}, 90],
	[403, {'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${1_930_770_000 + 42}`, date}, 42],
	[403, {'x-ratelimit-remaining': '17', 'x-ratelimit-reset': `${1_930_770_000 + 42}`, date}, null],
	[200, {'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${1_930_770_000 + 42}`, date}, null],
	[403, {'retry-after': 'soon'}, null],
];

for (const [status, headers, seconds] of waits) {
	test(`${status} with ${Object.keys(headers).join(', ')} asks to wait ${seconds ?? 'for nothing'}`, async t => {
		const host = await web(t, (_, response) => response.writeHead(status, headers).end());
		const reply = await ask(`http://${host}`);
		assert.equal(reply.kind === 'answer' && reply.retryAfterSeconds, seconds);
	});
}

test('of a long log the end is kept, from the beginning of a line on', async t => {
	const host = await web(t, (_, response) => {
		for (let line = 1; line <= 10_000; line++) response.write(`line ${line} é\n`);
		response.end();
	});
	const reply = await ask(`http://${host}`, {endBytes: 100});
	assert.ok(reply.kind === 'answer');
	assert.match(reply.body, /^line \d+ é\n(?:line \d+ é\n)*line 10000 é\n$/);
	assert.ok(Buffer.byteLength(reply.body) <= 100);
});

test('a token that an answer repeats is cleared from it', async t => {
	const host = await web(t, ({headers}, response) => response.writeHead(500).end(`you sent ${headers.authorization}`));
	const reply = await ask(`http://${host}`);
	assert.equal(reply.kind === 'answer' && reply.body, 'you sent Bearer [redacted]');
});

test('a request that is given up is over at once', async t => {
	const host = await wire(t, () => {});
	const remote = {repository: 'orders/shop', ref: 'main', token: 'GITHUB_TOKEN', api: `http://${host}`};
	const access = {
		remote,
		token,
		clock: instantClock(usual),
		timeoutMs: usual,
		longestWaitMs: 600_000,
		env: {},
		ca: [],
		signal: AbortSignal.abort(),
	};
	assert.equal((await request(access, {path: '/x'})).kind, 'unsent');
});

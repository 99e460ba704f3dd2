import assert from 'node:assert/strict';
import type {RequestListener} from 'node:http';
import {type TestContext, test} from 'node:test';
import {ask} from '../../source/probes/ask.ts';
import {askHttp} from '../../source/probes/ask-http.ts';
import type {Found} from '../../source/probes/probe.ts';
import {closedPort, context, heldClock, http, listen, portOf, type Rest, serve} from './around.ts';

/** `verdict reason` of one server's answer. */
async function verdict(t: TestContext, answer: RequestListener, rest: Rest = {}): Promise<string> {
	const {verdict, reason} = await ask(http(await serve(t, answer), rest), context());
	return `${verdict} ${reason}`.trim();
}

const found = async (t: TestContext, answer: RequestListener, rest: Rest = {}): Promise<Found> =>
	askHttp(http(await serve(t, answer), rest), context());

const status =
	(code: number, body = '', headers: Record<string, string> = {}): RequestListener =>
	(_, response) => {
		response.writeHead(code, headers).end(body);
	};

test('a status of 200 is up, with the time of each phase', async t => {
	const {answered, took, phases, version} = await found(t, status(200, 'all is well'));
	assert.equal(answered.status, 200);
	assert.equal(answered.error, undefined);
	assert.deepEqual(Object.keys(phases), ['dns', 'tcp', 'firstByte']);
	assert.equal(version, null);
	assert.equal(answered.ms, took);
	assert.equal(answered.timeoutMs, 5000);
	const sum = Object.values(phases).reduce((all, ms) => all + ms, 0);
	assert.ok(took > 0 && sum <= took + 0.3, `${JSON.stringify(phases)} of ${took}`);
	assert.equal(took, Math.round(took * 10) / 10);
});

test('what is sent is a plain GET that asks for no compression and no second request', async t => {
	let observed = '';
	await found(t, ({method, url, headers}, response) => {
		observed = `${method} ${url} ${headers['user-agent']} ${headers.connection} ${headers['accept-encoding']}`;
		response.end();
	});
	assert.equal(observed, 'GET / cutover-tui close undefined');
});

test('the path and the query of the address are asked for, and its port is named', async t => {
	let observed = '';
	const url = await serve(t, (request, response) => {
		observed = `${request.headers.host}${request.url}`;
		response.end();
	});
	await askHttp(http(`${url}/a%20b?deep=1`), context());
	assert.equal(`http://${observed}`, `${url}/a%20b?deep=1`);
});

test('a status of 500 is down, and its body is not waited for', async t => {
	const endless: RequestListener = (_, response) => void response.writeHead(500).write('one moment');
	assert.equal(await verdict(t, endless, {body: 'ok'}), 'fail HTTP 500');
});

test('the expected status is up, and any other is down', async t => {
	assert.equal(await verdict(t, status(401), {status: 401}), 'ok');
	assert.equal(await verdict(t, status(200), {status: 401}), 'fail HTTP 200');
});

const toHealth: RequestListener = ({url}, response) => {
	if (url === '/health') response.end('fine');
	else response.writeHead(302, {location: '/health'}).end();
};

test('a redirect is down, unless it is followed', async t => {
	assert.equal(await verdict(t, toHealth), 'fail HTTP 302');
	assert.equal(await verdict(t, toHealth, {follow: true}), 'ok');
	assert.equal(await verdict(t, toHealth, {follow: true, body: 'fine'}), 'ok');
	assert.equal(await verdict(t, toHealth, {follow: true, body: 'well'}), 'fail body lacks "well"');
});

test('a redirect to the next port is followed there', async t => {
	const there = await serve(t, toHealth);
	assert.equal(await verdict(t, status(307, '', {location: `${there}/health`}), {follow: true, body: 'fine'}), 'ok');
});

test('the sixth redirect is one too many, and the fifth is not', async t => {
	let asked = 0;
	const loop: RequestListener = (_, response) => {
		asked += 1;
		response.writeHead(302, {location: '/'}).end();
	};
	assert.equal(await verdict(t, loop, {follow: true}), 'fail too many redirects');
	assert.equal(asked, 6);
	const count: RequestListener = ({url}, response) => {
		const next = Number(url?.slice(1)) + 1;
		if (next > 5) response.end();
		else response.writeHead(302, {location: `/${next}`}).end();
	};
	assert.equal(await verdict(t, count, {follow: true}), 'ok');
});

test('a redirect to what is not http, or to no address at all, is down', async t => {
	for (const location of ['ftp://127.0.0.1/', 'file:///etc/passwd', 'http://:80'])
		assert.equal(
			await verdict(t, status(302, '', {location}), {follow: true}),
			`fail redirect to ${location}`,
			location,
		);
	assert.equal(await verdict(t, status(302), {follow: true}), 'fail HTTP 302', 'without a Location');
});

test('an expected text is found anywhere in the body, also across two packets', async t => {
	assert.equal(await verdict(t, status(200, '{"status": "ok"}'), {body: '"ok"'}), 'ok');
	assert.equal(await verdict(t, status(200, 'Wartungsfenster: größer'), {body: 'größer'}), 'ok');
	const split: RequestListener = (_, response) => {
		response.write('{"status": "o');
		setImmediate(() => response.end('k"}'));
	};
	assert.equal(await verdict(t, split, {body: '"ok"'}), 'ok');
});

test('a body without the expected text is down, also an empty one', async t => {
	assert.equal(await verdict(t, status(200, '<html>maintenance'), {body: '"ok"'}), 'fail body lacks ""ok""');
	assert.equal(await verdict(t, status(204), {body: '"ok"'}), 'fail body lacks ""ok""');
});

test('reading ends with what is sought, although the body never ends', async t => {
	const drip: RequestListener = (_, response) => void response.write('it is "ok" and goes on');
	assert.equal(await verdict(t, drip, {body: '"ok"'}), 'ok');
});

test('the text is searched in the first 64 KiB only, and the reason says so', async t => {
	const closed = Promise.withResolvers<void>();
	const flood: RequestListener = (_, response) => {
		const more = (): void => {
			while (response.write('x'.repeat(16_384)));
		};
		response.on('drain', more).once('close', () => closed.resolve());
		more();
	};
	const {answered} = await found(t, flood, {body: '"ok"'});
	assert.equal(answered.error, undefined);
	assert.equal(answered.body?.length, 65_536);
	await closed.promise;
});

test('without an expected body the status decides, and the connection is closed at once', async t => {
	const closed = Promise.withResolvers<void>();
	const drip: RequestListener = (_, response) => {
		response.once('close', () => closed.resolve()).write('.');
	};
	assert.equal(await verdict(t, drip), 'ok');
	await closed.promise;
});

test('an answer that is late is down with that reason at once', async t => {
	const {clock, end} = heldClock();
	const asked = await ask(http(await serve(t, end)), context({clock}));
	assert.deepEqual([asked.verdict, asked.reason], ['fail', 'no answer in 5s']);
	assert.deepEqual(Object.keys(asked.phases), ['dns', 'tcp']);
});

test('headers that drip are late, and say when their first byte came', async t => {
	const {clock, endSoon} = heldClock();
	const server = await listen(t, socket => void socket.write('HTTP/1.1 200 OK\r\nServer: slo', endSoon));
	const asked = await ask(http(`http://127.0.0.1:${portOf(server)}`), context({clock}));
	assert.deepEqual([asked.verdict, asked.reason], ['fail', 'no answer in 5s']);
	assert.deepEqual(Object.keys(asked.phases), ['dns', 'tcp', 'firstByte']);
});

test('a body that drips without the expected text is late', async t => {
	const {clock, endSoon} = heldClock();
	const drip: RequestListener = (_, response) => void response.write('.', endSoon);
	const asked = await ask(http(await serve(t, drip), {body: 'ok'}), context({clock}));
	assert.deepEqual([asked.verdict, asked.reason], ['fail', 'no answer in 5s']);
});

test('redirects share one time-out', async t => {
	const {clock, end} = heldClock();
	const once: RequestListener = ({url}, response) => {
		if (url === '/there') end();
		else response.writeHead(302, {location: '/there'}).end();
	};
	const asked = await ask(http(await serve(t, once), {follow: true}), context({clock}));
	assert.equal(asked.reason, 'no answer in 5s');
});

test('a refused connection is down, and nothing after it was measured', async () => {
	const asked = await ask(http(`http://127.0.0.1:${await closedPort()}`), context());
	assert.deepEqual([asked.verdict, asked.reason], ['fail', 'connection refused']);
	assert.deepEqual(Object.keys(asked.phases), ['dns']);
});

test('a connection that is closed instead of an answer, or in the middle of one, is down', async t => {
	const rude = await listen(t, socket => void socket.once('data', () => socket.destroy()));
	const asked = await ask(http(`http://127.0.0.1:${portOf(rude)}`), context());
	assert.deepEqual([asked.verdict, asked.reason], ['fail', 'connection closed by the other side']);
	const half: RequestListener = (_, response) => {
		response.writeHead(200, {'content-length': '100'}).write('half of it');
		setImmediate(() => response.destroy());
	};
	assert.equal(await verdict(t, half, {body: 'ok'}), 'fail connection closed by the other side');
});

test('what is no HTTP is down, and so are headers without end', async t => {
	const raw = async (text: string): Promise<string> => {
		const server = await listen(t, socket => void socket.once('data', () => socket.write(text)));
		return (await ask(http(`http://127.0.0.1:${portOf(server)}`), context())).reason;
	};
	assert.match(await raw('SSH-2.0-OpenSSH_9.6\r\n'), /^answer is not HTTP \(HPE_/);
	assert.equal(await raw(`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(40_000)}`), 'answer with headers above 16 KiB');
});

test('an IPv6 address is probed without a name look-up', async t => {
	const url = await serve(t, status(200), '::1');
	assert.equal((await ask(http(url), context())).verdict, 'ok');
});

test('a hundred probes at once are all answered, each measured by itself', async t => {
	const url = await serve(t, status(200));
	const all = await Promise.all(Array.from({length: 100}, () => ask(http(url), context())));
	assert.ok(all.every(({verdict}) => verdict === 'ok'));
});

test('a watcher that stops gives an unknown at once, before the answer and before the question', async t => {
	const stop = new AbortController();
	const url = await serve(t, () => stop.abort());
	for (const time of ['while it waits', 'before it asks']) {
		const {verdict, reason} = await ask(http(url), context({signal: stop.signal}));
		assert.deepEqual([verdict, reason], ['unknown', 'the watcher could not ask'], time);
	}
});

test('an address that no program could ask is unknown, and never the fault of the service', async () => {
	for (const url of ['http://127.0.0.1:99999', 'nowhere at all']) {
		const {verdict, reason} = await ask(http(url), context());
		assert.deepEqual([verdict, reason], ['unknown', 'the watcher could not ask'], url);
	}
});

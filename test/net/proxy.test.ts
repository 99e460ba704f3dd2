import assert from 'node:assert/strict';
import {once} from 'node:events';
import {type AddressInfo, connect, createServer, type Socket} from 'node:net';
import {type TestContext, test} from 'node:test';
import {systemClock} from '../../source/cli/clock.ts';
import {outcomeOf} from '../../source/net/exchange.ts';
import {proxyFor} from '../../source/net/proxy.ts';
import {ask} from '../../source/probes/ask.ts';
import {closedPort, context, heldClock, http} from '../probes/around.ts';

/** By which proxy an address is asked; `-` for none, or why not. */
function by(address: string, env: Readonly<Record<string, string>>): string {
	try {
		return proxyFor(new URL(address), env)?.name ?? '-';
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
}

const both = {HTTP_PROXY: 'http://plain.test:3128', HTTPS_PROXY: 'http://secure.test:3128'};

test('the proxy is the one of the scheme, in lower or upper case, or else that for all', () => {
	assert.equal(by('http://app.test/', both), 'plain.test:3128');
	assert.equal(by('https://app.test/', both), 'secure.test:3128');
	assert.equal(by('http://app.test/', {...both, http_proxy: 'lower.test:80'}), 'lower.test:80');
	assert.equal(by('https://app.test/', {HTTP_PROXY: 'plain.test:1'}), '-');
	for (const name of ['ALL_PROXY', 'all_proxy'])
		assert.equal(by('https://app.test/', {[name]: 'all.test:1'}), 'all.test:1');
	assert.equal(by('http://app.test/', {HTTP_PROXY: '', ALL_PROXY: ' '}), '-');
});

test('a proxy is named without its login, and its port is that of its scheme', () => {
	assert.equal(by('http://app.test/', {HTTP_PROXY: 'http://user:pass@p.test'}), 'p.test:80');
	assert.equal(by('http://app.test/', {HTTP_PROXY: 'https://p.test'}), 'p.test:443');
});

test('an invalid proxy address is reported by its variable, an unsupported one by its kind', () => {
	assert.equal(by('http://app.test/', {HTTP_PROXY: 'http://'}), 'HTTP_PROXY is not the address of a proxy');
	assert.match(by('http://app.test/', {ALL_PROXY: 'ftp://p.test:21'}), /^ALL_PROXY names a proxy of kind ftp/);
	assert.equal(by('http://app.test/', {ALL_PROXY: 'socks5h://p.test'}), 'p.test:1080');
});

test('this machine itself is asked by no proxy', () => {
	for (const host of ['localhost', 'app.localhost', '127.0.0.1', '127.9.9.9', '[::1]'])
		assert.equal(by(`http://${host}:8080/`, both), '-', host);
});

const excepted: readonly (readonly [rules: string, address: string, isDirect: boolean])[] = [
	['*', 'http://app.test/', true],
	['app.test', 'http://app.test/', true],
	['APP.test', 'http://app.TEST./', true],
	['test', 'http://app.test/', true],
	['.test', 'http://app.test/', true],
	['*.test', 'http://a.b.test/', true],
	['pp.test', 'http://app.test/', false],
	['app.test.org', 'http://app.test/', false],
	['other.test, app.test', 'http://app.test/', true],
	['other.test app.test', 'http://app.test/', true],
	['app.test:8080', 'http://app.test:8080/', true],
	['app.test:8080', 'http://app.test/', false],
	['app.test:443', 'https://app.test/', true],
	['10.0.0.0/8', 'http://10.9.8.7/', true],
	['10.0.0.0/8', 'http://11.9.8.7/', false],
	['10.0.0.0/99', 'http://10.9.8.7/', false],
	['10.9.8.7', 'http://10.9.8.7/', true],
	['8.7', 'http://10.9.8.7/', false],
	['fd00::/8', 'http://[fd12::1]/', true],
	['[fd12::1]:80', 'http://[fd12::1]/', true],
	['fd00::/8', 'http://10.9.8.7/', false],
	['', 'http://app.test/', false],
];

for (const [rules, address, isDirect] of excepted) {
	test(`NO_PROXY=${rules} ${isDirect ? 'asks' : 'does not ask'} ${address} directly`, () => {
		assert.equal(by(address, {...both, NO_PROXY: rules}) === '-', isDirect);
		assert.equal(by(address, {...both, no_proxy: rules}) === '-', isDirect);
	});
}

/** A proxy that does this with each connection; answers with its port, and with the heads that it was sent. */
async function proxy(t: TestContext, answer: (socket: Socket) => void): Promise<{port: number; heads: string[]}> {
	const heads: string[] = [];
	const open = new Set<Socket>();
	const server = createServer(socket => {
		open.add(socket);
		socket.on('error', () => {});
		socket.once('data', head => {
			heads.push(head.toString());
			answer(socket);
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	t.after(() => {
		for (const socket of open) socket.destroy();
		server.close();
	});
	return {port: (server.address() as AddressInfo).port, heads};
}

const says = (status: string) => (socket: Socket) => void socket.end(`HTTP/1.1 ${status}\r\nContent-Length: 0\r\n\r\n`);

async function verdict(url: string, proxyUrl: string, clock = systemClock): Promise<string> {
	const env = {HTTP_PROXY: proxyUrl, HTTPS_PROXY: proxyUrl};
	const said = await ask(http(url), context({env, clock}));
	return `${said.verdict} ${said.reason}`.trim();
}

test('a plain address is sent to the proxy whole, with the login that it names', async t => {
	const {port, heads} = await proxy(t, says('200 OK'));
	assert.equal(await verdict('http://app.test:8080/health?deep=1', `http://me:p%40ss@127.0.0.1:${port}`), 'ok');
	assert.match(heads[0] ?? '', /^GET http:\/\/app\.test:8080\/health\?deep=1 HTTP\/1\.1\r\n/);
	assert.match(heads[0] ?? '', /\r\nhost: app\.test:8080\r\n/i);
	assert.ok(heads[0]?.includes(`Basic ${Buffer.from('me:p@ss').toString('base64')}`));
});

test('a proxy that cannot be used leaves the service unknown, and is named', async t => {
	const closed = await closedPort();
	const locked = await proxy(t, says('407 Proxy Authentication Required'));
	const forbids = await proxy(t, says('403 Forbidden'));
	const {clock, end} = heldClock();
	const silent = await proxy(t, end);
	for (const url of ['http://app.test/', 'https://app.test/']) {
		const name = (port: number): string => `127.0.0.1:${port}`;
		assert.equal(await verdict(url, name(closed)), `unknown proxy ${name(closed)}: ECONNREFUSED`);
		assert.match(
			await verdict(url, name(locked.port)),
			/^unknown proxy 127.*\(HTTP 407.*login|^unknown proxy 127.*wants a login \(HTTP 407\)/,
		);
		assert.match(
			await verdict(url, 'nowhere.invalid:3128'),
			/^unknown proxy nowhere\.invalid:3128: (?:ENOTFOUND|EAI_AGAIN)/,
		);
	}
	assert.equal(
		await verdict('https://app.test/', `127.0.0.1:${forbids.port}`),
		`unknown proxy 127.0.0.1:${forbids.port} refuses app.test:443 (HTTP 403)`,
	);
	assert.equal(await verdict('https://app.test/', `127.0.0.1:${silent.port}`, clock), 'fail no answer in 5s');
});

test('a proxy that could not reach the service says that the service is down', async t => {
	const {port} = await proxy(t, says('502 Bad Gateway'));
	const name = `127.0.0.1:${port}`;
	assert.equal(
		await verdict('https://app.test/', name),
		`fail proxy ${name} could not connect to app.test:443 (HTTP 502)`,
	);
	assert.equal(await verdict('http://app.test/', name), `fail HTTP 502 by proxy ${name}`);
});

test('a POST is unsent while the proxy has not connected it, and is never sent in the clear', async t => {
	const {port, heads} = await proxy(t, says('502 Bad Gateway'));
	const outcome = await outcomeOf(
		{
			url: new URL('https://github.test/dispatches'),
			method: 'POST',
			headers: {},
			own: {authorization: 'Bearer secret-token'},
			body: '{}',
			keep: {bytes: 1000, part: 'all'},
			route: {env: {HTTPS_PROXY: `127.0.0.1:${port}`}, ca: [], direct: false, insecure: false, lenient: false},
		},
		30_000,
		{clock: systemClock, signal: null},
	);
	assert.equal(outcome.kind, 'unsent');
	assert.equal(heads.length, 1);
	assert.ok(!heads.join('').includes('secret-token'));
});

/** A SOCKS5 proxy that wants this login, if any, and connects whatever it is asked for to one port. */
async function socks(
	t: TestContext,
	port: number,
	login: string | null,
	reply = 0,
): Promise<{port: number; asked: string[]}> {
	const asked: string[] = [];
	const open = new Set<Socket>();
	const server = createServer(async socket => {
		open.add(socket);
		socket.on('error', () => {});
		const next = async (): Promise<Buffer> => (await once(socket, 'data'))[0];
		const methods = await next();
		const method = login === null ? 0 : 2;
		if (!methods.subarray(2).includes(method)) return void socket.end(Buffer.from([5, 0xff]));
		socket.write(Buffer.from([5, method]));
		if (login !== null) {
			const given = await next();
			const user = given.subarray(2, 2 + (given[1] ?? 0)).toString();
			const word = given.subarray(3 + (given[1] ?? 0)).toString();
			socket.write(Buffer.from([1, `${user}:${word}` === login ? 0 : 1]));
		}
		const request = await next();
		const length = request[4] ?? 0;
		asked.push(`${request.subarray(5, 5 + length)}:${request.readUInt16BE(5 + length)}`);
		const answer = Buffer.from([5, reply, 0, 1, 0, 0, 0, 0, 0, 0]);
		if (reply !== 0) return void socket.end(answer);
		const beyond = connect(port, '127.0.0.1').on('error', () => socket.destroy());
		socket.pipe(beyond);
		socket.write(answer);
		beyond.pipe(socket);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	t.after(() => {
		for (const socket of open) socket.destroy();
		server.close();
	});
	return {port: (server.address() as AddressInfo).port, asked};
}

test('a SOCKS5 proxy connects by name, with a login where it wants one', async t => {
	const {port} = await proxy(t, says('200 OK'));
	const free = await socks(t, port, null);
	assert.equal(await verdict('http://app.test:8080/', `socks5h://127.0.0.1:${free.port}`), 'ok');
	assert.deepEqual(free.asked, ['app.test:8080']);
	const locked = await socks(t, port, 'me:p@ss');
	assert.equal(await verdict('http://app.test/', `socks5://me:p%40ss@127.0.0.1:${locked.port}`), 'ok');
	const plain = await socks(t, port, 'me:100%');
	assert.equal(await verdict('http://app.test/', `socks5://me:100%@127.0.0.1:${plain.port}`), 'ok');
	const name = `127.0.0.1:${locked.port}`;
	assert.equal(await verdict('http://app.test/', `socks5://${name}`), `unknown proxy ${name} wants a login`);
	assert.equal(await verdict('http://app.test/', `socks5://me:wrong@${name}`), `unknown proxy ${name} wants a login`);
});

test('a SOCKS5 proxy that could not connect says that the service is down, and one that refuses leaves it unknown', async t => {
	const {port} = await proxy(t, says('200 OK'));
	const refused = await socks(t, port, null, 5);
	assert.equal(
		await verdict('http://app.test/', `socks5://127.0.0.1:${refused.port}`),
		`fail proxy 127.0.0.1:${refused.port} could not connect to app.test:80 (connection refused)`,
	);
	const forbidden = await socks(t, port, null, 2);
	assert.equal(
		await verdict('https://app.test/', `socks5://127.0.0.1:${forbidden.port}`),
		`unknown proxy 127.0.0.1:${forbidden.port} refuses app.test:443`,
	);
});

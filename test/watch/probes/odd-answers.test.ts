/*
Health answers of the real world, each asked in four ways: directly, behind a proxy, behind a company's own certificate
authority, and behind both. The verdict is the same by each.
*/
import assert from 'node:assert/strict';
import {once} from 'node:events';
import {type AddressInfo, connect, createServer, type Server, type Socket} from 'node:net';
import {type TestContext, test} from 'node:test';
import {createServer as createTlsServer} from 'node:tls';
import {brotliCompressSync, deflateRawSync, deflateSync, gzipSync} from 'node:zlib';
import {ask} from '../../../source/watch/probes/ask.ts';
import type {EndpointOf} from '../../../source/watch/probes/found.ts';
import {context, http, serve} from './around.ts';
import {certificate, missing, serveTls} from './certificates.ts';

type Rest = Partial<EndpointOf<'http'>>;
/** What a server writes for an answer; `stays` leaves the connection open. */
type Odd = {readonly answer: readonly (string | Buffer)[]; readonly stays?: true; readonly rest?: Rest};

const body = 'status: UP, Größe: 3';
const sized = (bytes: Buffer, headers = ''): readonly (string | Buffer)[] => [
	`HTTP/1.1 200 OK\r\n${headers}Content-Length: ${bytes.length}\r\n\r\n`,
	bytes,
];
const encoded = (encoding: string, bytes: Buffer): Odd => ({answer: sized(bytes, `Content-Encoding: ${encoding}\r\n`)});
const typed = (type: string, bytes: Buffer): Odd => ({answer: sized(bytes, `Content-Type: ${type}\r\n`)});
const chunk = (text: string): string => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;

const odd: Readonly<Record<string, Odd>> = {
	'compressed by gzip': encoded('gzip', gzipSync(body)),
	'compressed by brotli': encoded('br', brotliCompressSync(body)),
	'compressed by deflate': encoded('deflate', deflateSync(body)),
	'compressed by deflate without a header of its own': encoded('Deflate', deflateRawSync(body)),
	'that only says it is compressed': encoded('gzip', Buffer.from(body)),
	'compressed and cut off': {
		answer: [
			`HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 9999\r\n\r\n`,
			gzipSync(body).subarray(0, -8),
		],
	},
	'in Latin-1': typed('text/plain; charset=ISO-8859-1', Buffer.from(body, 'latin1')),
	'in UTF-16 with a byte order mark': typed('text/plain', Buffer.from(`\ufeff${body}`, 'utf16le')),
	'in XML that names its own charset': typed(
		'text/xml',
		Buffer.from(`<?xml version="1.0" encoding="iso-8859-1"?><s>${body}</s>`, 'latin1'),
	),
	'in a charset that nobody knows': typed('text/plain; charset=x-house', Buffer.from(body)),
	'with line feeds alone': {
		answer: [`HTTP/1.1 200 OK\nContent-Type: text/plain\nContent-Length: ${Buffer.byteLength(body)}\n\n${body}`],
	},
	'of HTTP/1.0, without a length': {answer: [`HTTP/1.0 200 OK\r\n\r\n${body}`]},
	'without a reason beside its status': {answer: [`HTTP/1.1 200\r\n\r\n${body}`]},
	'in chunks that never end': {
		answer: [`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${chunk('status: ')}${chunk(body)}`],
		stays: true,
	},
	'in chunks, closed before their end': {
		answer: [`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${chunk(body)}`],
	},
	'with both a length and chunks': {
		answer: [`HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n${chunk(body)}0\r\n\r\n`],
	},
	'of one of several statuses': {answer: [`HTTP/1.1 429 Slow Down\r\n\r\n${body}`], rest: {status: [200, 429]}},
};

const answerWith =
	({answer, stays}: Odd) =>
	(socket: Socket): void => {
		socket.on('error', () => {});
		socket.once('data', () => {
			for (const part of answer) socket.write(part);
			if (!stays) socket.end();
		});
	};

async function listening(t: TestContext, server: Server): Promise<number> {
	const open = new Set<Socket>();
	server.on('connection', socket => open.add(socket));
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	t.after(() => {
		for (const socket of open) socket.destroy();
		server.close();
	});
	return (server.address() as AddressInfo).port;
}

/** A proxy that knows one server, by whatever name it is asked for. */
const proxyTo = (t: TestContext, port: number): Promise<number> =>
	listening(
		t,
		createServer(socket => {
			socket.on('error', () => {});
			socket.once('data', head => {
				const beyond = connect(port, '127.0.0.1').on('error', () => socket.destroy());
				if (head.toString().startsWith('CONNECT ')) socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
				else beyond.write(head);
				socket.pipe(beyond);
				beyond.pipe(socket);
			});
		}),
	);

const house = missing === false ? certificate('house-ca', 'DNS:localhost,DNS:app.test') : null;

/** `verdict reason` of an answer by each way, all the same or told apart. */
async function byEachWay(t: TestContext, about: Odd, rest: Rest): Promise<string> {
	const plain = await listening(t, createServer(answerWith(about)));
	const said: string[] = [];
	const met = async (url: string, env: Record<string, string> = {}): Promise<void> => {
		const {verdict, reason} = await ask(http(url, {timeoutSeconds: 4, ...about.rest, ...rest}), context({env}));
		said.push(`${verdict} ${reason}`.trim());
	};
	await met(`http://127.0.0.1:${plain}/health`);
	await met('http://app.test/health', {HTTP_PROXY: `http://127.0.0.1:${await proxyTo(t, plain)}`});
	if (house !== null) {
		const {key, cert, file} = house;
		const secure = await listening(t, createTlsServer({key, cert}, answerWith(about)));
		const trust = {NODE_EXTRA_CA_CERTS: file};
		await met(`https://localhost:${secure}/health`, trust);
		await met('https://app.test/health', {...trust, HTTPS_PROXY: `127.0.0.1:${await proxyTo(t, secure)}`});
	}
	return [...new Set(said)].join(' | ');
}

for (const [what, about] of Object.entries(odd)) {
	test(`an answer ${what} is read, by every way`, async t => {
		assert.equal(await byEachWay(t, about, {body: 'UP, Größe'}), 'ok');
		if (about.stays) return;
		const lacks = await byEachWay(t, about, {body: 'DOWN'});
		assert.match(lacks, /^fail (?:body lacks "DOWN"|connection closed by the other side)$/);
	});
}

test('an answer that is compressed by something else than it says is down, in words', async t => {
	const about = encoded('br', Buffer.from('not brotli at all'));
	assert.equal(await byEachWay(t, about, {body: 'UP'}), 'fail body is not br, as its header says');
});

test('a small answer that unpacks to very much is read no further than 64 KiB', async t => {
	const about = encoded('gzip', gzipSync(Buffer.alloc(50_000_000, 'x')));
	assert.equal(await byEachWay(t, about, {body: 'UP'}), 'fail body lacks "UP"');
});

test('a service that listens on IPv6 alone is found by the name localhost', async t => {
	const url = await serve(t, (_, response) => response.end('ok'), '::1');
	const {verdict, reason} = await ask(http(url.replace('[::1]', 'localhost')), context());
	assert.deepEqual([verdict, reason], ['ok', '']);
});

test('headers and credentials come from the environment that they name, and without it the state is unknown', async t => {
	const seen: string[] = [];
	const url = await serve(t, ({headers}, response) => {
		seen.push(`${headers.authorization} ${headers['x-tenant']} ${headers['x-key']}`);
		response.end();
	});
	const headers = {'X-Tenant': 'orders', 'X-Key': {secret: 'API_KEY'}};
	const env = {API_KEY: 'k-1', TOKEN: 't-1', PASSWORD: 'p:ö'};
	await ask(http(url, {headers, auth: {bearer: 'TOKEN'}}), context({env}));
	await ask(http(url, {headers, auth: {user: 'probe', password: 'PASSWORD'}}), context({env}));
	assert.deepEqual(seen, ['Bearer t-1 orders k-1', `Basic ${Buffer.from('probe:p:ö').toString('base64')} orders k-1`]);
	const {verdict, reason} = await ask(http(url, {auth: {bearer: 'TOKEN'}}), context());
	assert.deepEqual([verdict, reason], ['unknown', 'TOKEN is not set for the watcher']);
	assert.equal(seen.length, 2, 'it is not asked without its credentials');
});

test('credentials go only to the server of the endpoint, not to redirects or the version address', async t => {
	const seen: string[] = [];
	const other = await serve(t, ({headers, url}, response) => {
		seen.push(`${url} ${headers.authorization}`);
		response.end('2.4.1');
	});
	const url = await serve(t, (_, response) => response.writeHead(302, {location: `${other}/moved`}).end());
	const endpoint = http(url, {follow: true, version: `${other}/version`, auth: {bearer: 'TOKEN'}});
	const {verdict, version} = await ask(endpoint, context({env: {TOKEN: 't-1'}}));
	assert.deepEqual([verdict, version], ['ok', '2.4.1']);
	assert.deepEqual(seen.toSorted(), ['/moved undefined', '/version undefined']);
});

test('a certificate for the name is what counts behind a proxy as well', {skip: missing}, async t => {
	assert.ok(house);
	const port = await serveTls(t, house);
	const env = {NODE_EXTRA_CA_CERTS: house.file, HTTPS_PROXY: `http://127.0.0.1:${await proxyTo(t, port)}`};
	const {verdict, reason, proxy} = await ask(http('https://other.test/'), context({env}));
	assert.deepEqual([verdict, reason], ['fail', 'TLS: certificate is for localhost, app.test, not other.test']);
	assert.equal(proxy, env.HTTPS_PROXY.replace('http://', ''));
});

test('an endpoint that asks for no proxy is asked directly', async t => {
	const port = await listening(t, createServer(answerWith({answer: ['HTTP/1.1 200 OK\r\n\r\n']})));
	const env = {HTTP_PROXY: `http://127.0.0.1:${await proxyTo(t, port)}`};
	const by = await ask(http('http://app.invalid/'), context({env}));
	assert.deepEqual([by.verdict, by.proxy === null], ['ok', false]);
	const directly = await ask(http('http://app.invalid/', {proxy: 'none'}), context({env}));
	assert.deepEqual([directly.verdict, directly.reason, directly.proxy], ['fail', 'name not found', null]);
});

test('a watcher that lacks what was set at begin finds nothing, rather than an outage', {skip: missing}, async t => {
	assert.ok(house);
	const port = await serveTls(t, house);
	const untrusted = await ask(http(`https://localhost:${port}/`), context({lacking: ['NODE_EXTRA_CA_CERTS']}));
	assert.deepEqual(
		[untrusted.verdict, untrusted.reason],
		['unknown', 'NODE_EXTRA_CA_CERTS is not set here, but was at begin'],
	);
	const lacking = ['HTTPS_PROXY', 'http_proxy', 'NO_PROXY'];
	const unreached = await ask(http('https://app.invalid/'), context({lacking}));
	assert.deepEqual(
		[unreached.verdict, unreached.reason],
		['unknown', 'HTTPS_PROXY and http_proxy are not set here, but were at begin'],
	);
	const direct = await ask(http('https://app.invalid/', {proxy: 'none'}), context({lacking}));
	assert.equal(direct.verdict, 'fail');
	const here = await ask(http(await serve(t, (_, response) => response.end())), context({lacking}));
	assert.equal(here.verdict, 'ok');
});

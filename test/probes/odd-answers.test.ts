/*
Health answers of the real world, each asked in four ways: directly, behind a proxy, behind a company's own certificate
authority, and behind both. The verdict is the same by each.
*/
import assert from 'node:assert/strict';
import {createServer} from 'node:net';
import {type TestContext, test} from 'node:test';
import {createServer as createTlsServer} from 'node:tls';
import {gzipSync} from 'node:zlib';
import {ask} from '../../source/probes/ask.ts';
import {context, http, type Rest, serve} from './around.ts';
import {certificate, missing, serveTls} from './certificates.ts';
import {answerWith, encoded, listening, type Odd, odd, proxyTo} from './odd-servers.ts';

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
	// As they come of a file, or of a secret that was made with echo.
	const env = {API_KEY: 'k-1\n', TOKEN: 't-1\r\n', PASSWORD: 'p:ö\n'};
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

import assert from 'node:assert/strict';
import {execFileSync, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {createServer} from 'node:https';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {after, type TestContext, test} from 'node:test';
import {verdictOf} from '../../../source/cutover/health/outage/verdict.ts';
import {ask} from '../../../source/watch/probes/ask.ts';
import {probe} from '../../../source/watch/probes/probes.ts';
import {context, http, listen, portOf} from './around.ts';

const missing =
	spawnSync('openssl', ['version']).status === 0 ? false : 'openssl makes the certificates, and is not here';
const folder = mkdtempSync(join(tmpdir(), 'probes-tls-'));
const trusted = process.env['SSL_CERT_FILE'];
after(() => {
	if (trusted === undefined) delete process.env['SSL_CERT_FILE'];
	else process.env['SSL_CERT_FILE'] = trusted;
	rmSync(folder, {recursive: true});
});

type Certificate = {readonly key: Buffer; readonly cert: Buffer; readonly file: string};

/** A certificate that vouches for itself, for these names. */
function certificate(name: string, names: string): Certificate {
	const [key, file] = [join(folder, `${name}.key`), join(folder, `${name}.pem`)];
	const words = `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=${name}`;
	const made = ['-addext', `subjectAltName=${names}`, '-keyout', key, '-out', file];
	execFileSync('openssl', [...words.split(' '), ...made], {stdio: 'ignore'});
	return {key: readFileSync(key), cert: readFileSync(file), file};
}

async function serve(t: TestContext, {key, cert}: Certificate, host = '127.0.0.1'): Promise<number> {
	const server = createServer({key, cert}, ({socket}, response) => {
		response.end('servername' in socket ? String(socket.servername) : '');
	});
	server.listen(0, host);
	await once(server, 'listening');
	t.after(() => {
		server.closeAllConnections();
		server.close();
	});
	return portOf(server);
}

// The machine's own authorities are read once, at the first probe that needs them: so this stands before all others.
const own = missing === false ? certificate('own', 'DNS:localhost,IP:127.0.0.1') : null;
if (own !== null) process.env['SSL_CERT_FILE'] = own.file;

test('a certificate that this machine trusts is up, with the time that TLS took', {skip: missing}, async t => {
	assert.ok(own);
	const port = await serve(t, own);
	const named = await ask(http(`https://localhost:${port}`, {body: 'localhost'}), context());
	assert.deepEqual([named.verdict, named.reason], ['ok', '']);
	assert.deepEqual(Object.keys(named.phases), ['dns', 'tcp', 'tls', 'firstByte']);
	const numbered = await ask(http(`https://127.0.0.1:${port}`), context());
	assert.deepEqual([numbered.verdict, numbered.reason], ['ok', '']);
});

/** The code that the probe met, and what it is judged as. */
async function met(url: string): Promise<string> {
	const {answered} = await probe(http(url), context());
	const {verdict, reason} = verdictOf(answered);
	return `${answered.error} ${verdict} ${reason}`;
}

test('a certificate that nobody vouches for is down', {skip: missing}, async t => {
	const port = await serve(t, certificate('stranger', 'DNS:localhost'));
	assert.equal(await met(`https://localhost:${port}`), 'DEPTH_ZERO_SELF_SIGNED_CERT fail tls');
});

test('a certificate for another name is down', {skip: missing}, async t => {
	assert.ok(own);
	const port = await serve(t, own, '127.0.0.2');
	assert.equal(await met(`https://127.0.0.2:${port}`), 'ERR_TLS_CERT_ALTNAME_INVALID fail tls');
});

test('a port that does not speak TLS is down, and one that is silent is late', async t => {
	const plain = await listen(t, socket => void socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'));
	const {verdict, reason} = await ask(http(`https://127.0.0.1:${portOf(plain)}`), context());
	assert.deepEqual([verdict, reason], ['fail', 'tls']);
	const silent = await listen(t, () => {});
	const late = await ask(http(`https://127.0.0.1:${portOf(silent)}`, {timeoutSeconds: 0.3}), context());
	assert.deepEqual([late.verdict, late.reason], ['fail', 'timeout']);
	assert.deepEqual(Object.keys(late.phases), ['dns', 'tcp']);
});

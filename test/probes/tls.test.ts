import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import type {AskContext} from '../../source/probes/ask.ts';
import {ask} from '../../source/probes/ask.ts';
import {stamp} from '../../source/text/time.ts';
import {context, heldClock, http, listen, portOf, type Rest} from './around.ts';
import {certificate, missing, serveTls, signedBy} from './certificates.ts';

const own = missing === false ? certificate('house-ca', 'DNS:localhost,IP:127.0.0.1') : null;

async function met(url: string, about: Partial<AskContext> = {}, rest: Rest = {}) {
	const {verdict, reason} = await ask(http(url, rest), context(about));
	return `${verdict} ${reason}`.trim();
}

test('a certificate is accepted by each of the ways to name its authority', {skip: missing}, async t => {
	assert.ok(own);
	const url = `https://localhost:${await serveTls(t, own)}`;
	assert.match(await met(url), /^fail TLS/, 'by none');
	assert.equal(await met(url, {env: {NODE_EXTRA_CA_CERTS: own.file}}), 'ok');
	assert.equal(await met(url, {env: {SSL_CERT_FILE: own.file}}), 'ok');
	assert.equal(await met(url, {ca: [own.file]}), 'ok');
	assert.match(await met(url), /^fail TLS/, 'by none again');
});

test('a trusted certificate is up by name and by address, with the time that TLS took', {skip: missing}, async t => {
	assert.ok(own);
	const port = await serveTls(t, own);
	const trust = context({ca: [own.file]});
	const named = await ask(http(`https://localhost:${port}`, {body: 'localhost'}), trust);
	assert.deepEqual([named.verdict, named.reason], ['ok', '']);
	assert.deepEqual(Object.keys(named.phases), ['dns', 'tcp', 'tls', 'firstByte']);
	const numbered = await ask(http(`https://127.0.0.1:${port}`), trust);
	assert.deepEqual([numbered.verdict, numbered.reason], ['ok', '']);
});

test('an untrusted certificate is down, and its issuer is named', {skip: missing}, async t => {
	const port = await serveTls(t, certificate('stranger', 'DNS:localhost'));
	const reason = 'TLS: certificate is from an authority not trusted here (stranger)';
	assert.equal(await met(`https://localhost:${port}`), `fail ${reason}`);
});

test('a certificate for another name is down, and both names are given', {skip: missing}, async t => {
	assert.ok(own);
	const port = await serveTls(t, own, {host: '127.0.0.2'});
	const reason = 'TLS: certificate is for localhost, 127.0.0.1, not 127.0.0.2';
	assert.equal(await met(`https://127.0.0.2:${port}`, {ca: [own.file]}), `fail ${reason}`);
});

/** As openssl writes dates. */
const dated = (days: number): string =>
	stamp(Date.now() + days * 86_400_000)
		.replace(/[-:T]/g, '')
		.replace(/\.\d+/, '');

test('a certificate that expired, or is not valid yet, is down, and says for how long', {skip: missing}, async t => {
	assert.ok(own);
	const expired = signedBy(own, 'expired', 'DNS:localhost', dated(-30), dated(-2.5));
	const early = signedBy(own, 'early', 'DNS:localhost', dated(3.5), dated(30));
	const trust = {ca: [own.file]};
	const [past, future] = [await serveTls(t, expired), await serveTls(t, early)];
	assert.equal(await met(`https://localhost:${past}`, trust), 'fail TLS: certificate expired 2 days ago');
	assert.equal(await met(`https://localhost:${future}`, trust), 'fail TLS: certificate is valid only in 3 days');
});

async function withoutVerification<T>(t: TestContext, work: () => Promise<T>): Promise<T> {
	const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
	t.after(() => {
		if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
		else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before;
	});
	process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
	return work();
}

test('an environment that turns verification off changes nothing; only the setting of one endpoint does', {
	skip: missing,
}, async t => {
	const url = `https://localhost:${await serveTls(t, certificate('impostor', 'DNS:elsewhere'))}`;
	await withoutVerification(t, async () => {
		const env = {NODE_TLS_REJECT_UNAUTHORIZED: '0'};
		assert.match(await met(url, {env}), /^fail TLS: certificate/);
		assert.equal(await met(url, {env}, {insecure: true}), 'ok');
	});
});

test('with a CA file of the settings that is no file, or holds no certificate, an endpoint is unknown', {
	skip: missing,
}, async t => {
	assert.ok(own);
	const url = `https://localhost:${await serveTls(t, own)}`;
	assert.equal(await met(url, {ca: ['/nowhere/ca.pem']}), 'unknown cannot read the CA file /nowhere/ca.pem');
	const pipe = `${own.file}.pipe`;
	execFileSync('mkfifo', [pipe]);
	assert.equal(await met(url, {ca: [pipe]}), `unknown cannot read the CA file ${pipe}`);
	const file = `${own.file}.txt`;
	writeFileSync(file, 'no certificate at all\n');
	assert.equal(await met(url, {ca: [file]}), `unknown the CA file ${file} holds no certificate`);
	writeFileSync(file, own.cert);
	assert.equal(await met(url, {ca: [file]}), 'ok', 'a file that changes is read again');
});

test('a port that does not speak TLS is down, and one that is silent is late', async t => {
	const plain = await listen(t, socket => void socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'));
	assert.equal(await met(`https://127.0.0.1:${portOf(plain)}`), 'fail TLS: the port does not speak TLS');
	const {clock, endSoon} = heldClock();
	const silent = await listen(t, endSoon);
	const late = await ask(http(`https://127.0.0.1:${portOf(silent)}`), context({clock}));
	assert.deepEqual([late.verdict, late.reason], ['fail', 'no answer in 5s']);
	assert.deepEqual(Object.keys(late.phases), ['dns', 'tcp']);
});

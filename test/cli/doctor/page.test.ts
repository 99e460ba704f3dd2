import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {systemClock} from '../../../source/cli/clock.ts';
import {pageNeeds} from '../../../source/cli/doctor/page.ts';
import type {Runbook} from '../../../source/cutover/model/runbook.ts';
import {runbook} from '../../scenarios/runbook.ts';
import {provider} from '../../serve/provider.ts';

const now = Date.now();

/** A folder with a certificate of two days for cutover.example.org. */
function place(t: TestContext): string {
	const folder = mkdtempSync(join(tmpdir(), 'doctor-page-'));
	t.after(() => rmSync(folder, {recursive: true, force: true}));
	const name = 'subjectAltName=DNS:cutover.example.org';
	for (const pair of ['web', 'other'])
		execFileSync(
			'openssl',
			['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'].concat([
				'-subj',
				'/CN=page',
				'-addext',
				name,
				'-keyout',
				join(folder, `${pair}.key`),
				'-out',
				join(folder, `${pair}.pem`),
			]),
			{stdio: 'ignore'},
		);
	return folder;
}

/** Name of a finding -> how it holds and what it says. */
async function found(folder: string, book: Partial<Runbook>, env: Record<string, string> = {}, at = now) {
	const findings = await pageNeeds({...runbook, t0: null, ...book}, folder, {
		env,
		ca: [],
		clock: {...systemClock, now: () => at},
	});
	return Object.fromEntries(findings.map(({name, holds, text}) => [name, `${holds}: ${text}`]));
}

const url = 'https://cutover.example.org';
const serve = {listen: '127.0.0.1:0', url, tls: {cert: 'web.pem', key: 'web.key'}};

test('a runbook whose settings show no page needs nothing for it', async t => {
	assert.deepEqual(await found(place(t), {}), {});
});

test('doctor says of a certificate whose key, name or time does not fit', async t => {
	const folder = place(t);
	const about = async (book: Partial<typeof serve>, at = now) =>
		(await found(folder, {serve: {...serve, ...book}}, {}, at))['certificate'] ?? '';
	assert.match(await about({}), /^yes: .*web\.pem is valid until/);
	assert.match(
		await about({tls: {cert: 'web.pem', key: 'other.key'}}),
		/^no: .*other\.key is not the key of .*web\.pem/,
	);
	assert.match(await about({url: 'https://board.example.org'}), /^no: .*is not of board\.example\.org/);
	assert.match(await about({tls: {cert: 'gone.pem', key: 'web.key'}}), /^no: .*gone\.pem/);
	assert.match(await about({}, now + 1.5 * 86_400_000), /^beware: .*before the cutover is over/);
	assert.match(await about({}, now + 3 * 86_400_000), /^no: .*ended at/);
	writeFileSync(join(folder, 'web.pem'), 'no certificate');
	assert.match(await about({}), /^no: /);
});

test('doctor says whether the page can listen where the settings say', async t => {
	const folder = place(t);
	const about = async (listen: string) => (await found(folder, {serve: {listen, url}}))['page'] ?? '';
	assert.match(await about('127.0.0.1:0'), /^yes: .*is free/);
	const taken = createServer();
	await new Promise<void>(done => taken.listen(0, '127.0.0.1', done));
	t.after(() => taken.close());
	const address = taken.address();
	assert.ok(typeof address === 'object' && address !== null);
	assert.match(await about(`127.0.0.1:${address.port}`), /^beware: .* is in use/);
	assert.match(await about('192.0.2.7:8440'), /^no: .*EADDRNOTAVAIL/);
	assert.match(await about(`unix:${folder}/web.sock`), /^yes: .*can be written/);
	assert.match(await about(`unix:${folder}/nowhere/web.sock`), /^no: .*nowhere/);
});

test('doctor says whether the published page can be written, and whether the proxy can be known', async t => {
	const folder = place(t);
	mkdirSync(join(folder, 'www'));
	assert.match((await found(folder, {publish: {file: 'www/cutover.html'}}))['publish'] ?? '', /^yes/);
	assert.match((await found(folder, {publish: {file: 'nowhere/cutover.html'}}))['publish'] ?? '', /^no/);
	if (process.getuid?.() !== 0) {
		chmodSync(join(folder, 'www'), 0o500);
		assert.match((await found(folder, {publish: {file: 'www/cutover.html'}}))['publish'] ?? '', /^no/);
	}
	const identity = {header: 'X-Forwarded-Email', secret: 'PROXY_SECRET'};
	const known = async (env: Record<string, string>) => (await found(folder, {identity}, env))['identity'] ?? '';
	assert.match(await known({}), /^no: PROXY_SECRET is not set/);
	assert.match(await known({PROXY_SECRET: 'short'}), /^no: .*shorter than 16/);
	assert.match(await known({PROXY_SECRET: 'only-the-proxy-knows-this'}), /^yes/);
});

test('doctor asks the provider that signs people in, and says what it lacks', async t => {
	const at = await provider(t, () => `${url}/signed-in`);
	const by = {oidc: at.issuer, client: 'cutover', secret: 'OIDC_SECRET'};
	const about = async (env: Record<string, string>): Promise<string> =>
		(await found(place(t), {serve: {listen: '127.0.0.1:0', url}, identity: by}, env))['identity'] ?? '';
	assert.match(await about({}), /^no: OIDC_SECRET is not set/);
	const env = {OIDC_SECRET: 'x'};
	assert.match(
		await about(env),
		/^yes: .* answers; it must know https:\/\/cutover\.example\.org\/signed-in as a redirect/,
	);
	at.faults.metadata = {issuer: 'https://login.example.net'};
	assert.match(await about(env), /^no: .* signs nobody in: .*issuer/);
});

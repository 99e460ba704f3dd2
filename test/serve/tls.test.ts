import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {copyFileSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync} from 'node:fs';
import {request} from 'node:https';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {connect} from 'node:tls';
import {systemClock} from '../../source/cli/clock.ts';
import {startServing} from '../../source/cli/serving.ts';
import {boardAt, moments} from '../page/shown.ts';

const board = boardAt(moments['preparing'] ?? assert.fail());

function certificate(t: TestContext): {readonly cert: string; readonly key: string} {
	const folder = mkdtempSync(join(tmpdir(), 'page-tls-'));
	t.after(() => rmSync(folder, {recursive: true, force: true}));
	const [cert, key] = [join(folder, 'web.pem'), join(folder, 'web.key')];
	const made = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
	execFileSync(
		'openssl',
		[...made, '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-keyout', key, '-out', cert],
		{stdio: 'ignore'},
	);
	return {cert, key};
}

test('with a certificate the page is served over TLS alone, and its cookie goes no other way', async t => {
	const tls = certificate(t);
	const {address, stop} = await startServing({
		serve: {listen: 'localhost:0', url: null, tls},
		source: {board: () => board, watch: () => () => {}},
		clock: systemClock,
		code: 'c'.repeat(22),
		signIn: null,
		log: () => {},
	});
	t.after(stop);
	const ask = (path: string, method: string, headers: Record<string, string>, body: string) =>
		new Promise<{status: number; headers: Record<string, unknown>}>((resolve, reject) => {
			const asked = request(
				`https://${address}${path}`,
				{method, headers, agent: false, ca: readFileSync(tls.cert)},
				answer => {
					answer.resume();
					answer.on('end', () => resolve({status: answer.statusCode ?? 0, headers: answer.headers}));
				},
			);
			asked.on('error', reject);
			asked.end(body);
		});
	const page = await ask('/', 'GET', {}, '');
	assert.equal(page.status, 200);
	assert.equal(page.headers['strict-transport-security'], 'max-age=31536000');
	const form = {'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin'};
	const opened = await ask('/open', 'POST', form, `code=${'c'.repeat(22)}`);
	assert.match(
		String(opened.headers['set-cookie']),
		/^__Host-cutover-view=[\w-]+; HttpOnly; SameSite=Lax; Path=\/; Max-Age=\d+; Secure$/,
	);
});

/** Serial number of the certificate that a server shows. */
const shownAt = (address: string): Promise<string> =>
	new Promise((resolve, reject) => {
		const [host = '', port = ''] = address.split(':');
		const socket = connect({host, port: Number(port), rejectUnauthorized: false}, () => {
			resolve(socket.getPeerCertificate().serialNumber);
			socket.destroy();
		});
		socket.on('error', reject);
	});

test('a renewed certificate is taken without a restart, and one that cannot be used leaves the one before', async t => {
	const tls = certificate(t);
	const ticks: (() => void)[] = [];
	const log: string[] = [];
	const {address, stop} = await startServing({
		serve: {listen: 'localhost:0', url: null, tls},
		source: {board: () => board, watch: () => () => {}},
		clock: {
			...systemClock,
			every(_, run) {
				ticks.push(run);
				return () => {};
			},
		},
		code: null,
		signIn: null,
		log: line => void log.push(line),
	});
	t.after(stop);
	const tick = (): void => {
		for (const run of ticks) run();
	};
	const first = await shownAt(address);
	const other = certificate(t);
	for (const name of ['cert', 'key'] as const) copyFileSync(other[name], tls[name]);
	const later = new Date(Date.now() + 60_000);
	for (const file of Object.values(tls)) utimesSync(file, later, later);
	tick();
	const second = await shownAt(address);
	assert.notEqual(second, first);
	writeFileSync(tls.cert, 'half of a certificate');
	tick();
	assert.equal(await shownAt(address), second);
	assert.match(log.join('\n'), /^The new certificate is not used: /m);
});

test('a certificate that is not there is said before anything listens', async () => {
	const serve = {listen: 'localhost:0', url: null, tls: {cert: '/nowhere/web.pem', key: '/nowhere/web.key'}};
	const source = {board: () => board, watch: () => () => {}};
	await assert.rejects(
		startServing({serve, source, clock: systemClock, code: null, signIn: null, log: () => {}}),
		/ENOENT/,
	);
});

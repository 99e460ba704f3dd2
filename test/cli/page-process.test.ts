import assert from 'node:assert/strict';
import {chmodSync, mkdtempSync, readFileSync, rmSync, statSync} from 'node:fs';
import {request} from 'node:http';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {readRecord} from '../../source/disk/atomic-file.ts';
import {kill} from '../harness/ending.ts';
import {textOf} from '../harness/files.ts';
import {observed} from '../harness/observed.ts';
import {type Desk, desk} from './desk.ts';
import {begin} from './walks.ts';

type PageRecord = {readonly pid: number; readonly address?: string};

const recordOf = (night: Desk, id: string): PageRecord | null =>
	readRecord(join(night.state, id, 'page.json')) as PageRecord | null;

/** Begun with these settings. */
async function begunWith(
	context: TestContext,
	settings: string,
	env: Record<string, string> = {},
): Promise<{night: Desk; id: string}> {
	const night = desk(context, env);
	night.write('runbook.cutover.yaml', `cutover: 1\n${settings}`);
	night.write('ops/send-page.sh', '#!/bin/sh\ncat > sent.html\n');
	night.write('web/.keep', '');
	chmodSync(join(night.folder, 'ops/send-page.sh'), 0o755);
	night.commit('settings of the page');
	return {night, id: await begin(night)};
}

/** `serve` waits 10 s for the process, which a busy machine may take longer to start. */
const linkOf = (night: Desk): Promise<string> =>
	observed('the link', async () => {
		const {code, stdout} = await night.cli('serve');
		return code === 0 ? stdout.trim() : null;
	});

const statusAt = (link: string): Promise<number | null> =>
	fetch(link).then(
		({status}) => status,
		() => null,
	);

test('settings with serve have the page served from begin on, and again after its process was killed', async context => {
	const {night, id} = await begunWith(context, 'serve:\n  listen: 127.0.0.1:0\n');
	const open = await night.cli('serve', '--open');
	assert.equal(open.code, 2);
	assert.match(open.stderr, /set serve\.view to open there, or say another address with --listen/);
	const link = await linkOf(night);
	assert.match(link, /^http:\/\/127\.0\.0\.1:\d+\/#[\w-]{22}$/);
	assert.equal(await statusAt(link), 200);
	const first = recordOf(night, id);
	assert.ok(first);
	await kill(first.pid);
	// The watcher starts another one, whoever looks.
	const second = await observed('another process', () => {
		const found = recordOf(night, id);
		return found && found.pid !== first.pid && found.address !== undefined ? found : null;
	});
	const again = await linkOf(night);
	assert.equal(new URL(again).hash, new URL(link).hash);
	assert.equal(await statusAt(again), 200);
	assert.equal(recordOf(night, id)?.pid, second.pid);
	await night.must('rita', 'abandon', '--role', 'release-manager', '--reason', 'postponed', '--confirm', 'ABANDON');
	await observed('the end of the page', async () => (await statusAt(again)) === null);
	await observed('the end of its record', () => recordOf(night, id) === null);
});

test('settings with publish have the page written whenever it changes, and opens no port', async context => {
	const {night, id} = await begunWith(context, 'publish:\n  file: web/cutover.html\n  command: ops/send-page.sh\n');
	const file = join(night.folder, 'web/cutover.html');
	const sent = join(night.folder, 'sent.html');
	await night.must('rita', 'note', 'SEEN-BY-READERS');
	await observed('the note in the file', () => textOf(file).includes('SEEN-BY-READERS'));
	assert.equal(statSync(file).mode & 0o777, 0o644);
	await observed('the note in what the command got', () => textOf(sent).includes('SEEN-BY-READERS'));
	assert.equal(recordOf(night, id)?.address, undefined);
	await night.must('rita', 'abandon', '--role', 'release-manager', '--reason', 'postponed', '--confirm', 'ABANDON');
	await observed('the end in the file', () => textOf(file).includes('ABANDONED'));
});

test('behind a proxy that signs people in, the process of the page answers whoever has its secret', async context => {
	const socket = join(mkdtempSync(join(tmpdir(), 'page-')), 'web.sock');
	context.after(() => rmSync(dirname(socket), {recursive: true, force: true}));
	const {night, id} = await begunWith(
		context,
		`serve: {listen: "unix:${socket}", url: "https://cutover.example.org"}\nidentity: {header: X-Forwarded-Email, secret: PROXY_SECRET}\npeople: {rita: {mail: rita@example.org}}\n`,
		{PROXY_SECRET: 'only-the-proxy-knows-this'},
	);
	await linkOf(night);
	const ask = (headers: Record<string, string>): Promise<{status: number; text: string}> =>
		new Promise((resolve, reject) => {
			const asked = request(
				{socketPath: socket, path: '/', headers: {host: 'cutover.example.org', ...headers}},
				answer => {
					let text = '';
					answer.setEncoding('utf8').on('data', (chunk: string) => {
						text += chunk;
					});
					answer.on('end', () => resolve({status: answer.statusCode ?? 0, text}));
				},
			);
			asked.on('error', reject).end();
		});
	const email = 'rita@example.org';
	assert.equal((await ask({'x-forwarded-email': email})).status, 403);
	const proxy = {'x-cutover-secret': 'only-the-proxy-knows-this'};
	assert.match((await ask(proxy)).text, /Open the page/);
	assert.match((await ask({...proxy, 'x-forwarded-email': email})).text, /PREPARING/);
	const {pid} = recordOf(night, id) ?? assert.fail();
	assert.ok(!readFileSync(`/proc/${pid}/environ`, 'utf8').includes('only-the-proxy'));
});

test('what the settings would serve or publish is shown before it is approved', async context => {
	const night = desk(context);
	night.write(
		'runbook.cutover.yaml',
		'cutover: 1\nserve: {listen: "127.0.0.1:8440"}\npublish: {file: /srv/www/cutover.html, command: ops/verify.sh}\n',
	);
	const {stdout} = await night.cli('check', 'runbook.md');
	assert.match(stdout, /serves the page on 127\.0\.0\.1:8440/);
	assert.match(stdout, /writes the page to \/srv\/www\/cutover\.html/);
	assert.match(stdout, /publish.*ops\/verify\.sh/s);
});

test('settings that would let the page be read on the way are refused', async context => {
	const night = desk(context);
	for (const wrong of [
		'serve: {listen: "0.0.0.0:8440"}',
		'serve: {listen: "unix:/run/web.sock"}',
		'serve: {listen: "unix:web.sock", url: "https://example.org"}',
		'serve: {url: "http://cutover.example.org"}',
		'serve: {listen: "8440"}',
		'serve: {tls: {cert: web.pem}}',
		'serve: {listen: "0.0.0.0:8440", tls: {cert: web.pem, key: web.key}}',
		'publish: {}',
	]) {
		night.write('runbook.cutover.yaml', `cutover: 1\n${wrong}\n`);
		assert.equal((await night.cli('check', 'runbook.md')).code, 2, wrong);
	}
});

/* A real proxy in front of the socket: nginx, which asks for a password and says who is signed in. */
import assert from 'node:assert/strict';
import {type ChildProcess, spawn} from 'node:child_process';
import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {request} from 'node:http';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {systemClock} from '../../source/cli/clock.ts';
import {startServing} from '../../source/cli/serving.ts';
import {secretHeader} from '../../source/serve/front.ts';
import type {Source} from '../../source/serve/live.ts';
import {boardAt, moments} from '../page/shown.ts';
import {type Answered, browserOf, site} from './site.ts';

const program = ['/usr/sbin/nginx', '/usr/bin/nginx'].find(path => existsSync(path));
const options = {skip: program === undefined ? 'nginx is not installed (apt install nginx-light).' : false};

const secret = 'only-the-proxy-knows-this';
const login = (name: string): string => `Basic ${Buffer.from(`${name}:pass`).toString('base64')}`;

const freePort = (): Promise<number> =>
	new Promise(resolve => {
		const server = createServer().listen(0, '127.0.0.1', () => {
			const address = server.address();
			server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
		});
	});

const configuration = (folder: string, port: number, socket: string): string => `
${process.getuid?.() === 0 ? 'user root;' : ''}
worker_processes 1;
daemon off;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log;
events {}
http {
	access_log ${folder}/access.log;
	client_body_temp_path ${folder}/body;
	proxy_temp_path ${folder}/proxy;
	fastcgi_temp_path ${folder}/fastcgi;
	uwsgi_temp_path ${folder}/uwsgi;
	scgi_temp_path ${folder}/scgi;
	map $remote_user $mail { bob bob@example.org; default ""; }
	server {
		listen 127.0.0.1:${port};
		location / {
			auth_basic "cutover";
			auth_basic_user_file ${folder}/users;
			proxy_pass http://unix:${socket};
			proxy_http_version 1.1;
			proxy_set_header Host $http_host;
			proxy_set_header Connection "";
			proxy_set_header Authorization "";
			proxy_set_header X-Forwarded-For $remote_addr;
			proxy_set_header X-Forwarded-Email $mail;
			proxy_set_header X-Cutover-Secret "${secret}";
		}
	}
}
`;

const ended = (child: ChildProcess): Promise<void> => new Promise(done => void child.once('exit', () => done()));

/** The page on a unix socket, and nginx before it. */
async function behindNginx(t: TestContext) {
	const place = await site(t);
	const folder = mkdtempSync(join(tmpdir(), 'cutover-nginx-'));
	const [socket, port] = [join(folder, 'web.sock'), await freePort()];
	const board = boardAt(moments['preparing'] ?? assert.fail());
	const changes = new Set<() => void>();
	let shown = board;
	const source: Source = {
		board: () => shown,
		watch: run => {
			changes.add(run);
			return () => void changes.delete(run);
		},
	};
	const serving = await startServing({
		serve: {listen: `unix:${socket}`, url: `http://127.0.0.1:${port}`},
		source,
		clock: systemClock,
		code: 'c'.repeat(22),
		signIn: {by: {header: 'X-Forwarded-Email', secret: 'PROXY_SECRET'}, env: {PROXY_SECRET: secret}, ca: []},
		acts: place,
		log: () => {},
	});
	writeFileSync(join(folder, 'users'), 'bob:{PLAIN}pass\ncarol:{PLAIN}pass\n');
	writeFileSync(join(folder, 'nginx.conf'), configuration(folder, port, socket));
	const nginx = spawn(program ?? '', ['-p', folder, '-e', join(folder, 'error.log'), '-c', join(folder, 'nginx.conf')]);
	let said = '';
	nginx.stderr.setEncoding('utf8').on('data', (chunk: string) => {
		said += chunk;
	});
	t.after(async () => {
		const gone = ended(nginx);
		nginx.kill('SIGTERM');
		await gone;
		await serving.stop();
		rmSync(folder, {recursive: true, force: true});
	});
	const ask = (path: string, {method = 'GET', headers = {}}: Parameters<typeof place.ask>[1] = {}, body = '') =>
		new Promise<Answered>((resolve, reject) => {
			const asked = request(`http://127.0.0.1:${port}${path}`, {method, headers, agent: false}, response => {
				let text = '';
				response.setEncoding('utf8').on('data', (chunk: string) => {
					text += chunk;
				});
				response.on('end', () => resolve({status: response.statusCode ?? 0, headers: response.headers, text}));
			});
			asked.on('error', reject);
			asked.end(body);
		});
	for (;;) {
		const up = await ask('/i').then(
			() => true,
			() => false,
		);
		if (up) break;
		assert.equal(nginx.exitCode, null, said);
		await new Promise(done => setTimeout(done, 20));
	}
	return {
		place,
		folder,
		socket,
		port,
		ask,
		change(word: string) {
			shown = {...board, status: {...board.status, headline: {...board.status.headline, word}}};
			for (const run of changes) run();
		},
	};
}

test('behind nginx a vote is of who signed in there, whatever a browser claims', options, async t => {
	const {place, ask, socket, folder} = await behindNginx(t);
	const link = await place.invite('bob');
	assert.equal((await ask('/i')).status, 401);
	const forged = {authorization: login('carol'), 'x-forwarded-email': 'bob@example.org', [secretHeader]: secret};
	const forger = browserOf({ask}, forged);
	assert.equal((await forger.open('')).status, 403);
	const past = await new Promise<number>((resolve, reject) => {
		const headers = {host: 'localhost', 'x-forwarded-email': 'bob@example.org'};
		request({socketPath: socket, path: '/me', headers}, answer => {
			answer.resume();
			resolve(answer.statusCode ?? 0);
		})
			.on('error', reject)
			.end();
	});
	assert.equal(past, 403);
	const bob = browserOf({ask}, {authorization: login('bob')});
	assert.match((await bob.open('')).text, /signed in as bob@example.org/);
	const answer = await bob.act('/act?do=acknowledge&target=G5', {'group:project-owner': 'yes', word: 'ANSWER'});
	assert.equal(answer.status, 303);
	const {by} = place.journal.entries().find(({type}) => type === 'acknowledged') ?? assert.fail();
	assert.deepEqual(
		[by.name, by.strength, by.web?.account, by.web?.from],
		['bob', 'proxy', 'bob@example.org', '127.0.0.1'],
	);
	await bob.open(link.secret);
	const log = readFileSync(join(folder, 'access.log'), 'utf8');
	assert.match(log, /POST \/i /);
	assert.ok(!log.includes(link.secret));
});

test('behind nginx a change is with the reader before the buffers are full', options, async t => {
	const {port, change} = await behindNginx(t);
	await new Promise<void>((resolve, reject) => {
		let isSaid = false;
		const asked = request(`http://127.0.0.1:${port}/stream`, {headers: {authorization: login('bob')}}, answer => {
			assert.equal(answer.statusCode, 200);
			let text = '';
			answer.setEncoding('utf8').on('data', (chunk: string) => {
				text += chunk;
				if (!isSaid) {
					isSaid = true;
					change('CHANGED BY THE TEST');
				} else if (text.includes('CHANGED BY THE TEST')) {
					resolve();
					asked.destroy();
				}
			});
		});
		asked.on('error', reject);
		asked.end();
	});
});

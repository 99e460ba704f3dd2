/** Eight health servers of the odd kinds, behind a proxy and a private authority, and a watcher that is killed: the verdicts stay right. */
import assert from 'node:assert/strict';
import {readdirSync} from 'node:fs';
import {type AddressInfo, connect, createServer, type Server, type Socket} from 'node:net';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {createServer as createTlsServer} from 'node:tls';
import {brotliCompressSync, deflateSync, gzipSync} from 'node:zlib';
import {identityIn} from '../../source/processes/attempt-status.ts';
import {kill} from '../harness/ending.ts';
import {observed} from '../harness/observed.ts';
import {runProgram} from '../harness/program.ts';
import {certificate, missing} from '../probes/certificates.ts';
import {type Site, site} from './operator.ts';

const body = 'status: UP, Größe: 3';
const sized = (bytes: Buffer, headers: string): readonly (string | Buffer)[] => [
	`HTTP/1.1 200 OK\r\n${headers}\r\nContent-Length: ${bytes.length}\r\n\r\n`,
	bytes,
];

/** `is`: what the endpoint must be. `expect`: of it, beside the body. */
type Odd = {readonly answer: readonly (string | Buffer)[]; readonly is?: 'down'; readonly more?: string};

const odd: Readonly<Record<string, Odd>> = {
	gzip: {answer: sized(gzipSync(body), 'Content-Encoding: gzip')},
	brotli: {answer: sized(brotliCompressSync(body), 'Content-Encoding: br')},
	deflate: {answer: sized(deflateSync(body), 'Content-Encoding: deflate')},
	latin1: {answer: sized(Buffer.from(body, 'latin1'), 'Content-Type: text/plain; charset=ISO-8859-1')},
	linefeeds: {answer: [`HTTP/1.1 200 OK\nContent-Length: ${Buffer.byteLength(body)}\n\n${body}`]},
	http10: {answer: [`HTTP/1.0 200 OK\r\n\r\n${body}`]},
	secret: {answer: [], more: ', auth: {bearer: API_TOKEN}'},
	broken: {answer: [`HTTP/1.1 503 Busy\r\n\r\n${body}`], is: 'down'},
};
const names = Object.keys(odd);

const answerWith =
	({answer, more}: Odd) =>
	(socket: Socket): void => {
		socket
			.on('error', () => {})
			.once('data', request => {
				const isKnown = /authorization: bearer tok-1234567/i.test(String(request));
				const parts = more === undefined ? answer : [`HTTP/1.1 ${isKnown ? 200 : 401} It\r\n\r\n${body}`];
				for (const part of parts) socket.write(part);
				socket.end();
			});
	};

async function listening(t: TestContext, server: Server): Promise<number> {
	const open = new Set<Socket>();
	server.on('connection', socket => open.add(socket.on('error', () => {})));
	await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
	t.after(() => {
		for (const socket of open) socket.destroy();
		server.close();
	});
	return (server.address() as AddressInfo).port;
}

/** A proxy that leads each name to its port. */
const proxyTo = (t: TestContext, ports: ReadonlyMap<string, number>): Promise<number> =>
	listening(
		t,
		createServer(socket => {
			socket
				.on('error', () => {})
				.once('data', head => {
					const host = /^CONNECT ([^.:]+)\.test:/.exec(String(head))?.[1] ?? '';
					const beyond = connect(ports.get(host) ?? 1, '127.0.0.1').on('error', () => socket.destroy());
					socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
					socket.pipe(beyond);
					beyond.pipe(socket);
				});
		}),
	);

type Seen = Readonly<Record<string, string>>;

type Shown = {readonly name: string; readonly state: string; readonly lastSampleAt: string | null};

/** What each endpoint is, by samples that are newer than `since`; the others are left out. */
async function states({cli}: Pick<Site, 'cli'>, since = 0): Promise<Seen> {
	const {endpoints}: {readonly endpoints: readonly Shown[]} = JSON.parse((await cli('status', '--json')).stdout);
	return Object.fromEntries(
		endpoints.flatMap(({name, state, lastSampleAt}) =>
			Date.parse(lastSampleAt ?? '1970-01-01') > since ? [[name, state]] : [],
		),
	);
}

test('the verdicts of odd servers stay right through a watcher that is killed, and are unknown without their proxy', {
	skip: missing,
}, async t => {
	const {key, cert, file} = certificate('take-over', names.map(name => `DNS:${name}.test`).join(','));
	const ports = new Map<string, number>();
	for (const [name, about] of Object.entries(odd))
		ports.set(name, await listening(t, createTlsServer({key, cert}, answerWith(about))));
	const proxy = `http://127.0.0.1:${await proxyTo(t, ports)}`;
	const place = site(t, {HTTPS_PROXY: proxy, NODE_EXTRA_CA_CERTS: file, API_TOKEN: 'tok-1234567'});
	const endpoints = Object.entries(odd).map(
		([name, {more = ''}]) =>
			`  - {name: ${name}, url: "https://${name}.test/health", every: 2s, timeout: 2s, expect: {body: "UP, Größe"}${more}}`,
	);
	place.write('runbook.cutover.yaml', `cutover: 1\nendpoints:\n${endpoints.join('\n')}\n`);
	const begun = await place.cli(
		'begin',
		'runbook.md',
		'--t0',
		'+61m',
		'--ticket',
		'C',
		'--environment',
		'test',
		'--confirm',
		'BEGIN',
	);
	assert.equal(begun.code, 0, begun.stderr);
	const root = join(place.state, 'cutover-tui');
	const [id = ''] = readdirSync(root).filter(name => name.startsWith('ledger'));
	const watcher = join(root, id, 'watcher.json');
	const right = Object.fromEntries(Object.entries(odd).map(([name, {is = 'up'}]) => [name, is]));
	let seen: Seen = {};
	const until = (what: string, is: (seen: Seen) => boolean, since = 0): Promise<unknown> =>
		observed(
			what,
			async () => {
				seen = await states(place, since);
				return is(seen);
			},
			() => JSON.stringify(seen),
		);
	const areRight = (now: Seen): boolean => JSON.stringify(now) === JSON.stringify(right);
	await until('every verdict is right', areRight);
	const killed = async (next: () => Promise<unknown>): Promise<void> => {
		const before = identityIn(watcher) ?? assert.fail();
		await kill(before);
		await next();
		await observed('another watcher', () => ![before.pid, undefined].includes(identityIn(watcher)?.pid));
	};
	await killed(() => place.cli('note', 'taken over', '--as', 'rita'));
	await until('every verdict is right again', areRight, Date.now());
	const bare = {HOME: place.env['HOME'] ?? '', XDG_STATE_HOME: place.state};
	await killed(() => runProgram(['note', 'without the proxy', '--as', 'rita'], {cwd: place.folder, env: bare}));
	await until('nothing is known', now => Object.values(now).every(state => state === 'unknown'));
});

/*
What probes are tried against: servers on loopback ports that answer well, badly or not at all.
*/

import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {createServer as createHttpServer, type RequestListener} from 'node:http';
import {type AddressInfo, connect, createServer, type Server, type Socket} from 'node:net';
import {tmpdir} from 'node:os';
import process from 'node:process';
import type {TestContext} from 'node:test';
import {systemClock} from '../../source/cli/clock.ts';
import type {Expected} from '../../source/cutover/health/outage/verdict.ts';
import type {Endpoint} from '../../source/cutover/model/endpoint.ts';
import {wordsOf} from '../../source/cutover/model/script.ts';
import type {Clock} from '../../source/cutover/ports.ts';
import type {AskContext} from '../../source/probes/ask.ts';
import type {HttpEndpoint} from '../../source/probes/ask-http.ts';

const usual = {name: 'api', everySeconds: 15, timeoutSeconds: 5, critical: true};

export type Rest = Partial<HttpEndpoint> & Expected;

export const http = (url: string, {status, body, ...rest}: Rest = {}): HttpEndpoint => ({
	...usual,
	kind: 'http',
	target: url,
	url,
	expect: {status, body},
	...rest,
});

export const tcp = (address: string, rest: Partial<Endpoint> = {}): Endpoint => ({
	...usual,
	kind: 'tcp',
	target: address,
	address,
	...rest,
});

export const script = (run: string, rest: Partial<Endpoint> = {}): Endpoint => ({
	...usual,
	kind: 'script',
	target: run,
	run,
	...rest,
});

export const context = (rest: Partial<AskContext> = {}): AskContext => ({
	workspace: tmpdir(),
	approvedScript: call => ({run: wordsOf(call), changed: () => null}),
	environment: {PATH: process.env['PATH'] ?? ''},
	signal: new AbortController().signal,
	clock: systemClock,
	env: {},
	ca: [],
	lacking: [],
	control: undefined,
	others: [],
	...rest,
});

export const portOf = (server: Server): number => (server.address() as AddressInfo).port;

async function listening(t: TestContext, server: Server, host: string, port = 0): Promise<Server> {
	const open = new Set<Socket>();
	server.on('connection', socket => {
		open.add(socket);
		socket.on('error', () => {}).once('close', () => open.delete(socket));
	});
	server.listen(port, host);
	await once(server, 'listening');
	t.after(() => {
		for (const socket of open) socket.destroy();
		server.close();
	});
	return server;
}

/** An http server; answers with its URL, without a slash at its end. */
export async function serve(t: TestContext, answer: RequestListener, host = '127.0.0.1'): Promise<string> {
	const server = await listening(t, createHttpServer(answer), host);
	return `http://${host.includes(':') ? `[${host}]` : host}:${portOf(server)}`;
}

/** A tcp server; answers with it. */
export const listen = (
	t: TestContext,
	taken: (socket: Socket) => void,
	host = '127.0.0.1',
	port = 0,
): Promise<Server> => listening(t, createServer(taken), host, port);

/** A port at which nobody listens, nor can as long as this process lives: a connection of ours comes from it. */
export async function closedPort(): Promise<number> {
	const server = createServer(socket => void socket.unref()).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const socket = connect({port: portOf(server), host: '127.0.0.1'});
	await Promise.all([once(socket, 'connect'), once(server, 'connection')]);
	socket.unref();
	server.close();
	return socket.localPort ?? 0;
}

/** A clock whose wait of so many seconds is over when the test says so: the first that is still open, and never by itself. */
export function heldClock(seconds = usual.timeoutSeconds) {
	const held = new Set<() => void>();
	const clock: Clock = {
		...systemClock,
		after(ms, run) {
			if (ms !== seconds * 1000) return systemClock.after(ms, run);
			held.add(run);
			return () => held.delete(run);
		},
	};
	const end = (): void => {
		const [first] = held;
		if (first !== undefined) held.delete(first);
		first?.();
	};
	/** Once what is on its way to this process has arrived: a timer comes before what can be read, and an immediate after it. */
	const endSoon = (): void => void systemClock.after(50, () => setImmediate(() => setImmediate(end)));
	return {clock, end, endSoon};
}

const sleeper = `require('node:net').createServer().listen({port: 0, host: '127.0.0.1', backlog: 1}, function () {
	console.log(this.address().port);
})`;

/** A port that never answers, as behind a firewall that drops: its process sleeps, and its queue is full. */
export async function silentPort(t: TestContext): Promise<number> {
	const child = spawn(process.execPath, ['-e', sleeper], {stdio: ['ignore', 'pipe', 'inherit']});
	t.after(() => child.kill('SIGKILL'));
	const [reported] = await once(child.stdout, 'data');
	const port = Number(reported);
	child.kill('SIGSTOP');
	const waiting = Array.from({length: 4}, () => connect({port, host: '127.0.0.1'}).on('error', () => {}));
	t.after(() => waiting.map(socket => socket.destroy()));
	await Promise.all(waiting.slice(0, 2).map(socket => once(socket, 'connect')));
	return port;
}

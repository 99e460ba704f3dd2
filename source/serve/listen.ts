/* A server begins to listen, and ends. */
import {chmodSync, rmSync, statSync} from 'node:fs';
import type {Server as HttpServer} from 'node:http';
import type {Server as HttpsServer} from 'node:https';
import {createConnection} from 'node:net';
import type {Clock} from '../cutover/ports.ts';
import {bare} from '../net/host.ts';
import type {Place} from '../net/listen-address.ts';

type Server = HttpServer | HttpsServer;

/** Whether a process answers on that socket; one that nobody answers on is left over. */
const answers = (path: string): Promise<boolean> =>
	new Promise(done => {
		const probe = createConnection(path);
		probe.once('connect', () => {
			probe.destroy();
			done(true);
		});
		probe.once('error', () => done(false));
	});

async function takeSocket(path: string): Promise<void> {
	const found = statSync(path, {throwIfNoEntry: false});
	if (found === undefined) return;
	if (found.isSocket() && !(await answers(path))) rmSync(path);
}

/** Resolves with the address once it listens. Rejects with what the system says. */
export async function listen(server: Server, place: Place): Promise<string> {
	if ('socket' in place) await takeSocket(place.socket);
	await new Promise<void>((done, fail) => {
		server.once('error', fail);
		const listening = (): void => {
			server.off('error', fail);
			done();
		};
		if ('socket' in place) server.listen({path: place.socket}, listening);
		else server.listen({host: bare(place.host), port: place.port}, listening);
	});
	if ('socket' in place) {
		// For the proxy's group, and nobody else.
		chmodSync(place.socket, 0o660);
		return `unix:${place.socket}`;
	}
	const bound = server.address();
	return `${place.host}:${bound !== null && typeof bound === 'object' ? bound.port : place.port}`;
}

const lastWordMs = 1000;

/** Takes no more requests, lets what is being answered be answered, and ends what takes longer, also a handshake that hangs. */
export async function stopListening(server: Server, {after}: Pick<Clock, 'after'>): Promise<void> {
	server.closeIdleConnections();
	await new Promise<void>(done => {
		const stop = after(lastWordMs, () => {
			server.closeAllConnections();
			done();
		});
		server.close(() => {
			stop();
			done();
		});
	});
}

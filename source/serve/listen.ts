/* Where the server listens: a loopback address, or a unix socket for a proxy in front. */
import {chmodSync, rmSync, statSync} from 'node:fs';
import type {Server} from 'node:http';
import {createConnection} from 'node:net';
import type {Clock} from '../cutover/ports.ts';

/** `port` 0: any that is free. */
export type Place = {readonly host: string; readonly port: number} | {readonly socket: string};

export const usualPlace = '127.0.0.1:8440';

const loopback = /^(?:127(?:\.\d{1,3}){3}|\[::1\]|localhost)$/;

/** `127.0.0.1:8440`, `[::1]:8440` or `unix:/run/cutover/web.sock`; null where it is none of them. */
export function placeOf(text: string): Place | null {
	const [, socket] = /^unix:(\/.+)$/.exec(text) ?? [];
	if (socket !== undefined) return {socket};
	const [, host = '', port = ''] = /^(\S+):(\d{1,5})$/.exec(text) ?? [];
	return host === '' || Number(port) > 65_535 ? null : {host, port: Number(port)};
}

export const isLoopback = (host: string): boolean => loopback.test(host);

/** The name in a Host header, without its port. */
export const nameIn = (host: string): string => host.replace(/:\d+$/, '').toLowerCase();

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
		else server.listen({host: place.host.replace(/^\[|\]$/g, ''), port: place.port}, listening);
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

/** Takes no more requests, lets what is being answered be answered, and ends what takes longer. */
export async function stopListening(server: Server, {after}: Pick<Clock, 'after'>): Promise<void> {
	const closed = new Promise<void>(done => server.close(() => done()));
	server.closeIdleConnections();
	const stop = after(lastWordMs, () => server.closeAllConnections());
	await closed;
	stop();
}

/*
One GET on a connection of its own. Of the body only as much is read as somebody wants to know, and never more than
64 KiB: where the status decides, a body that drips for ever costs nothing.
*/
import {type ClientRequest, type IncomingMessage, request as send} from 'node:http';
import type {Socket} from 'node:net';
import {addressOfUrl} from './address.ts';
import {reach} from './connect.ts';
import type {Trip} from './measured.ts';
import {secure} from './secure.ts';

export type Answer = {readonly status: number; readonly location: string | null; readonly body: string};

export type Sought = {
	/** The answers whose body is read. */
	fits(status: number): boolean;
	/** What was read of the body so far suffices. */
	enough(body: Buffer): boolean;
};

const mostHeaderBytes = 16_384;
const mostBodyBytes = 65_536;
const nothing = Buffer.alloc(0);

/** The body as far as it is wanted. */
const bodyOf = (response: IncomingMessage, {enough}: Sought): Promise<string> =>
	new Promise((done, fail) => {
		const bytes = Buffer.allocUnsafe(mostBodyBytes);
		let length = 0;
		const finish = (): void => done(bytes.toString('utf8', 0, length));
		response.on('data', (chunk: Buffer) => {
			length += chunk.copy(bytes, length);
			if (length === mostBodyBytes || enough(bytes.subarray(0, length))) finish();
		});
		response.once('end', finish);
		response.on('error', fail);
	});

async function read(response: IncomingMessage, sought: Sought): Promise<Answer> {
	const {statusCode: status = 0, headers} = response;
	// Without a listener, the end of a connection in the middle of a body that nobody reads would be thrown.
	response.on('error', () => {});
	const wanted = sought.fits(status) && !sought.enough(nothing);
	return {status, location: headers.location ?? null, body: wanted ? await bodyOf(response, sought) : ''};
}

function get({pathname, search, host}: URL, socket: Socket): ClientRequest {
	return send({
		createConnection: () => socket,
		path: `${pathname}${search}`,
		headers: {host, 'user-agent': 'cutover-tui', accept: '*/*', connection: 'close'},
		maxHeaderSize: mostHeaderBytes,
	});
}

const converse = (url: URL, socket: Socket, sought: Sought, {laps}: Trip): Promise<Answer> =>
	new Promise((done, fail) => {
		const request = get(url, socket);
		request.on('error', fail);
		request.once('socket', () => socket.once('data', () => laps.end('firstByte')));
		request.once('response', response => {
			read(response, sought)
				.then(done, fail)
				.finally(() => request.destroy());
		});
		request.end();
	});

export async function request(url: URL, sought: Sought, trip: Trip): Promise<Answer> {
	trip.laps.restart();
	const address = addressOfUrl(url);
	const socket = await reach(address, trip);
	return converse(url, url.protocol === 'https:' ? await secure(socket, address.host, trip) : socket, sought, trip);
}

/*
One HTTP exchange on a connection of its own, and how far it came: whether anything can have been received decides whether
a rollback may be begun another way. Not `fetch`: it sends a POST a second time by itself (after a 421), takes connections
from a pool that the other side may just be closing, and cannot tell a time-out before the connection was made from one
after. Here nothing is sent before the connection, and its TLS, are made, and nothing is sent twice.
*/
import {type ClientRequest, type IncomingHttpHeaders, type IncomingMessage, request as send} from 'node:http';
import type {Socket} from 'node:net';
import {bodyOf, type Keep} from './body.ts';
import {lapsBy} from './laps.ts';
import {coded, type Limits, within} from './limit.ts';
import {type HttpProxy, isSocks, loginOf, proxyFor, reachProxy, tunnel} from './proxy.ts';
import {addressOfUrl, reach, type Trip} from './reach.ts';
import {reasonOf} from './reason.ts';
import {secure, type Trust} from './tls.ts';

/** `direct`: by no proxy, whatever the environment says. `lenient`: takes what servers of the real world send for HTTP. */
export type Route = Trust & {readonly direct: boolean; readonly lenient: boolean};

/** `own`: headers for this server alone, such as a token; a redirect to another server loses them. */
export type Ask = {
	readonly url: URL;
	readonly method: 'GET' | 'POST';
	readonly headers: Readonly<Record<string, string>>;
	readonly own: Readonly<Record<string, string>>;
	readonly body: string | null;
	readonly keep: Keep;
	readonly route: Route;
};

export type Head = {readonly status: number; readonly headers: IncomingHttpHeaders};
/** `proxy`: that forwarded it, as host:port, and so may have answered in the server's place. */
export type Heard = Head & {readonly body: string; readonly proxy: string | null};

/** How far an exchange came: whether the server can have received it, and the head of its answer. */
export type Progress = {sent: boolean; head: Head | null};

const mostHeaderBytes = 16_384;

/** `proxy`: that is to forward a plain address: it gets all of the address, and what it is logged in with. */
const requestOn = (socket: Socket, {url, method, headers, own, route}: Ask, proxy: HttpProxy | null): ClientRequest =>
	send({
		createConnection: () => socket,
		method,
		path: proxy === null ? `${url.pathname}${url.search}` : `${url.origin}${url.pathname}${url.search}`,
		headers: {
			host: url.host,
			'user-agent': 'cutover-tui',
			...headers,
			...own,
			...(proxy === null ? {} : loginOf(proxy)),
			connection: 'close',
		},
		maxHeaderSize: mostHeaderBytes,
		insecureHTTPParser: route.lenient,
	});

const converse = (
	ask: Ask,
	socket: Socket,
	{laps}: Trip,
	progress: Progress,
	forwarder: HttpProxy | null,
): Promise<Heard> =>
	new Promise((done, fail) => {
		const read = async (response: IncomingMessage): Promise<Heard> => {
			const head = {status: response.statusCode ?? 0, headers: response.headers};
			progress.head = head;
			// Without a listener, the end of a connection in the middle of a body that nobody reads would be thrown.
			response.on('error', () => {});
			if (head.status === 407 && forwarder !== null)
				throw coded('ERR_PROXY', `proxy ${forwarder.name} wants a login (HTTP 407)`);
			return {...head, body: await bodyOf(response, ask.keep), proxy: forwarder?.name ?? null};
		};
		const request = requestOn(socket, ask, forwarder);
		request.on('error', fail);
		request.once('socket', () => socket.once('data', () => laps.end('firstByte')));
		request.once('response', response => {
			read(response)
				.then(done, fail)
				.finally(() => request.destroy());
		});
		progress.sent = true;
		request.end(ask.body ?? undefined);
	});

/** Rejects with an error that has a code. */
export async function exchange(ask: Ask, trip: Trip, progress: Progress = {sent: false, head: null}): Promise<Heard> {
	trip.laps.restart();
	const {url, route} = ask;
	const address = addressOfUrl(url);
	const proxy = route.direct ? null : proxyFor(url, route.env);
	const isSecure = url.protocol === 'https:';
	const forwarder = proxy === null || isSecure || isSocks(proxy) ? null : proxy;
	const socket =
		proxy === null
			? await reach(address, trip)
			: await (forwarder ? reachProxy(forwarder, route, trip) : tunnel(proxy, address, route, trip));
	const stream = isSecure ? await secure(socket, address.host, route, trip) : socket;
	return converse(ask, stream, trip, progress, forwarder);
}

const elsewhere = new Set([301, 302, 303, 307, 308]);

/** What a redirect asks for next; null where the answer is none. Throws where it leads to no http address. */
export function redirectOf({status, headers: {location}}: Head, ask: Ask): Ask | null {
	if (ask.method !== 'GET' || location === undefined || !elsewhere.has(status)) return null;
	const url = URL.parse(location, ask.url);
	if (url === null || !/^https?:$/.test(url.protocol)) throw coded('ERR_REDIRECT', `redirect to ${location}`);
	return {...ask, url, own: url.origin === ask.url.origin ? ask.own : {}};
}

/** `silent`: sent, and no whole answer; `head` is what came of one. */
export type Outcome =
	| ({readonly kind: 'heard'} & Heard)
	| {readonly kind: 'unsent'; readonly why: string}
	| {readonly kind: 'silent'; readonly why: string; readonly head: Head | null};

/** Never throws. `why` names headers, and never what one of them holds. */
export async function outcomeOf(ask: Ask, timeoutMs: number, limits: Limits): Promise<Outcome> {
	const progress: Progress = {sent: false, head: null};
	const {clock} = limits;
	try {
		const heard = await within(timeoutMs, limits, limit =>
			exchange(ask, {limit, clock, laps: lapsBy(clock)}, progress),
		);
		return {kind: 'heard', ...heard};
	} catch (error) {
		const why = `${reasonOf(error, timeoutMs)} (${ask.url.host})`;
		return progress.sent ? {kind: 'silent', why, head: progress.head} : {kind: 'unsent', why};
	}
}

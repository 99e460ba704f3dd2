/*
One HTTP exchange on a connection of its own, and how far it came: whether anything can have been received decides
whether a rollback may be begun another way. Not `fetch`: it sends a POST a second time by itself (after a 421), takes
connections from a pool that the other side may just be closing, and cannot tell a time-out before the connection stood
from one after. Here nothing is sent before `connect` (of TLS: `secureConnect`), and nothing is sent twice.
*/
import http, {type IncomingHttpHeaders, type IncomingMessage} from 'node:http';
import https from 'node:https';
import type {Clock} from '../../cutover/ports.ts';
import {durationText} from '../../text/time.ts';
import {endOf} from './body-end.ts';

/** `keep`: how much of the body, and which part of a longer one; `all` makes a longer one a fault. */
export type Sending = {
	readonly url: URL;
	readonly method: 'GET' | 'POST';
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string | null;
	readonly keep: {readonly bytes: number; readonly part: 'all' | 'end'};
	/** For all of it, the end of the body included. */
	readonly timeoutMs: number;
	readonly clock: Clock;
	readonly signal: AbortSignal | null;
};

export type Heard = {
	readonly kind: 'heard';
	readonly status: number;
	readonly headers: IncomingHttpHeaders;
	readonly body: string;
};

/** `silent`: sent, and no whole answer; `head` is what came of one. */
export type Outcome =
	| Heard
	| {readonly kind: 'unsent'; readonly why: string}
	| {readonly kind: 'silent'; readonly why: string; readonly head: Omit<Heard, 'kind' | 'body'> | null};

const words: Readonly<Record<string, string>> = {
	ECONNREFUSED: 'the connection is refused',
	ENOTFOUND: 'the name is not known here',
	EAI_AGAIN: 'the name server does not answer',
	EHOSTUNREACH: 'there is no way to it from here',
	ENETUNREACH: 'there is no way to it from here',
	ECONNRESET: 'the connection was cut',
	ERR_SSL_WRONG_VERSION_NUMBER: 'no TLS is spoken there',
};

/** Errors of TLS tell their source file in several lines: of those the code is enough. */
function reason(error: Error): string {
	const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
	const message = error.message === '' || error.message.includes('\n') ? (code ?? error.name) : error.message;
	return (code === null ? undefined : words[code]) ?? message;
}

function collect(response: IncomingMessage, {keep}: Sending, done: (body: string) => void): void {
	const end = endOf(keep.bytes);
	response.on('data', (chunk: Buffer) => {
		end.add(chunk);
		if (keep.part === 'all' && end.isCut())
			response.destroy(new Error(`the answer is longer than ${keep.bytes} bytes`));
	});
	response.once('end', () => done(end.text()));
}

const headOf = ({statusCode = 0, headers}: IncomingMessage) => ({status: statusCode, headers});

/** Never throws. Of the headers only their names may be told: one of them is a token. */
export const exchange = (sending: Sending): Promise<Outcome> =>
	new Promise(resolve => {
		const {url, method, headers, body, timeoutMs, clock, signal} = sending;
		const secure = url.protocol === 'https:';
		let connected = false;
		let head: IncomingMessage | null = null;
		const limit = durationText(timeoutMs / 1000);
		const request = (secure ? https : http).request(url, {
			agent: false,
			method,
			headers,
			...(signal === null ? {} : {signal}),
		});
		const stop = clock.after(timeoutMs, () =>
			request.destroy(
				new Error(connected ? `no whole answer came within ${limit}` : `no connection stood within ${limit}`),
			),
		);
		const lost = (error: Error): void => {
			stop();
			const why = `${reason(error)} (${url.host})`;
			resolve(connected ? {kind: 'silent', why, head: head === null ? null : headOf(head)} : {kind: 'unsent', why});
		};
		request.once('socket', socket => {
			// Of a connection that stands already nobody knows what went over it.
			connected = !socket.connecting;
			socket.once(secure ? 'secureConnect' : 'connect', () => {
				connected = true;
			});
		});
		request.on('error', lost);
		request.once('response', response => {
			head = response;
			response.on('error', lost);
			collect(response, sending, text => {
				stop();
				resolve({kind: 'heard', ...headOf(response), body: text});
			});
		});
		request.end(body ?? undefined);
	});

/* Servers that answer health checks as real ones do, and a proxy before one of them. */
import {once} from 'node:events';
import {type AddressInfo, connect, createServer, type Server, type Socket} from 'node:net';
import type {TestContext} from 'node:test';
import {brotliCompressSync, deflateRawSync, deflateSync, gzipSync} from 'node:zlib';
import type {Rest} from './around.ts';

/** What a server writes for an answer; `stays` leaves the connection open. */
export type Odd = {readonly answer: readonly (string | Buffer)[]; readonly stays?: true; readonly rest?: Rest};

export const body = 'status: UP, Größe: 3';
const sized = (bytes: Buffer, headers = ''): readonly (string | Buffer)[] => [
	`HTTP/1.1 200 OK\r\n${headers}Content-Length: ${bytes.length}\r\n\r\n`,
	bytes,
];
export const encoded = (encoding: string, bytes: Buffer): Odd => ({
	answer: sized(bytes, `Content-Encoding: ${encoding}\r\n`),
});
const typed = (type: string, bytes: Buffer): Odd => ({answer: sized(bytes, `Content-Type: ${type}\r\n`)});
const bytewise = (bytes: Buffer): readonly (string | Buffer)[] => [
	'HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n',
	bytes.subarray(0, 1),
	`\r\n${(bytes.length - 1).toString(16)}\r\n`,
	bytes.subarray(1),
	'\r\n0\r\n\r\n',
];
const chunk = (text: string): string => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;

export const odd: Readonly<Record<string, Odd>> = {
	'compressed by gzip': encoded('gzip', gzipSync(body)),
	'compressed by brotli': encoded('br', brotliCompressSync(body)),
	'compressed by deflate': encoded('deflate', deflateSync(body)),
	'compressed by deflate without a header of its own': encoded('Deflate', deflateRawSync(body)),
	'compressed twice': encoded('gzip, br', brotliCompressSync(gzipSync(body))),
	'compressed, of which one byte comes first': {answer: bytewise(gzipSync(body))},
	'that only says it is compressed': encoded('gzip', Buffer.from(body)),
	'compressed and cut off': {
		answer: [
			`HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 9999\r\n\r\n`,
			gzipSync(body).subarray(0, -8),
		],
	},
	'in Latin-1': typed('text/plain; charset=ISO-8859-1', Buffer.from(body, 'latin1')),
	'in UTF-16 with a byte order mark': typed('text/plain', Buffer.from(`\ufeff${body}`, 'utf16le')),
	'in XML that names its own charset': typed(
		'text/xml',
		Buffer.from(`<?xml version="1.0" encoding="iso-8859-1"?><s>${body}</s>`, 'latin1'),
	),
	'in a charset that nobody knows': typed('text/plain; charset=x-house', Buffer.from(body)),
	'with line feeds alone': {
		answer: [`HTTP/1.1 200 OK\nContent-Type: text/plain\nContent-Length: ${Buffer.byteLength(body)}\n\n${body}`],
	},
	'of HTTP/1.0, without a length': {answer: [`HTTP/1.0 200 OK\r\n\r\n${body}`]},
	'without a reason beside its status': {answer: [`HTTP/1.1 200\r\n\r\n${body}`]},
	'in chunks that never end': {
		answer: [`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${chunk('status: ')}${chunk(body)}`],
		stays: true,
	},
	'in chunks, closed before their end': {
		answer: [`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${chunk(body)}`],
	},
	'with both a length and chunks': {
		answer: [`HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n${chunk(body)}0\r\n\r\n`],
	},
	'of one of several statuses': {answer: [`HTTP/1.1 429 Slow Down\r\n\r\n${body}`], rest: {status: [200, 429]}},
};

export const answerWith =
	({answer, stays}: Odd) =>
	(socket: Socket): void => {
		socket.on('error', () => {});
		socket.once('data', () => {
			for (const part of answer) socket.write(part);
			if (!stays) socket.end();
		});
	};

export async function listening(t: TestContext, server: Server): Promise<number> {
	const open = new Set<Socket>();
	server.on('connection', socket => open.add(socket));
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	t.after(() => {
		for (const socket of open) socket.destroy();
		server.close();
	});
	return (server.address() as AddressInfo).port;
}

/** A proxy that knows one server, by whatever name it is asked for. */
export const proxyTo = (t: TestContext, port: number): Promise<number> =>
	listening(
		t,
		createServer(socket => {
			socket.on('error', () => {});
			socket.once('data', head => {
				const beyond = connect(port, '127.0.0.1').on('error', () => socket.destroy());
				if (head.toString().startsWith('CONNECT ')) socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
				else beyond.write(head);
				socket.pipe(beyond);
				beyond.pipe(socket);
				// A pipe does not pass on that its source was cut off, and an open end keeps the process of the test.
				socket.on('close', () => beyond.destroy());
			});
		}),
	);

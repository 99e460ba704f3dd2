/**
 * What a rehearsal cuts over, and the GitHub that it rolls back with: a front door on the loopback that serves whichever
 * release its router names, and a slot for each release beside it. It lives as long as its standard input is open, so that
 * a rehearsal that is killed leaves nothing running. Usage: `sandbox WORKSPACE`, or `sandbox --target WORKSPACE`, which
 * answers any path that it is well and serves nothing; the first line of stdout is its address. Lines on stdin are orders.
 */
import {appendFileSync, mkdirSync, renameSync, writeFileSync} from 'node:fs';
import {createServer, type RequestListener} from 'node:http';
import type {AddressInfo} from 'node:net';
import {join} from 'node:path';
import process from 'node:process';
import {createInterface} from 'node:readline';
import {parseArgs} from 'node:util';
import {type Answer, answer, releaseFor} from './sandbox/answer.ts';
import {type Orders, ordersFor} from './sandbox/orders.ts';

/** Scripts of the workspace find the service by this file; it is there whole or not at all. */
function tellAddress(folder: string, url: string): void {
	const file = join(folder, 'runtime', 'url');
	writeFileSync(`${file}.new`, `${url}\n`);
	renameSync(`${file}.new`, file);
}

/* One line a request in the service's own log: what a cutover's "critical logs" are looked up in. */

/** Control characters of a request must not end a line early. */
const shown = (text: string) => text.replace(/[^ -~]/g, '?').slice(0, 200);

/** `2031-03-08T22:00:00.000Z INFO GET /health 200`; ERROR from status 500 on. */
const requestLog =
	(file: string) =>
	(method: string, url: string, status: number): void => {
		const level = status >= 500 ? 'ERROR' : 'INFO';
		appendFileSync(file, `${new Date().toISOString()} ${level} ${shown(method)} ${shown(url)} ${status}\n`);
	};

type Front = {
	answer(method: string, url: string): Answer;
	/** Which release answers for it; null where there are none. */
	release(url: string): string | null;
	opened(url: string): void;
};

function serving(folder: string): Front {
	mkdirSync(join(folder, 'runtime'), {recursive: true});
	const note = requestLog(join(folder, 'runtime', 'service.log'));
	return {
		answer(method, url) {
			const found = answer(folder, method, url);
			note(method, url, found.status);
			return found;
		},
		release: url => releaseFor(folder, url),
		opened: url => tellAddress(folder, url),
	};
}

const anyPath: Front = {
	answer: () => ({status: 200, body: {status: 'ok', version: 'rehearsal'}}),
	release: () => null,
	opened: () => {},
};

/** A release in trouble cuts the connection without a word, or takes its time. */
const door =
	(front: Front, orders: Orders): RequestListener =>
	(request, response) => {
		const {method = '', url = '/'} = request;
		const {cuts, delayMs} = orders.trouble(front.release(url));
		if (cuts) return void request.socket.destroy();
		setTimeout(() => {
			const {status, body} = front.answer(method, url);
			const text = `${JSON.stringify(body)}\n`;
			response.writeHead(status, {
				'content-type': 'application/json',
				'content-length': Buffer.byteLength(text),
				connection: 'close',
			});
			response.end(text);
		}, delayMs);
	};

function open(front: Front, orders: Orders): void {
	const server = createServer(door(front, orders));
	server.listen(0, '127.0.0.1', () => {
		const {port} = server.address() as AddressInfo;
		const url = `http://127.0.0.1:${port}`;
		front.opened(url);
		process.stdout.write(`${url}\n`);
	});
	createInterface({input: process.stdin})
		.on('line', line => void orders.take(line, reported => process.stdout.write(`${reported}\n`)))
		.once('close', () => {
			server.close();
			server.closeAllConnections();
			orders.end();
		});
}

const {values, positionals} = parseArgs({
	options: {target: {type: 'boolean', default: false}},
	allowPositionals: true,
});
const [workspace] = positionals;
if (workspace === undefined) {
	process.stderr.write('The sandbox service needs the workspace that it serves from: sandbox WORKSPACE.\n');
	process.exitCode = 2;
} else {
	const front = values.target ? anyPath : serving(workspace);
	open(front, ordersFor(workspace, front.release('/')));
}

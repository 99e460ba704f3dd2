/**
 * The service that a rehearsal cuts over: a front door on the loopback that serves whichever release its router names,
 * and a slot for each release beside it. It lives as long as its standard input is open, so that a rehearsal that is
 * killed leaves nothing running. Usage: `sandbox WORKSPACE`; the first line of stdout is its address.
 */
import {mkdirSync, renameSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {join} from 'node:path';
import process from 'node:process';
import {answer} from './sandbox/answer.ts';
import {requestLog} from './sandbox/request-log.ts';

const [workspace] = process.argv.slice(2);

/** Scripts of the workspace find the service by this file; it stands whole or not at all. */
function tellAddress(folder: string, url: string): void {
	const file = join(folder, 'runtime', 'url');
	writeFileSync(`${file}.new`, `${url}\n`);
	renameSync(`${file}.new`, file);
}

function serve(folder: string): void {
	mkdirSync(join(folder, 'runtime'), {recursive: true});
	const note = requestLog(join(folder, 'runtime', 'service.log'));
	const server = createServer((request, response) => {
		const {method = '', url = '/'} = request;
		const {status, body} = answer(folder, method, url);
		note(method, url, status);
		const text = `${JSON.stringify(body)}\n`;
		response.writeHead(status, {
			'content-type': 'application/json',
			'content-length': Buffer.byteLength(text),
			connection: 'close',
		});
		response.end(text);
	});
	server.listen(0, '127.0.0.1', () => {
		const {port} = server.address() as AddressInfo;
		const url = `http://127.0.0.1:${port}`;
		tellAddress(folder, url);
		process.stdout.write(`${url}\n`);
	});
	process.stdin.once('close', () => {
		server.close();
		server.closeAllConnections();
	});
	process.stdin.resume();
}

if (workspace === undefined) {
	process.stderr.write('The sandbox service needs the workspace that it serves from: sandbox WORKSPACE.\n');
	process.exitCode = 2;
} else {
	serve(workspace);
}

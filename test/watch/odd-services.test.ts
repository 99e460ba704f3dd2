/** Services that answer oddly, behind a proxy and a company's own certificate authority, watched by one watcher and then by the next. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createServer} from 'node:tls';
import type {Endpoint} from '../../source/cutover/model/endpoint.ts';
import {samplesFile} from '../../source/processes/folder.ts';
import {isAlive} from '../../source/processes/process.ts';
import {Site} from '../attempts/site.ts';
import {kill} from '../harness/ending.ts';
import {linesOf} from '../harness/files.ts';
import {http, type Rest} from '../probes/around.ts';
import {certificate, missing} from '../probes/certificates.ts';
import {answerWith, listening, odd, proxyTo} from '../probes/odd-servers.ts';

const kinds = [
	'compressed by gzip',
	'compressed by brotli',
	'compressed by deflate without a header of its own',
	'in Latin-1',
	'with line feeds alone',
	'of HTTP/1.0, without a length',
	'in chunks that never end',
	'of one of several statuses',
] as const;

const endpointOf = (name: string, rest: Rest = {}): Endpoint => ({
	...http(`https://app.test/${encodeURIComponent(name)}`, {body: 'UP, Größe', ...rest}),
	name,
	everySeconds: 1,
});

type Seen = {readonly endpoint: string; readonly verdict: string; readonly reason: string};

test('services that answer oddly are up behind a proxy and a private authority, also for the watcher that takes over', {
	skip: missing,
}, async t => {
	const {key, cert, file} = certificate('house', 'DNS:app.test');
	// Which one is asked, its path says; the last one is really down.
	const server = createServer({key, cert}, socket => {
		socket.on('error', () => {});
		socket.once('data', head => {
			const [, path = ''] = /^GET \/(\S*)/.exec(head.toString('latin1')) ?? [];
			const about = odd[decodeURIComponent(path)] ?? {answer: ['HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n']};
			answerWith(about)(socket);
			socket.emit('data', head);
		});
	});
	const proxy = `127.0.0.1:${await proxyTo(t, await listening(t, server))}`;
	const env = {HTTPS_PROXY: proxy, NODE_EXTRA_CA_CERTS: file};
	const endpoints = [...kinds.map(kind => endpointOf(kind, odd[kind]?.rest)), endpointOf('down')];
	const site = await Site.begin(t, {runbook: {endpoints}, env, watched: true, needs: Object.keys(env)});
	const samples = (): readonly Seen[] =>
		linesOf(samplesFile(site.folder))
			.filter(line => line.includes('"endpoint"'))
			.map(line => JSON.parse(line));
	const allAsked = (from: number) => () =>
		endpoints.every(
			({name}) =>
				samples()
					.slice(from)
					.filter(({endpoint}) => endpoint === name).length > 1,
		);
	const first = await site.shows('a watcher', () => site.watcher());
	await site.shows('samples of each', allAsked(0));
	await kill(first);
	const next = await site.shows('the next watcher', () => {
		const now = site.watcher();
		return now !== null && now.pid !== first.pid && isAlive(now) ? now : null;
	});
	await site.shows('samples of each by the next', allAsked(samples().length));
	assert.notEqual(next.pid, first.pid);
	const verdicts = samples().map(({endpoint, verdict, reason}) => `${endpoint}: ${verdict} ${reason}`.trim());
	assert.deepEqual(
		[...new Set(verdicts)].toSorted(),
		[...kinds.map(kind => `${kind}: ok`), 'down: fail HTTP 500'].toSorted(),
	);
});

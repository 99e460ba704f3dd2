/*
The server of the page: node:http alone. It lets in what is small, quick, for a host that is ours and, where it posts, from
this site; everything else is refused before a route sees it.
*/

import {
	createServer as createHttp,
	type Server as HttpServer,
	type IncomingMessage,
	type ServerResponse,
} from 'node:http';
import {createServer as createHttps, type Server as HttpsServer} from 'node:https';
import {html} from '../page/html.ts';
import {headOf, policy} from '../page/policy.ts';
import {style} from '../page/style.ts';
import {errorText} from '../text/error-text.ts';
import type {Front} from './front.ts';
import type {Answer, Asked, Page, Route} from './route.ts';

export type ServerWorld = {
	readonly routes: readonly Route[];
	/** Whether a Host header names this server. */
	isOurs(host: string): boolean;
	/** Null: nobody is signed in. */
	readonly front: Front | null;
	/** One line a request: method, route, status. */
	log(line: string): void;
};

const longestHeader = 8192;
const longestBody = 8192;

const plainPolicy = policy(style, null);

const everywhere = {
	'referrer-policy': 'no-referrer',
	'x-content-type-options': 'nosniff',
	'cache-control': 'no-store',
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-resource-policy': 'same-origin',
	'permissions-policy': 'camera=(), geolocation=(), microphone=()',
	'x-frame-options': 'DENY',
	'x-robots-tag': 'noindex, nofollow',
};

/** A page of one sentence. */
export const notice = (status: number, title: string, text: string): Page => ({
	status,
	body: html`${headOf(title, style)}<body><main><h1>${title}</h1><p>${text}</p></main></body></html>`,
});

class Refused extends Error {
	readonly page: Page;

	constructor(page: Page) {
		super(String(page.status));
		this.page = page;
	}
}

const refuse = (status: number, title: string, text: string): Refused => new Refused(notice(status, title, text));

/** What a browser says of where a request comes from; one without either header is no browser of today, and is refused. */
function isSameSite({headers}: IncomingMessage): boolean {
	const site = headers['sec-fetch-site'];
	if (site !== undefined) return site === 'same-origin';
	const {origin, host} = headers;
	return origin !== undefined && URL.canParse(origin) && new URL(origin).host === host;
}

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
	if (!/^application\/x-www-form-urlencoded\b/.test(request.headers['content-type'] ?? ''))
		throw refuse(415, 'Refused', 'Only a form is taken.');
	const chunks: Buffer[] = [];
	let length = 0;
	for await (const chunk of request) {
		length += chunk.length;
		if (length > longestBody) throw refuse(413, 'Too long', 'A form is at most 8 KiB.');
		chunks.push(chunk);
	}
	return new URLSearchParams(Buffer.concat(chunks).toString());
}

const cookieIn = (header: string | undefined, name: string): string | null =>
	header
		?.split(/;\s*/)
		.find(each => each.startsWith(`${name}=`))
		?.slice(name.length + 1) ?? null;

const empty = new URLSearchParams();

const headerOf =
	({headers}: IncomingMessage) =>
	(name: string): string | null => {
		const value = headers[name];
		return typeof value === 'string' ? value : null;
	};

async function askedOf({front}: ServerWorld, request: IncomingMessage, url: URL): Promise<Asked> {
	const {headers, socket} = request;
	const header = headerOf(request);
	const cookie = (name: string): string | null => cookieIn(headers.cookie, name);
	return {
		path: url.pathname,
		query: url.searchParams,
		header,
		cookie,
		form: request.method === 'POST' ? await formOf(request) : empty,
		from: socket.remoteAddress ?? null,
		account: front?.accountIn({header, cookie}) ?? null,
	};
}

function send(response: ServerResponse, answer: Answer, isHead: boolean): number {
	const {headers = {}} = 'stream' in answer ? {} : answer;
	for (const [name, value] of Object.entries({...everywhere, ...headers})) response.setHeader(name, value);
	if ('stream' in answer) {
		response.statusCode = 200;
		if (isHead) response.end();
		else answer.stream(response);
		return 200;
	}
	if ('location' in answer) {
		response.writeHead(303, {location: answer.location, 'content-length': 0}).end();
		return 303;
	}
	const body = answer.body.toString();
	const {status = 200, policy: allowed = plainPolicy} = answer;
	response.writeHead(status, {
		'content-type': 'text/html; charset=utf-8',
		'content-length': Buffer.byteLength(body),
		'content-security-policy': `${allowed}; frame-ancestors 'none'`,
	});
	response.end(isHead ? undefined : body);
	return status;
}

/** Throws Refused. */
function routeFor({routes, isOurs, front}: ServerWorld, request: IncomingMessage, url: URL): Route {
	const {method = '', headers} = request;
	if (headers.host === undefined || !isOurs(headers.host))
		throw refuse(421, 'Refused', 'This server does not answer for that host.');
	const no = front?.refusal(headerOf(request)) ?? null;
	if (no !== null) throw refuse(403, 'Refused', no);
	const here = routes.filter(({path}) => path === url.pathname);
	if (here.length === 0) throw refuse(404, 'Nothing here', 'There is no such page.');
	const route = here.find(each => each.method === (method === 'HEAD' ? 'GET' : method));
	if (route === undefined) throw refuse(405, 'Refused', 'This page does not take that method.');
	if (route.method === 'POST' && !isSameSite(request))
		throw refuse(403, 'Refused', 'This came from another page. Open the page itself, and try again.');
	return route;
}

/** Null: what was asked for is no address. A mail gateway may write `#` as `%23`: what follows is no part of the path. */
function urlOf({url = '/'}: IncomingMessage): URL | null {
	const given = url.replace(/^([^?]*?)%23.*$/, '$1');
	return given.startsWith('/') && !given.startsWith('//') && URL.canParse(given, 'http://here')
		? new URL(given, 'http://here')
		: null;
}

async function answer(world: ServerWorld, request: IncomingMessage, response: ServerResponse): Promise<void> {
	let name = '-';
	let status = 500;
	const isHead = request.method === 'HEAD';
	try {
		const url = urlOf(request);
		if (url === null) throw refuse(400, 'Refused', 'That is no address.');
		const route = routeFor(world, request, url);
		({name} = route);
		status = send(response, await route.handle(await askedOf(world, request, url)), isHead);
	} catch (error) {
		const page = error instanceof Refused ? error.page : notice(500, 'Error', 'The server could not do that.');
		if (!(error instanceof Refused)) world.log(`error in ${name}: ${errorText(error)}`);
		if (response.headersSent) return void response.destroy();
		// What else is sent of a body that is too long is not waited for.
		if (page.status === 413) response.setHeader('connection', 'close');
		status = send(response, page, isHead);
	}
	world.log(`${request.method} ${name} ${status}`);
}

const limits = {maxHeaderSize: longestHeader, headersTimeout: 10_000, requestTimeout: 15_000, keepAliveTimeout: 5000};

const aYear = 'max-age=31536000';

/** Not listening yet. `tls`: PEM; null: plain HTTP, for this machine or behind a proxy. */
export function pageServer(
	world: ServerWorld,
	tls: {readonly cert: Buffer; readonly key: Buffer} | null = null,
): HttpServer | HttpsServer {
	const handle = (request: IncomingMessage, response: ServerResponse): void => {
		if (tls !== null) response.setHeader('strict-transport-security', aYear);
		void answer(world, request, response);
	};
	const server = tls === null ? createHttp(limits, handle) : createHttps({...limits, ...tls}, handle);
	server.maxRequestsPerSocket = 1000;
	return server;
}

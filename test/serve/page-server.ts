/* The server of a page that a test changes, on a socket of its own. */
import {type IncomingHttpHeaders, type RequestOptions, request} from 'node:http';
import type {TestContext} from 'node:test';
import {systemClock} from '../../source/cli/clock.ts';
import type {Board} from '../../source/page/board.ts';
import {listen, stopListening} from '../../source/serve/listen.ts';
import {liveBoard} from '../../source/serve/live.ts';
import type {Route} from '../../source/serve/route.ts';
import {pageServer} from '../../source/serve/server.ts';
import {viewBy} from '../../source/serve/view.ts';

export type Answered = {readonly status: number; readonly headers: IncomingHttpHeaders; readonly text: string};

export type Served = {
	readonly url: string;
	readonly log: readonly string[];
	/** The board is this one from now on. */
	show(board: Board): void;
	ask(path: string, options?: RequestOptions, body?: string): Promise<Answered>;
	stop(): Promise<void>;
};

type Options = {readonly code?: string | null; readonly routes?: readonly Route[]; mayLook?(): boolean};

/** Serves a board on a free port of the loopback address; ends with the test. */
export async function served(
	t: TestContext,
	first: Board,
	{code = null, routes = [], mayLook}: Options = {},
): Promise<Served> {
	let board = first;
	const watchers = new Set<() => void>();
	const log: string[] = [];
	const source = {
		board: () => board,
		watch(changed: () => void) {
			watchers.add(changed);
			return () => void watchers.delete(changed);
		},
	};
	const view = viewBy(code, false);
	const live = liveBoard(source, {...view, mayLook: mayLook ?? view.mayLook}, systemClock, 'boot');
	const server = pageServer(
		{
			routes: [...live.routes, ...routes],
			isOurs: host => /^127\.0\.0\.1(?::\d+)?$/.test(host),
			front: null,
			log: line => void log.push(line),
		},
		null,
	);
	const address = await listen(server, {host: '127.0.0.1', port: 0});
	let isStopped = false;
	const stop = async (): Promise<void> => {
		if (isStopped) return;
		isStopped = true;
		live.close();
		await stopListening(server, systemClock);
	};
	t.after(stop);
	const url = `http://${address}`;
	return {
		url,
		log,
		show(next) {
			board = next;
			for (const changed of watchers) changed();
		},
		ask: (path, options = {}, body = '') =>
			new Promise((resolve, reject) => {
				const asked = request(`${url}${path}`, {agent: false, ...options}, response => {
					let text = '';
					response.setEncoding('utf8').on('data', (chunk: string) => {
						text += chunk;
					});
					response.on('end', () => resolve({status: response.statusCode ?? 0, headers: response.headers, text}));
					response.on('error', reject);
				});
				asked.on('error', reject);
				asked.end(body);
			}),
		stop,
	};
}

export const form = {'content-type': 'application/x-www-form-urlencoded'};
export const sameSite = {...form, 'sec-fetch-site': 'same-origin'};

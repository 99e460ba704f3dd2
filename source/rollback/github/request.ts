/*
One request to GitHub's API, answered by a value: an answer with what its headers say, `unsent` (surely not received) or
`silent` (sent, nothing or not all came back). The token goes into one header and nowhere else: whatever comes back is
cleared of it here, once, so that no sentence made of an answer can hold it.
*/

import type {Remote} from '../../cutover/model/runbook.ts';
import type {Clock} from '../../cutover/ports.ts';
import {redactor} from '../../text/clean.ts';
import {type Answer, answerOf, dateOf, header, type Reply, renewed} from './answer.ts';
import {exchange, type Heard, type Outcome} from './exchange.ts';

/** Where, and as whom. `timeoutMs`: for one request with its whole answer, 10 s unless set. `signal`: gives up. */
export type Access = {
	readonly remote: Remote;
	readonly token: string;
	readonly clock: Clock;
	readonly timeoutMs?: number;
	readonly signal?: AbortSignal;
};

/** `known`: an answer to the same request; GitHub is asked whether it still holds. */
export type ApiRequest = {
	/** From the API's address on. */
	readonly path: string;
	readonly post?: unknown;
	readonly accept?: string;
	readonly known?: Answer | null;
	/** Of a longer body its end is kept; without it, more than 4 MiB is a fault. */
	readonly endBytes?: number;
};

const mostBytes = 4 * 1024 * 1024;
const mostRedirects = 3;

const headersOf = (
	access: Access,
	{post, accept, known}: ApiRequest,
	own: boolean,
): Readonly<Record<string, string>> => ({
	'user-agent': 'cutover-tui',
	...(own
		? {
				authorization: `Bearer ${access.token}`,
				accept: accept ?? 'application/vnd.github+json',
				'x-github-api-version': '2022-11-28',
			}
		: {}),
	...(post === undefined ? {} : {'content-type': 'application/json'}),
	...(known?.etag ? {'if-none-match': known.etag} : {}),
});

/** A redirect of a GET, where it leads; never from TLS to none. */
function nextOf({status, headers}: Heard, {post}: ApiRequest, url: URL): URL | null {
	const location = header(headers, 'location');
	if (post !== undefined || location === null || ![301, 302, 303, 307, 308].includes(status)) return null;
	const next = URL.canParse(location, url) ? new URL(location, url) : null;
	return next === null || (url.protocol === 'https:' && next.protocol !== 'https:') ? null : next;
}

/** Follows redirects; the token does not go to another server than the API's own. */
async function follow(access: Access, asked: ApiRequest, url: URL, redirects: number): Promise<Outcome> {
	const outcome = await exchange({
		url,
		method: asked.post === undefined ? 'GET' : 'POST',
		headers: headersOf(access, asked, url.origin === new URL(access.remote.api).origin),
		body: asked.post === undefined ? null : JSON.stringify(asked.post),
		keep: asked.endBytes === undefined ? {bytes: mostBytes, part: 'all'} : {bytes: asked.endBytes, part: 'end'},
		timeoutMs: access.timeoutMs ?? 10_000,
		clock: access.clock,
		signal: access.signal ?? null,
	});
	const next = outcome.kind === 'heard' && redirects < mostRedirects ? nextOf(outcome, asked, url) : null;
	return next === null ? outcome : follow(access, asked, next, redirects + 1);
}

/** Never throws. */
export async function request(access: Access, asked: ApiRequest): Promise<Reply> {
	const clear = redactor([access.token]);
	let outcome: Outcome;
	try {
		outcome = await follow(access, asked, new URL(`${access.remote.api}${asked.path}`), 0);
	} catch (error) {
		// An address that is none, or a token with characters that no header can carry.
		outcome = {kind: 'unsent', why: error instanceof Error ? error.message : String(error)};
	}
	if (outcome.kind === 'unsent') return {kind: 'unsent', why: clear(outcome.why)};
	if (outcome.kind === 'silent') {
		const {why, head} = outcome;
		return {
			kind: 'silent',
			why: clear(why),
			status: head?.status ?? null,
			date: head === null ? null : dateOf(head.headers),
		};
	}
	const answer = answerOf(outcome, clear);
	return answer.status === 304 && asked.known ? renewed(asked.known, answer) : answer;
}

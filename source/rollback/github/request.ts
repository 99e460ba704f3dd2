/*
One request to GitHub's API, answered by a value: an answer with what its headers say, `unsent` (surely not received) or
`silent` (sent, nothing or not all came back). The token goes into one header and nowhere else: whatever comes back is
cleared of it here, once, so that no sentence made of an answer can hold it.
*/

import type {Remote} from '../../cutover/model/runbook.ts';
import type {Clock} from '../../cutover/ports.ts';
import {type Ask, type Outcome, outcomeOf, redirectOf} from '../../net/exchange.ts';
import {errorText} from '../../text/error-text.ts';
import {redactor} from '../../text/redact.ts';
import {type Answer, answerOf, dateOf, type Reply, renewed} from './answer.ts';

/** Where, and as whom. `timeoutMs`: for one request with its whole answer, 10 s unless set. `signal`: gives up. */
export type Access = {
	readonly remote: Remote;
	readonly token: string;
	readonly clock: Clock;
	readonly timeoutMs?: number;
	/** Between two looks at a run, however long GitHub asks to be left alone. */
	readonly longestWaitMs: number;
	readonly signal?: AbortSignal;
	/** Of the process that asks: proxies and certificate authorities. */
	readonly env: Readonly<Record<string, string | undefined>>;
	/** PEM files that are trusted besides, absolute. */
	readonly ca: readonly string[];
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

function askOf({remote, token, env, ca}: Access, {path, post, accept, known, endBytes}: ApiRequest): Ask {
	return {
		url: new URL(`${remote.api}${path}`),
		method: post === undefined ? 'GET' : 'POST',
		headers: {},
		own: {
			authorization: `Bearer ${token}`,
			accept: accept ?? 'application/vnd.github+json',
			'x-github-api-version': '2022-11-28',
			...(post === undefined ? {} : {'content-type': 'application/json'}),
			...(known?.etag ? {'if-none-match': known.etag} : {}),
		},
		body: post === undefined ? null : JSON.stringify(post),
		keep: endBytes === undefined ? {bytes: mostBytes, part: 'all'} : {bytes: endBytes, part: 'end'},
		route: {env, ca, direct: false, insecure: false, lenient: false},
	};
}

/** Follows redirects, but never from TLS to none; the token does not go to another server than the API's own. */
async function follow(access: Access, ask: Ask, redirects: number): Promise<Outcome> {
	const {clock, signal, timeoutMs = 10_000} = access;
	const outcome = await outcomeOf(ask, timeoutMs, {clock, signal: signal ?? null});
	const next = outcome.kind === 'heard' && redirects > 0 ? redirectOf(outcome, ask) : null;
	const isWorse = ask.url.protocol === 'https:' && next?.url.protocol === 'http:';
	return next === null || isWorse ? outcome : follow(access, next, redirects - 1);
}

/** Never throws. */
export async function request(access: Access, asked: ApiRequest): Promise<Reply> {
	const clear = redactor([access.token]);
	let outcome: Outcome;
	try {
		outcome = await follow(access, askOf(access, asked), mostRedirects);
	} catch (error) {
		// An address that is none, or a token with characters that no header can carry.
		outcome = {kind: 'unsent', why: errorText(error)};
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

/* What came back of a request, with what its headers say; times and waits are counted by GitHub's own clock. */
import type {IncomingHttpHeaders} from 'node:http';
import type {Heard} from '../../net/exchange.ts';
import {parseHttpDate} from '../../text/time.ts';

export type Answer = {
	readonly kind: 'answer';
	readonly status: number;
	readonly body: string;
	/** GitHub's own clock, in ms. */
	readonly date: number | null;
	readonly etag: string | null;
	/** How long GitHub asks to be left alone, by `retry-after` or by its rate limit. */
	readonly retryAfterSeconds: number | null;
	/** Scopes of a classic token; null for other tokens, which do not tell. */
	readonly scopes: string | null;
};

/** `status`, `date`: of an answer whose body did not come whole; null where none came. */
export type Silent = {
	readonly kind: 'silent';
	readonly why: string;
	readonly status: number | null;
	readonly date: number | null;
};

type Unsent = {readonly kind: 'unsent'; readonly why: string};

export type Reply = Answer | Unsent | Silent;

export const isGood = (reply: Reply): reply is Answer & {readonly status: 200} =>
	reply.kind === 'answer' && reply.status === 200;

function header(headers: IncomingHttpHeaders, name: string): string | null {
	const found = headers[name];
	return typeof found === 'string' ? found : (found?.[0] ?? null);
}

const count = (text: string | null): number | null => (text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null);

/** A rate limit says when it ends by GitHub's clock, so the wait is counted by that clock too. */
function waitOf(status: number, headers: IncomingHttpHeaders, date: number | null): number | null {
	const asked = header(headers, 'retry-after');
	const until = asked === null ? null : parseHttpDate(asked);
	if (until !== null && date !== null) return Math.max(0, (until - date) / 1000);
	if (count(asked) !== null) return count(asked);
	const reset = count(header(headers, 'x-ratelimit-reset'));
	const spent = (status === 403 || status === 429) && header(headers, 'x-ratelimit-remaining') === '0';
	return spent && reset !== null && date !== null ? Math.max(0, reset - date / 1000) : null;
}

export const dateOf = (headers: IncomingHttpHeaders): number | null => parseHttpDate(header(headers, 'date') ?? '');

export function answerOf({status, headers, body}: Heard, clear: (text: string) => string): Answer {
	const date = dateOf(headers);
	return {
		kind: 'answer',
		status,
		body: clear(body),
		date,
		etag: header(headers, 'etag'),
		retryAfterSeconds: waitOf(status, headers, date),
		scopes: header(headers, 'x-oauth-scopes'),
	};
}

/** An answer that still holds; its date and its wait are those of the newer one, which says so. */
export const renewed = ({status, body, etag}: Answer, newer: Answer): Answer => ({...newer, status, body, etag});

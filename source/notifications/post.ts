/*
Channels that post JSON: by the program's own client, through the proxy and by the authorities of the settings, without following a
redirect. An answer decides what is tried again: what never arrived, what the service puts off, and its own faults.
*/
import type {Heard, Outcome} from '../net/exchange.ts';
import {parseHttpDate} from '../text/time.ts';
import {
	type Answer,
	arrived,
	type Channel,
	type ChannelContext,
	type ChannelFields,
	type ChannelValues,
	type Message,
} from './channel.ts';
import {cut} from './cut.ts';

export type Post = {readonly url: URL; readonly body: unknown; readonly headers?: Readonly<Record<string, string>>};

type Posting<F extends ChannelFields> = Pick<Channel<F>, 'summary' | 'fields' | 'each'> & {
	/** One after the other; where one does not arrive, all of them are sent again. Throws a sentence where a value is not usable. */
	posts(message: Message, values: ChannelValues<F>, context: ChannelContext): readonly Post[];
	/** Why an answer that says 2xx is none all the same; null where it is one. */
	denied?(heard: Heard): Answer | null;
};

const timeoutMs = 15_000;
const longestWaitMs = 120_000;
const mostAnswer = 4096;

/** The address that a variable holds. Throws where it is none, without saying it: it is a secret. */
export function addressIn(value: string): URL {
	const url = URL.parse(value.trim());
	if (url === null || !/^https?:$/.test(url.protocol)) throw new Error('its variable does not hold an http address');
	return url;
}

/** How long the service asks to wait, ms: by its header, in seconds or as a date, or by what Discord says in the body. */
function waitOf({headers, body}: Heard): number | undefined {
	const header = headers['retry-after'] ?? '';
	const date = parseHttpDate(header);
	const from = parseHttpDate(headers.date ?? '');
	const inBody = /"retry_after":\s*(\d+(?:\.\d+)?)/.exec(body)?.[1];
	const seconds = /^\d+(?:\.\d+)?$/.test(header) ? Number(header) : inBody === undefined ? null : Number(inBody);
	const ms = date !== null && from !== null ? date - from : seconds === null ? null : seconds * 1000;
	return ms === null ? undefined : Math.min(Math.max(0, Math.ceil(ms)), longestWaitMs);
}

const passing = new Set([408, 425, 429]);

const firstLine = (body: string): string => body.trim().split(/\r?\n/)[0] ?? '';

/** `HTTP 404: no_service`. */
export const saidIn = ({status, body}: Heard): string =>
	firstLine(body) === '' ? `HTTP ${status}` : `HTTP ${status}: ${cut(firstLine(body), 160)}`;

function answerOf(outcome: Outcome, denied: (heard: Heard) => Answer | null): Answer {
	if (outcome.kind !== 'heard') return {arrived: false, reason: outcome.why, again: true};
	const {status} = outcome;
	if (status >= 200 && status < 300) return denied(outcome) ?? arrived(saidIn(outcome));
	const no = {arrived: false, reason: saidIn(outcome)} as const;
	if (status === 410) return {...no, again: false, gone: true};
	if (status >= 300 && status < 400) return {...no, reason: `HTTP ${status}: redirects are not followed`, again: false};
	if (status < 500 && !passing.has(status)) return {...no, again: false};
	const afterMs = waitOf(outcome);
	return {...no, again: true, ...(afterMs === undefined ? {} : {afterMs})};
}

async function send({url, body, headers}: Post, {clock, env, ca, signal}: ChannelContext): Promise<Outcome> {
	const {outcomeOf} = await import('../net/exchange.ts');
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	return outcomeOf(
		{
			url,
			method: 'POST',
			headers: {'content-type': 'application/json; charset=utf-8', 'content-length': `${Buffer.byteLength(text)}`},
			own: headers ?? {},
			body: text,
			keep: {part: 'start', bytes: mostAnswer, wanted: () => true, enough: () => false},
			route: {ca, env, direct: false, insecure: false, lenient: false},
		},
		timeoutMs,
		{clock, signal},
	);
}

/** A channel whose message is one or more requests. */
export const posting = <const F extends ChannelFields>({posts, denied, ...spec}: Posting<F>): Channel<F> => ({
	...spec,
	async send(message, values, context) {
		let last: Answer = arrived('nothing to send');
		for (const post of posts(message, values, context)) {
			last = answerOf(await send(post, context), denied ?? (() => null));
			if (!last.arrived) return last;
		}
		return last;
	},
});

/** A channel whose message is one post to one address. `address`: what that is of, in the documentation. */
export const byWebhook = ({
	address,
	body,
	query = {},
	...spec
}: Pick<Channel, 'summary'> &
	Pick<Posting<ChannelFields>, 'denied'> & {
		readonly address: string;
		readonly query?: Readonly<Record<string, string>>;
		body(message: Message): unknown;
	}) =>
	posting({
		...spec,
		fields: {url: {kind: 'variable', required: true, summary: `variable with the address of ${address}`}},
		posts(message, {url}) {
			const to = addressIn(url);
			for (const [name, value] of Object.entries(query)) to.searchParams.set(name, value);
			return [{url: to, body: body(message)}];
		},
	});

/** How an answer goes out: whole, unchanged since it was asked for last, cut, or not at all. */
import {createHash} from 'node:crypto';
import type {IncomingMessage, ServerResponse} from 'node:http';
import type {Mode, Sent} from './modes.ts';

const textOf = ({body}: Sent): string =>
	body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);

const etagOf = (text: string): string => `W/"${createHash('sha256').update(text).digest('hex')}"`;

/** Answers with what went out, as the log of requests has it. */
export function send(
	request: IncomingMessage,
	response: ServerResponse,
	mode: Mode,
	own: Sent,
	headers: Readonly<Record<string, string>>,
): number | 'silence' | 'reset' | 'cut' {
	const {answer} = mode;
	if (answer === 'silence') return answer;
	if (answer === 'reset') {
		request.socket.resetAndDestroy();
		return answer;
	}
	const sent = answer === 'own' || answer === 'cut' ? own : answer;
	const text = textOf(sent);
	const etag = request.method === 'GET' && sent.status === 200 ? etagOf(text) : null;
	const all = {...headers, ...(etag === null ? {} : {etag}), ...sent.headers};
	if (answer === 'cut') {
		response.writeHead(sent.status, {...all, 'content-length': Buffer.byteLength(text) + 100});
		response.write(text, () => request.socket.resetAndDestroy());
		return answer;
	}
	if (etag !== null && request.headers['if-none-match'] === etag) {
		response.writeHead(304, all).end();
		return 304;
	}
	response.writeHead(sent.status, all).end(text);
	return sent.status;
}

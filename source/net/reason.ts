/* What went wrong on the network, in words that an operator searches for. */
import {durationText} from '../text/time.ts';

const words: Readonly<Record<string, string>> = {
	ECONNREFUSED: 'connection refused',
	ENOTFOUND: 'name not found',
	ENODATA: 'name not found',
	EAI_AGAIN: 'name server does not answer',
	ETIMEOUT: 'name server does not answer',
	EHOSTUNREACH: 'no route to host',
	ENETUNREACH: 'no route to host',
	ENETDOWN: 'network is down',
	ECONNRESET: 'connection closed by the other side',
	EPIPE: 'connection closed by the other side',
	HPE_HEADER_OVERFLOW: 'answer with headers above 16 KiB',
	ERR_SSL_WRONG_VERSION_NUMBER: 'TLS: the port does not speak TLS',
};

/** Errors of TLS name their source file in several lines: of those the code is enough. */
export function reasonOf(error: unknown, timeoutMs: number): string {
	if (!(error instanceof Error)) return String(error);
	const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
	if (code === 'ETIMEDOUT') return `no answer in ${durationText(timeoutMs / 1000)}`;
	if (code.startsWith('HPE_') && words[code] === undefined) return `answer is not HTTP (${code})`;
	return words[code] ?? (error.message === '' || error.message.includes('\n') ? code || error.name : error.message);
}

/*
What an answer, or the lack of one, says about an endpoint. Only what lies with us is unknown: a fault of the watcher, or
a network that answers nobody. A time-out is a fail even then, because the users wait as well.
*/
import type {Verdict} from './sample.ts';

/** What the endpoint is expected to say; by default a status of 200 to 299. */
export type Expected = {readonly status?: number | readonly number[]; readonly body?: string};

export type Answered = {
	readonly status?: number;
	readonly body?: string;
	/** Code of the error that ended the probe. */
	readonly error?: string;
	/** How the control probe fared, where it was asked. */
	readonly control?: 'ok' | 'fail';
	readonly ms?: number;
	readonly timeoutMs?: number;
	readonly expect?: Expected;
};

export type Judgement = {readonly verdict: Verdict; readonly reason: string};

const ours = new Set([
	'ABORT_ERR',
	'EMFILE',
	'ENFILE',
	'ENOMEM',
	'ENOBUFS',
	'ERR_OUT_OF_MEMORY',
	'ERR_MEMORY_ALLOCATION_FAILED',
]);
const network = new Set(['ENETUNREACH', 'ENETDOWN', 'EHOSTUNREACH', 'EADDRNOTAVAIL']);
const resolver = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'ENODATA', 'ESERVFAIL', 'EREFUSED', 'ETIMEOUT']);
const tls = /^(CERT_|ERR_TLS_|ERR_SSL_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_|HOSTNAME_MISMATCH|EPROTO$)/;
const late = /timeout|ETIMEDOUT|TIMEOUT/;

/** From this share of its time-out on, an answer in time is called slow. */
const slow = 0.8;

function ofError(error: string, control: 'ok' | 'fail' | undefined): Judgement {
	if (ours.has(error)) return {verdict: 'unknown', reason: 'watcher'};
	const isResolver = resolver.has(error);
	if ((isResolver || network.has(error)) && control === 'fail') return {verdict: 'unknown', reason: 'bastion offline'};
	if (isResolver) return {verdict: 'fail', reason: 'dns'};
	if (tls.test(error)) return {verdict: 'fail', reason: 'tls'};
	if (late.test(error)) return {verdict: 'fail', reason: 'timeout'};
	if (error === 'ECONNREFUSED') return {verdict: 'fail', reason: 'refused'};
	return {verdict: 'fail', reason: network.has(error) ? 'network' : error};
}

function expects(status: number, wanted: Expected['status']): boolean {
	if (wanted === undefined) return status >= 200 && status <= 299;
	return typeof wanted === 'number' ? status === wanted : wanted.includes(status);
}

/** ok, fail or unknown, and why in a word. */
export function verdictOf({status, body = '', error, control, ms = 0, timeoutMs, expect = {}}: Answered): Judgement {
	if (error !== undefined) return ofError(error, control);
	if (status === undefined || !expects(status, expect.status)) return {verdict: 'fail', reason: 'status'};
	if (expect.body !== undefined && !body.includes(expect.body)) return {verdict: 'fail', reason: 'body'};
	if (timeoutMs !== undefined && ms > timeoutMs) return {verdict: 'fail', reason: 'timeout'};
	return {verdict: 'ok', reason: timeoutMs !== undefined && ms >= slow * timeoutMs ? 'slow' : ''};
}

/*
What an answer, or the lack of one, says about an endpoint. Only what lies with us is unknown: a fault of the watcher, or
a network that answers nobody. A time-out is a fail even then, because the users wait as well.
*/
import {durationText} from '../../../text/time.ts';
import type {Verdict} from './sample.ts';

/** What the endpoint is expected to say; by default a status of 200 to 299. */
export type Expected = {
	readonly status?: number | readonly number[] | undefined;
	readonly body?: string | undefined;
};

export type Answered = {
	readonly status?: number;
	readonly body?: string;
	/** The proxy that it came by. */
	readonly proxy?: string | null;
	/** The connection was taken, where that is all that was asked. */
	readonly connected?: boolean;
	/** What a script ended with. */
	readonly exit?: number;
	/** Code of the error that ended the probe. */
	readonly error?: string;
	/** The first line that a script printed, or what the error was, in words. */
	readonly said?: string;
	/** What kept us from asking at all, in words. */
	readonly fault?: string;
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
	'EAI_MEMORY',
	'ENOMEM',
	'ENOBUFS',
	'ERR_OUT_OF_MEMORY',
	'ERR_MEMORY_ALLOCATION_FAILED',
]);
/** What lies between us and asking, and is none of the service: a proxy, a CA file, a secret that is not set. */
const ourWay = new Set(['ERR_PROXY', 'ERR_CA', 'ERR_SECRET', 'ERR_ENVIRONMENT']);
const network = new Set(['ENETUNREACH', 'ENETDOWN', 'EHOSTUNREACH', 'EADDRNOTAVAIL']);
const resolver = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'ENODATA', 'ESERVFAIL', 'EREFUSED', 'ETIMEOUT']);

/** Exit codes by which a shell says that a command could not be run (126, 127), or that a signal ended it. */
const notAsked = new Set([126, 127, 129, 130, 137, 143]);

/** From this share of its time-out on, an answer in time is called slow. */
const slow = 0.8;

/** An error that a dead network of ours would give as well: the control address tells which it was. */
export const mayBeOurs = (error: string): boolean => resolver.has(error) || network.has(error);

/** Why there is no sample: the watcher itself could not ask. */
export const couldNotAsk: Judgement = {verdict: 'unknown', reason: 'the watcher could not ask'};

function ofError(error: string, said: string, control: 'ok' | 'fail' | undefined): Judgement {
	if (ours.has(error)) return couldNotAsk;
	if (ourWay.has(error)) return {verdict: 'unknown', reason: said};
	if (mayBeOurs(error) && control === 'fail') return {verdict: 'unknown', reason: 'no network on this machine'};
	return {verdict: 'fail', reason: said === '' ? error : said};
}

const ofExit = (exit: number, said: string): Judgement => ({
	verdict: notAsked.has(exit) ? 'unknown' : 'fail',
	reason: said === '' ? `exit ${exit}` : `exit ${exit}: ${said}`,
});

/** Whether a status is the one expected. */
export function expects(status: number, wanted: Expected['status']): boolean {
	if (wanted === undefined) return status >= 200 && status <= 299;
	return typeof wanted === 'number' ? status === wanted : wanted.includes(status);
}

function ofAnswer({status, body = '', proxy = null, expect = {}}: Answered): Judgement | null {
	if (status === undefined) return {verdict: 'fail', reason: 'no answer'};
	if (!expects(status, expect.status))
		return {verdict: 'fail', reason: `HTTP ${status}${proxy === null ? '' : ` by proxy ${proxy}`}`};
	if (expect.body === undefined || body.includes(expect.body)) return null;
	return {verdict: 'fail', reason: `body lacks "${expect.body}"`};
}

/** What speaks against it, its time aside; null where nothing does. */
function against(answered: Answered): Judgement | null {
	const {fault, error, control, exit, said = '', connected} = answered;
	if (fault !== undefined) return {verdict: 'unknown', reason: fault};
	if (error !== undefined) return ofError(error, said, control);
	if (exit !== undefined) return exit === 0 ? null : ofExit(exit, said);
	return connected === true ? null : ofAnswer(answered);
}

/** ok, fail or unknown, and why in a few words. */
export function verdictOf(answered: Answered): Judgement {
	const found = against(answered);
	if (found !== null) return found;
	const {ms = 0, timeoutMs} = answered;
	if (timeoutMs !== undefined && ms > timeoutMs)
		return {verdict: 'fail', reason: `no answer in ${durationText(timeoutMs / 1000)}`};
	return {verdict: 'ok', reason: timeoutMs !== undefined && ms >= slow * timeoutMs ? 'slow' : ''};
}

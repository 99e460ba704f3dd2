/* One GET, and beside it, under the same time-out, the version that answers. */
import {type Answered, type Expected, expects} from '../cutover/health/outage/verdict.ts';
import type {Endpoint} from '../cutover/model/endpoint.ts';
import {lapsBy} from '../net/laps.ts';
import {within} from '../net/limit.ts';
import type {Trip} from '../net/reach.ts';
import {trusted} from '../net/tls.ts';
import {answerAt, proxyOf, type Settled} from './answer.ts';
import {measured} from './measured.ts';
import type {Found, ProbeContext} from './probe.ts';

/* Which version answers: advice beside a probe, never a reason for it to fail. */
const keys = ['version', 'release', 'build', 'commit'];
const mostCharacters = 80;

/** Undefined where it is not JSON. */
function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** A page, or JSON that names no version, is no version either. */
function named(body: string): string {
	const value = parsed(body);
	if (typeof value === 'string') return value;
	if (typeof value === 'object') {
		const found = new Map<string, unknown>(Object.entries(value ?? {}));
		const version = keys.map(key => found.get(key)).find(one => typeof one === 'string' && one.trim() !== '');
		return typeof version === 'string' ? version : '';
	}
	return /^\s*[<{[]/.test(body) ? '' : body;
}

/** The first line of what a body names, null where it names nothing. */
export function versionIn(body: string): string | null {
	const line =
		named(body)
			.trim()
			.split(/[\r\n]/)[0] ?? '';
	return line === '' ? null : line.slice(0, mostCharacters).toWellFormed().trim();
}

type Telling = Settled & {readonly version?: string | undefined; readonly timeoutSeconds: number};

async function versionOf(endpoint: Telling, context: ProbeContext): Promise<string | null> {
	const {version, timeoutSeconds} = endpoint;
	if (version === undefined) return null;
	const {clock} = context;
	const sought = {wanted: (status: number) => expects(status, undefined), enough: () => false};
	try {
		const {status, body} = await within(timeoutSeconds * 1000, context, limit =>
			answerAt(version, endpoint, sought, context, {limit, clock, laps: lapsBy(clock)}),
		);
		return sought.wanted(status) ? versionIn(body) : null;
	} catch {
		return null;
	}
}

export type HttpEndpoint = Endpoint & Settled & {readonly expect?: Expected | undefined};

async function answered(endpoint: HttpEndpoint, context: ProbeContext, trip: Trip): Promise<Answered> {
	const expected = endpoint.expect?.body;
	const sought = {
		wanted: (status: number) => expects(status, endpoint.expect?.status),
		enough: (text: string) => expected === undefined || text.includes(expected),
	};
	const {status, body, proxy} = await answerAt(endpoint.url, endpoint, sought, context, trip);
	return {status, body, proxy};
}

/** Reads the authorities before the clock of a probe runs; what is wrong with them is found by the probe itself. */
function prepare({url, version, follow}: HttpEndpoint, context: ProbeContext): void {
	if (!follow && ![url, version].some(address => /^https:/i.test(address ?? ''))) return;
	try {
		trusted(context);
	} catch {
		// The handshake reports it.
	}
}

export async function askHttp(endpoint: HttpEndpoint, context: ProbeContext): Promise<Found> {
	prepare(endpoint, context);
	const [found, version] = await Promise.all([
		measured(endpoint, context, trip => answered(endpoint, context, trip)),
		versionOf(endpoint, context),
	]);
	const expect = endpoint.expect ?? {};
	return {...found, answered: {...found.answered, expect}, version, proxy: proxyOf(endpoint, context)};
}

/* One GET, and beside it, under the same time-out, the version that answers. */
import {type Answered, type Expected, expects} from '../cutover/health/outage/verdict.ts';
import type {Endpoint} from '../cutover/model/endpoint.ts';
import type {Trip} from '../net/reach.ts';
import {trusted} from '../net/tls.ts';
import {answerAt, proxyOf, type Settled} from './answer.ts';
import {measured} from './measured.ts';
import type {Found, ProbeContext} from './probe.ts';
import {versionOf} from './version.ts';

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

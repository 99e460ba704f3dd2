/* An http or https endpoint: one GET, and beside it, under the same time-out, the version that answers. */
import {type Answered, type Expected, expects} from '../../cutover/health/outage/verdict.ts';
import type {Trip} from '../../net/reach.ts';
import {trusted} from '../../net/tls.ts';
import {answerAt, proxyOf} from './answer.ts';
import type {EndpointOf, ProbeContext, Prober} from './found.ts';
import {measured} from './measured.ts';
import {versionOf} from './version.ts';

const expectedOf = ({status, body}: EndpointOf<'http'>): Expected => ({
	...(status === null ? {} : {status}),
	...(body === null ? {} : {body}),
});

async function answered(
	endpoint: EndpointOf<'http'>,
	expect: Expected,
	context: ProbeContext,
	trip: Trip,
): Promise<Answered> {
	const sought = {
		wanted: (status: number) => expects(status, expect.status),
		enough: (text: string) => expect.body === undefined || text.includes(expect.body),
	};
	const {status, body, proxy} = await answerAt(endpoint.url, endpoint, sought, context, trip);
	return {status, body, proxy};
}

/** Reads the authorities before the clock of a probe runs; what is wrong with them is found by the probe itself. */
function prepare({url, version, follow}: EndpointOf<'http'>, context: ProbeContext): void {
	if (!follow && ![url, version].some(address => /^https:/i.test(address ?? ''))) return;
	try {
		trusted(context);
	} catch {
		// The handshake reports it.
	}
}

export const http: Prober<'http'> = async (endpoint, context) => {
	prepare(endpoint, context);
	const expect = expectedOf(endpoint);
	const [found, version] = await Promise.all([
		measured(endpoint, context, trip => answered(endpoint, expect, context, trip)),
		versionOf(endpoint, context),
	]);
	return {...found, answered: {...found.answered, expect}, version, proxy: proxyOf(endpoint, context)};
};

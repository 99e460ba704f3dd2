/*
One sample's worth: the endpoint is probed, our own network is looked at where that may be what failed, and the core
judges. Whatever goes wrong in here is unknown, and never the service's fault.
*/
import {couldNotAsk, type Judgement, mayBeOurs, verdictOf} from '../cutover/health/outage/verdict.ts';
import type {Endpoint} from '../cutover/model/endpoint.ts';
import {isLoopback} from '../net/host.ts';
import {lapsBy, tenths} from '../net/laps.ts';
import {type Limit, within} from '../net/limit.ts';
import {type Address, addressIn, addressOfUrl, reach} from '../net/reach.ts';
import type {Found, ProbeContext} from './probe.ts';
import {probeOf} from './probes.ts';

export type ProbeResult = Judgement & Pick<Found, 'took' | 'phases' | 'version' | 'proxy'>;

export type AskContext = ProbeContext & {
	/** `host:port` of the settings. */
	readonly control: string | undefined;
	/** All other endpoints of the runbook. */
	readonly others: readonly Endpoint[];
};

/*
Whether our own network is there: asked where an endpoint could not be looked up or reached, because that says the same
of a dead network here as of a dead service there.
*/
const timeoutMs = 2000;

/** Where an endpoint is reached; null where it has no address. */
const addressOf = ({url, address}: Endpoint): Address | null =>
	url !== undefined ? addressOfUrl(new URL(url)) : address !== undefined ? addressIn(address) : null;

/** An address that refuses is there, and so is the network. */
const refusals = new Set(['ECONNREFUSED', 'ECONNRESET']);

async function answers(address: Address, limit: Limit, clock: ProbeContext['clock']): Promise<void> {
	try {
		await reach(address, {limit, clock, laps: lapsBy(clock)});
	} catch (error) {
		const refused = error instanceof Error && 'code' in error && refusals.has(String(error.code));
		if (!refused) throw error;
	}
}

const beyond = (others: readonly Endpoint[]): readonly Address[] =>
	others
		.map(addressOf)
		.filter(address => address !== null)
		.filter(address => !isLoopback(address.host));

/** Asks the control address, or the other endpoints where there is none; with nothing to ask, nothing speaks against us. */
async function controlFares(
	control: string | undefined,
	others: readonly Endpoint[],
	{clock, signal}: Pick<ProbeContext, 'clock' | 'signal'>,
): Promise<'ok' | 'fail'> {
	const asked = control === undefined ? beyond(others) : [addressIn(control)];
	if (asked.length === 0) return 'ok';
	try {
		await within(timeoutMs, {clock, signal}, limit =>
			Promise.any(asked.map(address => answers(address, limit, clock))),
		);
		return 'ok';
	} catch {
		return 'fail';
	}
}

/** Of another host: one that has the same name shares its fate, and proves nothing. */
function apart(endpoint: Endpoint, others: readonly Endpoint[]): readonly Endpoint[] {
	const host = addressOf(endpoint)?.host;
	return others.filter(other => addressOf(other)?.host !== host);
}

async function judged(endpoint: Endpoint, context: AskContext): Promise<ProbeResult> {
	const {answered, ...found} = await probeOf(endpoint.kind).ask(endpoint, context);
	const {error} = answered;
	if (error === undefined || !mayBeOurs(error)) return {...verdictOf(answered), ...found};
	const control = await controlFares(context.control, apart(endpoint, context.others), context);
	return {
		...verdictOf(context.signal.aborted ? {error: 'ABORT_ERR'} : {...answered, control}),
		...found,
	};
}

/** Never rejects. */
export async function ask(endpoint: Endpoint, context: AskContext): Promise<ProbeResult> {
	const start = context.clock.steady();
	try {
		return await judged(endpoint, context);
	} catch {
		const took = tenths(context.clock.steady() - start);
		return {...couldNotAsk, took, phases: {}, version: null, proxy: null};
	}
}

/*
Whether our own network is there: asked where an endpoint could not be looked up or reached, because that says the same
of a dead network here as of a dead service there.
*/
import type {Endpoint} from '../cutover/model/endpoint.ts';
import {isLoopback} from '../net/host.ts';
import {lapsBy} from '../net/laps.ts';
import {type Limit, within} from '../net/limit.ts';
import {type Address, addressIn, addressOfUrl, reach} from '../net/reach.ts';
import type {ProbeContext} from './probe.ts';

const timeoutMs = 2000;

/** Where an endpoint is reached; null where it has no address. */
export const addressOf = ({url, address}: Endpoint): Address | null =>
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
export async function controlFares(
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

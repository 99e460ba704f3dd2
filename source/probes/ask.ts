/*
One sample's worth: the endpoint is probed, our own network is looked at where that may be what failed, and the core
judges. Whatever goes wrong in here is unknown, and never the service's fault.
*/
import {couldNotAsk, type Judgement, mayBeOurs, verdictOf} from '../cutover/health/outage/verdict.ts';
import type {Endpoint} from '../cutover/model/endpoint.ts';
import {tenths} from '../net/laps.ts';
import {addressOf, controlFares} from './control.ts';
import type {Found, ProbeContext} from './probe.ts';
import {probeOf} from './probes.ts';

export type ProbeResult = Judgement & Pick<Found, 'took' | 'phases' | 'version' | 'proxy'>;

export type AskContext = ProbeContext & {
	/** `host:port` of the settings. */
	readonly control: string | undefined;
	/** All other endpoints of the runbook. */
	readonly others: readonly Endpoint[];
};

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

/* One probe from its start to its answer: under the endpoint's time-out, measured, its error as a code and in words. */
import type {Answered} from '../cutover/health/outage/verdict.ts';
import type {Endpoint} from '../cutover/model/endpoint.ts';
import {lapsBy, tenths} from '../net/laps.ts';
import {within} from '../net/limit.ts';
import type {Trip} from '../net/reach.ts';
import {reasonOf} from '../net/reason.ts';
import type {Found, ProbeContext} from './probe.ts';

/** Throws it again where it is no answer of a network but a mistake of this program. */
function failed(error: unknown, timeoutMs: number): Answered {
	const mistaken = error instanceof TypeError || error instanceof RangeError;
	if (error instanceof Error && !mistaken && 'code' in error && typeof error.code === 'string')
		return {error: error.code, said: reasonOf(error, timeoutMs)};
	throw error;
}

export async function measured(
	{timeoutSeconds}: Endpoint,
	{clock, signal}: ProbeContext,
	work: (trip: Trip) => Promise<Answered>,
): Promise<Found> {
	const timeoutMs = timeoutSeconds * 1000;
	const start = clock.steady();
	const laps = lapsBy(clock);
	const answered = await within(timeoutMs, {clock, signal}, limit => work({limit, laps, clock})).catch(error =>
		failed(error, timeoutMs),
	);
	const took = tenths(clock.steady() - start);
	return {answered: {...answered, ms: took, timeoutMs}, took, phases: laps.taken(), version: null, proxy: null};
}

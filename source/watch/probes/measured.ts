/* One probe from its start to its answer: under the endpoint's time-out, measured, and with an error told by its code. */
import type {Answered} from '../../cutover/health/outage/verdict.ts';
import type {Endpoint} from '../../cutover/model/runbook.ts';
import type {Found, ProbeContext} from './found.ts';
import {type Laps, lapsBy, tenths} from './laps.ts';
import {type Limit, within} from './limit.ts';

/** What the work of one probe shares. */
export type Trip = {readonly limit: Limit; readonly laps: Laps; readonly clock: ProbeContext['clock']};

/** Throws it again where it is no answer of a network but a mistake of this program. */
function codeOf(error: unknown): string {
	const mistaken = error instanceof TypeError || error instanceof RangeError;
	if (error instanceof Error && !mistaken && 'code' in error && typeof error.code === 'string') return error.code;
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
	const answered = await within(timeoutMs, {clock, signal}, limit => work({limit, laps, clock})).catch(error => ({
		error: codeOf(error),
	}));
	const took = tenths(clock.steady() - start);
	return {answered: {...answered, ms: took, timeoutMs}, took, phases: laps.taken(), version: null};
}

/* What asks an endpoint, by its kind. */
import type {Endpoint} from '../../cutover/model/endpoint.ts';
import type {Found, ProbeContext, Prober} from './found.ts';
import {http} from './http.ts';
import {script} from './script.ts';
import {tcp} from './tcp.ts';

type Probers = {readonly [K in Endpoint['kind']]: Prober<K>};

const probes = {http, tcp, script} satisfies Probers;

/** Asks once. Rejects only where the program itself is wrong. */
export const probe = <K extends Endpoint['kind']>(
	endpoint: Extract<Endpoint, {kind: K}>,
	context: ProbeContext,
): Promise<Found> => (probes as Probers)[endpoint.kind](endpoint, context);

/*
The kinds of endpoints. To add one: a file with its Probe, and a line in this table. The settings, `check`, the approval, the
secrets, the watcher, screens and docs/runbook-format.md follow from it.
*/
import {http} from './http.ts';
import type {Probe} from './probe.ts';
import {script} from './script.ts';
import {tcp} from './tcp.ts';

export const probes = {http, tcp, script} satisfies Readonly<Record<string, Probe>>;

/** The kind of an endpoint that names none. */
export const usualProbe = 'http' satisfies keyof typeof probes;

/** Throws where the program that read the endpoint knew one more. */
export function probeOf(kind: string): Probe {
	if (!Object.hasOwn(probes, kind)) throw new Error(`Nothing here asks an endpoint of kind ${kind}.`);
	return probes[kind as keyof typeof probes];
}

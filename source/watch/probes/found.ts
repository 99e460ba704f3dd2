/*
What a probe is given and what it finds. A probe finds and judges nothing: whether what it found is up, down or unknown
says the core.
*/

import type {Answered} from '../../cutover/health/outage/verdict.ts';
import type {Endpoint} from '../../cutover/model/endpoint.ts';
import type {Path} from '../../cutover/model/runbook.ts';
import type {ScriptCall} from '../../cutover/model/script.ts';
import type {Clock} from '../../cutover/ports.ts';
import type {Phases} from '../../net/laps.ts';
import type {Ready} from '../../workspace/approved-run.ts';

export type ProbeContext = {
	readonly workspace: Path;
	/** How an approved script is called. Throws a sentence where it cannot be. */
	readonly approvedScript: (call: Pick<ScriptCall, 'script'>) => Ready<readonly [string, ...string[]]>;
	/** Environment of scripts. */
	readonly environment: Readonly<Record<string, string>>;
	/** Of the process that asks: proxies, certificate authorities and secrets. */
	readonly env: Readonly<Record<string, string | undefined>>;
	/** PEM files that are trusted besides, absolute. */
	readonly ca: readonly Path[];
	/** What was set at begin and is not here, by name. */
	readonly lacking: readonly string[];
	/** Aborted when the watcher stops. */
	readonly signal: AbortSignal;
	readonly clock: Pick<Clock, 'now' | 'steady' | 'after'>;
};

export type Found = {
	readonly answered: Answered;
	/** ms from the start to the answer, to 0.1; the version is asked beside it and does not count. */
	readonly took: number;
	/** Of the request that was answered: after a redirect, the last one. */
	readonly phases: Phases;
	/** Null where there is none to ask, or it did not answer. */
	readonly version: string | null;
	/** By which it is asked, as host:port; null where it is asked directly. */
	readonly proxy: string | null;
};

export type EndpointOf<K extends Endpoint['kind']> = Extract<Endpoint, {kind: K}>;

/** Rejects only where the program itself is wrong; whatever went wrong on the way is found as an error's code. */
export type Prober<K extends Endpoint['kind']> = (endpoint: EndpointOf<K>, context: ProbeContext) => Promise<Found>;

/*
What a probe is: its keys in the settings, and how an endpoint of its kind is asked. A probe finds and judges nothing: whether
what it found is up, down or unknown says the core. Its file is loaded to read settings too, so what is costly is imported
inside `ask`.
*/
import type * as zod from 'zod/mini';
import type {Answered} from '../cutover/health/outage/verdict.ts';
import type {Endpoint} from '../cutover/model/endpoint.ts';
import type {Path} from '../cutover/model/runbook.ts';
import type {ScriptCall} from '../cutover/model/script.ts';
import type {Clock} from '../cutover/ports.ts';
import type {Phases} from '../net/laps.ts';
import type {Ready} from '../workspace/approved-run.ts';

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

/** What schemas are made of, of zod/mini. */
export type SchemaParts = Pick<
	typeof zod,
	| 'array'
	| 'boolean'
	| 'enum'
	| 'number'
	| 'optional'
	| 'record'
	| 'refine'
	| 'regex'
	| 'strictObject'
	| 'string'
	| 'union'
>;

/** What values of the settings are made of; each refuses what must not be there, such as a secret. */
export type SettingValues = Readonly<
	Record<'text' | 'url' | 'address' | 'path' | 'variable', zod.ZodMiniType<string>> & {count: zod.ZodMiniType<number>}
>;

export type ProbeKeys = Readonly<Record<string, zod.ZodMiniType>>;

/** What is set by them. */
export type SetBy<K extends ProbeKeys> = zod.infer<zod.ZodMiniObject<K>>;

export type Probe<K extends ProbeKeys = ProbeKeys> = {
	/** One line for docs/runbook-format.md: what it asks, and what counts as up. */
	readonly summary: string;
	/** What each key does, and those below it: `expect.status`, `headers.*`. */
	readonly docs: Readonly<Record<string, string>>;
	/**
	 * Its keys, beside those of every endpoint; one of another probe's with the same name has the same schema. One that Endpoint names
	 * means what it says there: a script of `run` is approved with the runbook.
	 */
	keys(z: SchemaParts, values: SettingValues): K;
	/** What is asked, for people. */
	target(set: SetBy<K>): string;
	/** Names of the environment variables that it is asked with: their values are secrets. */
	variables?(set: SetBy<K>): readonly string[];
	/** Asks once. Rejects only where the program itself is wrong; whatever went wrong on the way is found as an error's code. */
	ask(endpoint: Endpoint & SetBy<K>, context: ProbeContext): Promise<Found>;
};

/** Gives the functions the types of the keys. */
export const probe = <const K extends ProbeKeys>(spec: Probe<K>): Probe<K> => spec;

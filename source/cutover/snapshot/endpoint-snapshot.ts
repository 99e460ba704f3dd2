/* An endpoint as the snapshot shows it. Times in ms. */
import type {Comparison} from '../health/baseline/compare.ts';
import type {Verdict} from '../model/hosts.ts';

export type EndpointSnapshot = {
	readonly name: string;
	/** Address, `host:port` or script. */
	readonly target: string;
	readonly critical: boolean;
	readonly state: 'up' | 'down' | 'unknown';
	/** In that state; of an unknown one when it was last known. */
	readonly since: number | null;
	/** ms of the newest good answer. */
	readonly lastLatencyMs: number | null;
	/** Newest sample: when, and why it failed or is unknown. */
	readonly lastAt: number | null;
	readonly reason: string | null;
	/** What other hosts that are heard see of it. */
	readonly elsewhere: readonly {readonly host: string; readonly verdict: Verdict}[];
	/** The proxy by which it was asked last, as host:port. */
	readonly proxy: string | null;
	/** Its certificate is not verified. */
	readonly insecure: boolean;
	/** Fails in a row. */
	readonly fails: number;
	/** Never down since T0. */
	readonly always: boolean;
	/** What two people say while nobody can see it. */
	readonly answered: 'up' | 'down' | null;
	/** Who says what of it meanwhile, each person's newest word. */
	readonly words: readonly {readonly by: string; readonly at: number; readonly up: boolean}[];
	readonly recent: readonly {readonly at: number; readonly ms: number | 'fail' | 'unknown'}[];
	readonly version: string | null;
	readonly versionBefore: string | null;
	/** Samples before T0, and how the answers compare with them since. */
	readonly samplesBefore: number;
	readonly compared: Comparison | null;
};

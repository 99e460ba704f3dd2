/* A gate as the snapshot shows it. Times in ms. */
import type {Strength} from '../model/person.ts';

export type GateVerdict = 'pending' | 'running' | 'pass' | 'fail' | 'unknown' | 'stale';

export type GateSnapshot = {
	readonly id: string;
	readonly title: string;
	readonly kind: string;
	readonly verdict: GateVerdict;
	/** It is judged on a host that is silent: nobody knows whether it is. */
	readonly unheard: boolean;
	/** The last verdict stays in force while it is judged again. */
	readonly judging: boolean;
	readonly since: number | null;
	readonly until: number | null;
	readonly by: string | null;
	readonly attempt: number;
	readonly reason: string | null;
	/** Roles whose word is missing. */
	readonly awaits: readonly string[];
	readonly owners: readonly string[];
	/** Attempts that failed before it passed, and the cause that its owner gave (RULES G5). */
	readonly failedBefore: number;
	readonly cause: string | null;
	/** Words given, by group, in the order of the groups. */
	readonly words: readonly {
		readonly group: string;
		readonly yes: boolean;
		readonly by: string;
		readonly at: number;
		readonly identity: Strength;
		/** Who passed the word on. */
		readonly relayedBy: string | null;
	}[];
};

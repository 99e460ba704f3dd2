/* A stage as the snapshot shows it. Times in ms. */
import type {DurationBand} from '../due/duration-band.ts';
import type {StageKind} from '../model/runbook.ts';

/** `open`: it has begun, nothing runs, and people have to answer. `not reached`: the cutover ended before it. */
export type StageStateWord =
	| 'waiting'
	| 'due'
	| 'overdue'
	| 'running'
	| 'open'
	| 'done'
	| 'failed'
	| 'lost'
	| 'skipped'
	| 'not reached';

export type StageSnapshot = {
	readonly id: string;
	readonly kind: StageKind;
	readonly action: string;
	readonly owners: readonly string[];
	/** From T0 as planned, or from the real one once it is begun. */
	readonly planned: number;
	readonly started: number | null;
	readonly ended: number | null;
	readonly state: StageStateWord;
	/** It runs on a host that is silent: nobody knows whether it does. */
	readonly unheard: boolean;
	/** Later (or earlier, below zero) than planned; null before it is begun or due. */
	readonly slippageSeconds: number | null;
	readonly attempt: number;
	/** Who has to act for it to go on: roles. */
	readonly awaits: readonly string[];
	/** In a word or two: `for the hold`, `for go`, `took 11:30`, the reason of a failure. */
	readonly remark: string | null;
	readonly by: string | null;
	readonly reference: string | null;
	/** Running longer than 15 min without a limit of its own (RULES S6). */
	readonly long: boolean;
	/** When it is expected to begin, ms; null where that is its planned time, or it began. */
	readonly expected: number | null;
	/** On the critical path, and not over. */
	readonly critical: boolean;
	/** How long its newest attempt took against those before; null where that is not known. */
	readonly band: DurationBand | null;
	/** Its place among stages that stand side by side; null where it stands alone. */
	readonly beside: 'first' | 'middle' | 'last' | null;
};

/*
What the outage clock notices, each once, at the sample that shows it. Times `at`, `start`, `end` are ms since the epoch
as the samples say them; durations are ms on the steady axis.
*/

/** One endpoint's part in a firing. */
export type Part = {
	readonly endpoint: string;
	readonly start: number;
	/** Since its start, or the arming if that is later. */
	readonly elapsed: number;
	/** How much of it lies in holes: "10:15 down, 0:45 of it unseen". */
	readonly unobserved: number;
	/** Ids of the first and the last failed sample. */
	readonly first: string;
	readonly last: string;
};

/** An outage that ended. It lasted at least `atLeast`; `atMost` is null where no good sample came before it. */
export type Ended = Omit<Part, 'elapsed'> & {
	readonly end: number;
	/** `end` minus `start` on the steady axis. */
	readonly lasted: number;
	readonly atLeast: number;
	readonly atMost: number | null;
};

/** Of the endpoints that make it fire, `start`, `elapsed` and `unobserved` are those of the one with the least time over. */
export type Fired = Omit<Part, 'endpoint'> & {readonly at: number; readonly endpoints: readonly Part[]};

export type Fact =
	| {readonly kind: 'began'; readonly at: number; readonly endpoint: string; readonly id: string}
	| {readonly kind: 'confirmed'; readonly at: number; readonly endpoint: string; readonly start: number}
	| ({readonly kind: 'restored'; readonly at: number} & Ended)
	| {
			readonly kind: 'warned';
			readonly at: number;
			/** The share of the threshold that was reached, in per cent. */
			readonly percent: number;
			readonly endpoint: string;
			readonly start: number;
			readonly elapsed: number;
	  }
	| ({readonly kind: 'fired'} & Fired)
	/** Advice, never a firing: up and down again and again. */
	| {
			readonly kind: 'flapping';
			readonly at: number;
			readonly endpoint: string;
			readonly outages: number;
			readonly percent: number;
	  }
	/** The wall clock was set, by so many ms; nothing else changes. */
	| {readonly kind: 'clock'; readonly at: number; readonly stepped: number};

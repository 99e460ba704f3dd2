/*
What one probe found. Everything that the outage clock knows, it knows from these: whoever folds the same samples again
gets the same outages, warnings and firings, at the same instants.
*/

/** `unknown`: the watcher could not ask, so nothing is known about the endpoint. */
export type Verdict = 'ok' | 'fail' | 'unknown';

export type Sample = {
	readonly endpoint: string;
	/** When the probe started: ms since the epoch on the cutover's clock. */
	readonly at: number;
	/** Id of the machine's boot in which `up` was read. */
	readonly boot: string;
	/** ms of the boot clock (it runs on while the machine is suspended) when the probe started. */
	readonly up: number;
	/** ms since the epoch on the machine's own clock, which may be set while we look. */
	readonly wall: number;
	/** ms that the probe took. */
	readonly took: number;
	readonly verdict: Verdict;
	/** One line: why it failed or is unknown; empty for a plain ok. */
	readonly reason: string;
	/** Which version answered, where the endpoint tells it. */
	readonly version?: string;
	/** The proxy by which it was asked, as host:port. */
	readonly proxy?: string;
	/** What other hosts saw of it last, by their names. */
	readonly others?: Readonly<Record<string, Verdict>>;
	/** ms that each phase took, as far as it came. */
	readonly phases?: Readonly<Partial<Record<'dns' | 'tcp' | 'tls' | 'firstByte', number>>>;
};

/** An instant; with `boot` and `up` it is exact also where the wall clock was set, without them it is found by `at`. */
export type Moment = {readonly at: number; readonly boot?: string; readonly up?: number};

/** Now, by every clock of a sample. */
export type Instant = Pick<Sample, 'at' | 'boot' | 'up' | 'wall'>;

/** Names one sample among all of a cutover, by what cannot come twice: `api@3f2c9a1e+4210350`. */
export const idOf = ({endpoint, boot, up}: Pick<Sample, 'endpoint' | 'boot' | 'up'>): string =>
	`${endpoint}@${boot.slice(0, 8)}+${up}`;

/** A known sample's place: `tau` is its time on the steady axis (ms), `at` what a wall clock shows, `id` the sample's. */
export type Mark = {readonly tau: number; readonly at: number; readonly boot: string; readonly id: string};

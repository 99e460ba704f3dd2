/*
Asks every endpoint again and again, each at its own interval from start to start, one question in flight at a time. Time is
that of the samples themselves: the boot clock, or the rehearsal's. Nothing here decides anything.
*/
import type {Instant, Sample} from '../cutover/health/outage/sample.ts';
import type {Endpoint} from '../cutover/model/endpoint.ts';
import type {Clock} from '../cutover/ports.ts';
import type {ProbeResult} from '../probes/ask.ts';

export type SamplerWorld = {
	readonly endpoints: readonly Endpoint[];
	readonly clock: Pick<Clock, 'after'>;
	readonly instant: () => Instant;
	/** Longest time between two looks at the clock, in real ms: a rehearsal's may change its speed. */
	readonly longestMs: number;
	ask(endpoint: Endpoint, signal: AbortSignal): Promise<ProbeResult>;
	/** Called with each sample, in the order of their answers. */
	sampled(sample: Sample): void;
};

const sampleOf = (endpoint: Endpoint, start: Instant, {phases, version, proxy, ...found}: ProbeResult): Sample => ({
	endpoint: endpoint.name,
	...start,
	...found,
	...(Object.keys(phases).length === 0 ? {} : {phases}),
	...(version === null ? {} : {version}),
	...(proxy === null ? {} : {proxy}),
});

/** Begins at once; answers how to stop. */
export function sampleAll({endpoints, clock, instant, longestMs, ask, sampled}: SamplerWorld): () => void {
	const control = new AbortController();
	const timers = new Map<string, () => void>();

	const watch = (endpoint: Endpoint): void => {
		const every = endpoint.everySeconds * 1000;
		const take = async (): Promise<void> => {
			const start = instant();
			const found = await ask(endpoint, control.signal);
			if (control.signal.aborted) return;
			sampled(sampleOf(endpoint, start, found));
			wait(start.boot, start.up + every);
		};
		/** After a suspend, or another boot's clock, it is due at once. */
		const wait = (boot: string, due: number): void => {
			const now = instant();
			const left = now.boot === boot ? due - now.up : 0;
			if (left <= 0) void take();
			else
				timers.set(
					endpoint.name,
					clock.after(Math.min(left, longestMs), () => wait(boot, due)),
				);
		};
		void take();
	};

	for (const endpoint of endpoints) watch(endpoint);
	return () => {
		control.abort();
		for (const stop of timers.values()) stop();
	};
}

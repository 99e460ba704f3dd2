/** Figures of one run. Machines are noisy: what is quoted is a median, or a ratio to something measured in the same run. */

import {performance} from 'node:perf_hooks';

/** The value below which that share (0 to 1) of the samples lies. */
export function quantile(samples: readonly number[], share: number): number {
	const sorted = samples.toSorted((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const median = (samples: readonly number[]): number => quantile(samples, 0.5);

export const ms = (value: number): string => `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`;

export const p50p99 = (times: readonly number[]): string =>
	`p50 ${ms(median(times))}, p99 ${ms(quantile(times, 0.99))}`;

/** How long this took, in ms. */
export async function timed(work: () => unknown): Promise<number> {
	const from = performance.now();
	await work();
	return performance.now() - from;
}

export const ratio = (value: number, base: number): string => `${(value / base).toFixed(1)} x`;

/** One line of the answer: what was measured, how much, and against what. */
export type Row = readonly [what: string, figure: string, against: string];

/*
Keeps the endpoints of a cutover sampled while it is watched: from begin to close, and anew where an approval changed what is
asked. A sample that cannot be written is told once, and is a hole for everybody.
*/
import type {Instant, Sample} from '../cutover/outage/sample.ts';
import type {Clock} from '../cutover/ports.ts';
import {type Endpoint, endpointsOf, type Path} from '../cutover/runbook.ts';
import type {State} from '../cutover/state.ts';
import {type Recorder, recorder} from './probes/record.ts';
import {type Asked, sampleAll} from './probes/sampler.ts';

export type SamplingWorld = {
	readonly folder: Path;
	readonly clock: Pick<Clock, 'after'>;
	readonly instant: () => Instant;
	ask(state: State, endpoint: Endpoint, signal: AbortSignal): Promise<Asked>;
	complain(text: string): void;
	/** Called where a sample may change something: it failed, or is another than the one before. */
	noticed(): void;
};

export type Sampling = {
	/** Samples what this state asks for. */
	renew(state: State): void;
	stop(): void;
};

/** A rehearsal's clock may go faster at any moment. */
const longest = {rehearsal: 10, real: 1000} as const;

const asked = ({runbook, workspace}: State): string =>
	JSON.stringify([workspace, runbook?.endpoints, runbook?.control ?? null]);

export function sampling({folder, clock, instant, ask, complain, noticed}: SamplingWorld): Sampling {
	let known = '';
	let stopAll = (): void => {};
	let book: Recorder | null = null;
	const verdicts = new Map<string, Sample['verdict']>();

	const sampled = (sample: Sample): void => {
		try {
			book ??= recorder(folder);
			book.add(sample);
		} catch (error) {
			complain(`A sample could not be kept: ${error instanceof Error ? error.message : String(error)}.`);
		}
		const before = verdicts.get(sample.endpoint);
		verdicts.set(sample.endpoint, sample.verdict);
		if (before !== sample.verdict || sample.verdict === 'fail') noticed();
	};

	const begin = (state: State): (() => void) =>
		sampleAll({
			endpoints: endpointsOf(state.runbook),
			clock,
			instant,
			longestMs: state.rehearsal === null ? longest.real : longest.rehearsal,
			ask: (endpoint, signal) => ask(state, endpoint, signal),
			sampled,
		});

	return {
		renew(state) {
			const now = asked(state);
			if (now === known) return;
			known = now;
			stopAll();
			stopAll = begin(state);
		},
		stop() {
			stopAll();
			book?.close();
		},
	};
}

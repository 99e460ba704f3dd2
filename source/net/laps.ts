/* How long each phase of a request took, each counted from the end of the one before. */
import type {Timer} from './limit.ts';

type Phase = 'dns' | 'tcp' | 'tls' | 'firstByte';

/** ms, to 0.1; a phase that was not reached is absent. */
export type Phases = {readonly [P in Phase]?: number};

export type Laps = {
	/** Another request begins; the phases of the one before are dropped. */
	restart(): void;
	end(phase: Phase): void;
	taken(): Phases;
};

export const tenths = (ms: number): number => Math.round(ms * 10) / 10;

export function lapsBy({steady}: Pick<Timer, 'steady'>): Laps {
	let since = steady();
	let phases: Phases = {};
	return {
		restart() {
			since = steady();
			phases = {};
		},
		end(phase) {
			const now = steady();
			phases = {...phases, [phase]: tenths(now - since)};
			since = now;
		},
		taken: () => phases,
	};
}

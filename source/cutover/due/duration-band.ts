/* Whether what succeeded took as long as it usually does: what ends far too soon may not have done its work. */
import {minutes} from '../../text/time.ts';
import type {Attempt, State} from '../model/state.ts';
import {type Durations, usualOf} from './usual-durations.ts';

/** ms on the cutover's clock. `usual`: the band of the others like it, at least two; `fast`, `slow`: outside of it, and by how much counts. */
export type DurationBand = {
	readonly took: number;
	readonly shortest: number;
	readonly longest: number;
	readonly count: number;
	readonly verdict: 'usual' | 'fast' | 'slow';
};

/** One run before is no band. */
const fewest = 2;
/** Seconds are noise, however small the usual time is. */
const noiseMs = 5000;

const verdictOf = (took: number, shortest: number, longest: number): DurationBand['verdict'] => {
	if (took < shortest / 2 && shortest - took > noiseMs) return 'fast';
	return took > longest * 1.5 && took - longest > noiseMs ? 'slow' : 'usual';
};

/** Null for what did not succeed, or has too little to be compared with. */
export function bandOf(state: State, attempt: Attempt, earlier?: Durations): DurationBand | null {
	const {ended, resume} = attempt;
	if (ended?.outcome !== 'pass' || resume) return null;
	const usual = usualOf(state, attempt, earlier, attempt.attempt);
	if (usual === null || usual.count < fewest) return null;
	const took = ended.at - attempt.at;
	const {shortest, longest, count} = usual;
	return {took, shortest, longest, count, verdict: verdictOf(took, shortest, longest)};
}

/** `took 00:04, usually 02:50 to 04:00: suspiciously fast`; null where it took as long as usual. */
export const bandText = (band: DurationBand | null): string | null => {
	if (band === null || band.verdict === 'usual') return null;
	const {took, shortest, longest, verdict} = band;
	const usually = `usually ${minutes(shortest)} to ${minutes(longest)}`;
	return `took ${minutes(took)}, ${usually}: ${verdict === 'fast' ? 'suspiciously fast' : 'unusually slow'}`;
};

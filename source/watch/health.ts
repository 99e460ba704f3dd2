/*
The samples of a cutover as the rules and the screens see them, folded as they come. Whoever asks has a fold of its own:
nothing is shared between processes but the samples and the journal.
*/

import {type Comparison, compare} from '../cutover/health/baseline/compare.ts';
import {advanceHealth, armingsOf, type HealthFold, unreported} from '../cutover/health/fold.ts';
import {type HealthObservation, observationOf} from '../cutover/health/observation.ts';
import type {Instant, Sample} from '../cutover/health/outage/sample.ts';
import {planOf} from '../cutover/health/plan.ts';
import type {Path} from '../cutover/model/runbook.ts';
import type {State} from '../cutover/model/state.ts';
import {samplesFile} from '../processes/folder.ts';
import {type Fresh, sampleReader} from './probes/read.ts';

/** Undefined where no endpoint is bound. The same object until a sample comes or a trigger is armed. */
export type Health = (state: State) => HealthObservation | undefined;

type Kept = {readonly all: Map<string, Sample[]>; readonly before: Map<string, number>};

const nothingKept = (): Kept => ({all: new Map(), before: new Map()});

/** `keepsAll`: for the comparison with what was before T0; the watcher keeps nothing, because it lives long. */
function keep({all, before}: Kept, sample: Sample, t0: number | null, keepsAll: boolean): void {
	const {endpoint, at} = sample;
	if (t0 === null || at < t0) before.set(endpoint, (before.get(endpoint) ?? 0) + 1);
	if (!keepsAll) return;
	const known = all.get(endpoint);
	if (known) known.push(sample);
	else all.set(endpoint, [sample]);
}

/** Below so many samples of an endpoint each new one is compared; above, one in a hundred changes nothing that a person sees. */
const few = 1000;
const share = 0.01;

/** Remembers each endpoint's comparison: to rank all samples anew at each of them costs more the longer a cutover lasts. */
function comparer(): (kept: Kept, t0: number) => Readonly<Record<string, Comparison>> {
	const known = new Map<string, {readonly samples: number; readonly comparison: Comparison}>();
	const one = (endpoint: string, samples: readonly Sample[], t0: number): Comparison => {
		const before = known.get(endpoint);
		const fresh = samples.length - (before?.samples ?? 0);
		if (before !== undefined && (fresh === 0 || (samples.length > few && fresh < samples.length * share)))
			return before.comparison;
		const comparison = compare(samples, t0);
		known.set(endpoint, {samples: samples.length, comparison});
		return comparison;
	};
	return ({all}, t0) =>
		Object.fromEntries([...all].map(([endpoint, samples]) => [endpoint, one(endpoint, samples, t0)]));
}

/** `compares`: also against the samples before T0, once it is begun. `open`: how the samples are read, each time from the first on. */
export function healthOf(
	folder: Path,
	instant: () => Instant,
	{
		compares,
		open = () => sampleReader(samplesFile(folder)),
	}: {readonly compares: boolean; readonly open?: () => () => Fresh},
): Health {
	let fold: HealthFold | null = null;
	let key = '';
	let kept = nothingKept();
	let observed: HealthObservation | undefined;
	let fresh = open();
	let runbook: State['runbook'] = null;
	let compared = comparer();

	/** Everything is folded anew: another runbook, or armed at another time. */
	const beginAnew = (state: State): void => {
		const plan = planOf(state.runbook);
		fold = plan && unreported(plan, armingsOf(state));
		kept = nothingKept();
		compared = comparer();
		observed = undefined;
		fresh = open();
		runbook = state.runbook;
		key = JSON.stringify(armingsOf(state));
	};

	const readOn = (state: State): boolean => {
		const {samples, anew} = fresh();
		if (anew && observed !== undefined) {
			beginAnew(state);
			return readOn(state);
		}
		for (const sample of samples) {
			if (fold === null) break;
			const next = advanceHealth(fold, sample);
			if (next !== fold) keep(kept, sample, fold.armings.t0, compares);
			fold = next;
		}
		return samples.length > 0;
	};

	return state => {
		if (runbook !== state.runbook || key !== JSON.stringify(armingsOf(state))) beginAnew(state);
		if (fold === null) return undefined;
		const isNew = readOn(state);
		if (fold === null || (!isNew && observed !== undefined)) return observed;
		const found = observationOf(fold, instant(), Object.fromEntries(kept.before));
		const {t0} = fold.armings;
		observed = compares && t0 !== null ? {...found, compared: compared(kept, t0)} : found;
		return observed;
	};
}

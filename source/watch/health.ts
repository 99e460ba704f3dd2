/*
The samples of a cutover as the rules and the screens see them, folded as they come. Whoever asks has a fold of its own:
nothing is shared between processes but the samples and the journal.
*/

import {addTo, type Comparison, compare, emptySide, type Side} from '../cutover/health/baseline/compare.ts';
import {advanceHealth, armingsOf, type HealthFold, unreported} from '../cutover/health/fold.ts';
import {type HealthObservation, observationOf} from '../cutover/health/observation.ts';
import type {Instant, Sample} from '../cutover/health/outage/sample.ts';
import {planOf} from '../cutover/health/plan.ts';
import type {Path} from '../cutover/model/runbook.ts';
import type {State} from '../cutover/model/state.ts';
import {samplesFile} from '../processes/folder.ts';
import {type ReadOn, sampleReader} from './sample-reader.ts';

/** Undefined where no endpoint is bound. The same object until a sample comes or a trigger is armed. */
export type Health = (state: State) => HealthObservation | undefined;

/** Of each endpoint, by name, before T0 and since. */
type Kept = {readonly before: Map<string, Side>; readonly after: Map<string, Side>};

const nothingKept = (): Kept => ({before: new Map(), after: new Map()});

/** `keepsGood`: for the comparison with what was before T0; the watcher only counts, because it lives long. */
function keep({before, after}: Kept, sample: Sample, t0: number | null, keepsGood: boolean): void {
	const {endpoint, at} = sample;
	const sides = t0 === null || at < t0 ? before : after;
	const side = sides.get(endpoint) ?? emptySide();
	sides.set(endpoint, side);
	addTo(side, sample, keepsGood);
}

/** Of each endpoint, by name; those whose samples did not change are not compared again. */
function comparedIn({before, after}: Kept, known: Map<string, Comparison>): Readonly<Record<string, Comparison>> {
	for (const name of new Set([...before.keys(), ...after.keys()]))
		if (!known.has(name)) known.set(name, compare(before.get(name) ?? emptySide(), after.get(name) ?? emptySide()));
	return Object.fromEntries(known);
}

/** `compares`: also against the samples before T0, once it is begun. `open`: how the samples are read, each time from the first on. */
export function healthOf(
	folder: Path,
	instant: () => Instant,
	{
		compares,
		open = () => sampleReader(samplesFile(folder)),
	}: {readonly compares: boolean; readonly open?: () => ReadOn},
): Health {
	let fold: HealthFold | null = null;
	let key = '';
	let kept = nothingKept();
	let compared = new Map<string, Comparison>();
	let observed: HealthObservation | undefined;
	let readOn = open();
	let runbook: State['runbook'] = null;

	const beginAnew = (state: State): void => {
		const plan = planOf(state.runbook);
		fold = plan && unreported(plan, armingsOf(state));
		kept = nothingKept();
		compared = new Map();
		observed = undefined;
	};

	const take = (sample: Sample): void => {
		if (fold === null) return;
		const next = advanceHealth(fold, sample);
		if (next === fold) return;
		keep(kept, sample, next.armings.t0, compares);
		compared.delete(sample.endpoint);
		fold = next;
		observed = undefined;
	};

	return state => {
		const now = JSON.stringify(armingsOf(state));
		if (runbook !== state.runbook || key !== now) {
			// Everything is folded anew: another runbook, or armed at another time.
			[runbook, key, readOn] = [state.runbook, now, open()];
			beginAnew(state);
		}
		if (fold === null) return undefined;
		readOn(take, () => beginAnew(state));
		if (observed !== undefined) return observed;
		const counts = Object.fromEntries([...kept.before].map(([name, {count}]) => [name, count]));
		const found = observationOf(fold, instant(), counts);
		observed = compares && fold.armings.t0 !== null ? {...found, compared: comparedIn(kept, compared)} : found;
		return observed;
	};
}

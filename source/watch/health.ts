/*
The samples of a cutover as the rules and the screens see them, folded as they come. Whoever asks has a fold of its own:
nothing is shared between processes but the samples and the journal, and what all samples but the newest come to (folded.ts).
*/

import {addTo, type Comparison, compare, emptySide} from '../cutover/health/baseline/compare.ts';
import {advanceHealth, armingsOf, type HealthFold, rearmed, unreported} from '../cutover/health/fold.ts';
import {type HealthObservation, observationOf} from '../cutover/health/observation.ts';
import type {Instant, Sample} from '../cutover/health/outage/sample.ts';
import {planOf} from '../cutover/health/plan.ts';
import type {Path} from '../cutover/model/runbook.ts';
import type {State} from '../cutover/model/state.ts';
import {digestOf} from '../disk/digest.ts';
import {samplesFile} from '../processes/folder.ts';
import {foldedWith, keepFolded, type Sides, program as thisProgram} from './folded.ts';
import {type SampleReader, sampleReader} from './sample-reader.ts';

/** Undefined where no endpoint is bound. The same object until a sample comes or a trigger is armed. */
export type Health = (state: State) => HealthObservation | undefined;

const noSides = (): Sides => ({before: new Map(), after: new Map()});

function addToSides({before, after}: Sides, sample: Sample, t0: number | null): void {
	const {endpoint, at} = sample;
	const sides = t0 === null || at < t0 ? before : after;
	const side = sides.get(endpoint) ?? emptySide();
	sides.set(endpoint, side);
	addTo(side, sample);
}

/** Of each endpoint, by name; those whose samples did not change are not compared again. */
function comparedIn({before, after}: Sides, known: Map<string, Comparison>): Readonly<Record<string, Comparison>> {
	for (const name of new Set([...before.keys(), ...after.keys()]))
		if (!known.has(name)) known.set(name, compare(before.get(name) ?? emptySide(), after.get(name) ?? emptySide()));
	return Object.fromEntries(known);
}

/** So many samples are folded again by whoever opens the cutover. */
const keptEvery = 1000;

export type HealthOptions = {
	/** Also against the samples before T0, once it is begun. */
	readonly compares: boolean;
	/** Folds every sample itself, and keeps what they come to for others. */
	readonly keeps?: boolean;
	/** How the samples are read, each time from the first on. */
	readonly open?: () => Pick<SampleReader, 'read'> & Partial<SampleReader>;
	/** What is kept is of this one; null: nothing is. */
	readonly program?: string | null;
};

export function healthOf(
	folder: Path,
	instant: () => Instant,
	{compares, keeps = false, open = () => sampleReader(samplesFile(folder)), program = thisProgram}: HealthOptions,
): Health {
	let fold: HealthFold | null = null;
	let armed = '';
	let sides = noSides();
	let compared = new Map<string, Comparison>();
	let observed: HealthObservation | undefined;
	let reader = open();
	let runbook: State['runbook'] = null;
	let taken = 0;

	const beginAnew = (state: State): void => {
		const plan = planOf(state.runbook);
		fold = plan && unreported(plan, armingsOf(state));
		sides = noSides();
		compared = new Map();
		observed = undefined;
		taken = 0;
	};

	const keyOf = ({plan}: HealthFold): string => `${program} ${digestOf(JSON.stringify(plan))}`;

	const goOnFromKept = (): void => {
		const kept = fold === null || keeps || program === null ? null : foldedWith(folder, keyOf(fold));
		if (fold === null || kept === null) return;
		const later = rearmed({...kept.fold, plan: fold.plan}, fold.armings);
		if (later !== null && reader.skip?.(kept.mark)) [fold, sides] = [later, kept.sides];
	};

	const keep = (): void => {
		if (fold === null || !keeps || program === null || taken < keptEvery || reader.mark === undefined) return;
		const {plan: _, ...rest} = fold;
		keepFolded(folder, keyOf(fold), {mark: reader.mark(), fold: rest, sides});
		taken = 0;
	};

	const take = (sample: Sample): void => {
		if (fold === null) return;
		taken += 1;
		const next = advanceHealth(fold, sample);
		if (next === fold) return;
		addToSides(sides, sample, next.armings.t0);
		compared.delete(sample.endpoint);
		fold = next;
		observed = undefined;
	};

	/** Another runbook, or armed at another time: where that is not after all samples, they are folded anew. */
	const renew = (state: State): void => {
		const later = fold !== null && runbook === state.runbook ? rearmed(fold, armingsOf(state)) : null;
		observed = undefined;
		if (later !== null) fold = later;
		else {
			[runbook, reader] = [state.runbook, open()];
			beginAnew(state);
			goOnFromKept();
		}
	};

	return state => {
		const now = JSON.stringify(armingsOf(state));
		if (runbook !== state.runbook || armed !== now) renew(state);
		armed = now;
		if (fold === null) return undefined;
		reader.read(take, () => beginAnew(state));
		keep();
		if (observed !== undefined) return observed;
		const counts = Object.fromEntries([...sides.before].map(([name, {count}]) => [name, count]));
		const found = observationOf(fold, instant(), counts);
		observed = compares && fold.armings.t0 !== null ? {...found, compared: comparedIn(sides, compared)} : found;
		return observed;
	};
}

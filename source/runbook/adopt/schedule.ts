/*
Times of stages from their order: each begins when the one before it ends, beside another one, or after several. Stages with a time of
their own are fixed, and the one at T0; what is before the first of them is laid out so that it ends there.
*/

export type Planned = {
	readonly id: string;
	/** Seconds from T0. */
	readonly at: number | null;
	readonly takes: number | null;
	readonly with: string | null;
	readonly after: readonly string[];
};

type Fault =
	| {readonly kind: 'unknown'; readonly id: string; readonly other: string}
	| {readonly kind: 'takes'; readonly id: string}
	| {readonly kind: 'late'; readonly id: string; readonly other: string; readonly seconds: number};

type Laid = {
	readonly begins: ReadonlyMap<string, number>;
	/** Ids of the stages whose ends each waits for. */
	readonly after: ReadonlyMap<string, readonly string[]>;
	readonly faults: readonly Fault[];
};

/** Begins of a run of stages whose first begins at `from`. */
function lay(stages: readonly Planned[], from: number, known: Map<string, Planned>): Laid {
	const begins = new Map<string, number>();
	const after = new Map<string, readonly string[]>();
	const faults: Fault[] = [];
	const end = (id: string, of: string): number => {
		const stage = known.get(id);
		const begin = begins.get(id);
		if (stage === undefined || begin === undefined) {
			faults.push({kind: 'unknown', id: of, other: id});
			return from;
		}
		if (stage.takes === null) faults.push({kind: 'takes', id});
		return begin + (stage.takes ?? 0);
	};
	let group: readonly string[] = [];
	for (const stage of stages) {
		if (stage.with !== null) {
			const beside = begins.get(stage.with);
			if (beside === undefined) faults.push({kind: 'unknown', id: stage.id, other: stage.with});
			begins.set(stage.id, beside ?? from);
			after.set(stage.id, after.get(stage.with) ?? []);
			group = [...group, stage.id];
			continue;
		}
		const before = stage.after.length > 0 ? stage.after : group;
		after.set(stage.id, before);
		begins.set(stage.id, before.length === 0 ? from : Math.max(...before.map(id => end(id, stage.id))));
		group = [stage.id];
	}
	return {begins, after, faults};
}

/** Seconds from T0 by id, and why some are unknown. `zero`: the stage at T0. */
export function schedule(stages: readonly Planned[], zero: string | null): Laid {
	const known = new Map(stages.map(stage => [stage.id, stage]));
	const fixed = stages.map(stage => ({...stage, at: stage.at ?? (stage.id === zero ? 0 : null)}));
	const first = fixed.findIndex(({at}) => at !== null);
	if (first === -1) return lay(stages, 0, known);
	const begins = new Map<string, number>();
	const after = new Map<string, readonly string[]>();
	const faults: Fault[] = [];
	const take = (part: Laid, shift: number): void => {
		for (const [id, begin] of part.begins) begins.set(id, begin + shift);
		// The first of a run has a time of its own, and waits for what ends before it all the same.
		for (const [id, ids] of part.after) if (ids.length > 0 || !after.has(id)) after.set(id, ids);
		faults.push(...part.faults);
	};
	const head = fixed.slice(0, first + 1);
	const before = lay(
		head.map(stage => ({...stage, at: null})),
		0,
		known,
	);
	take(before, (fixed[first]?.at ?? 0) - (before.begins.get(fixed[first]?.id ?? '') ?? 0));
	const marks = fixed.flatMap(({at}, index) => (at === null ? [] : [index]));
	for (const [turn, index] of marks.entries()) {
		const reach = fixed[marks[turn + 1] ?? -1];
		const from = fixed[index]?.at ?? 0;
		const part = fixed
			.slice(index, marks[turn + 1])
			.map((stage, step) => (step === 0 ? {...stage, with: null, after: []} : stage));
		take(lay(part, from, known), 0);
		const last = part.at(-1);
		const end = last ? (begins.get(last.id) ?? 0) + (last.takes ?? 0) : from;
		if (last && reach && reach.at !== null && end > reach.at)
			faults.push({kind: 'late', id: last.id, other: reach.id, seconds: end - reach.at});
	}
	return {begins, after, faults};
}

/*
A journal as it was read so far. An entry of a kind that only a newer version knows is counted and otherwise passed over:
what is known of it can still be read, and nothing may be appended behind it (RULES C3).
*/
import {evolveAll, knows} from '../cutover/evolve/evolve.ts';
import {initial} from '../cutover/model/initial.ts';
import type {State} from '../cutover/model/state.ts';
import {type Clock, type Entry, StoreFault} from '../cutover/ports.ts';
import type {Catalog, Head} from '../cutover/store.ts';
import {follows, headOf, origin} from './entry.ts';

export type Fold = {
	readonly state: State;
	readonly head: Head;
	readonly entries: readonly Entry[];
	/** By id of a command, what it left. */
	readonly left: Map<string, Entry[]>;
	/** The first entry of an unknown kind. */
	readonly newer: Entry | null;
};

export const nothing = (): Fold => ({state: initial, head: origin, entries: [], left: new Map(), newer: null});

const group = (entries: readonly Entry[], left: Map<string, Entry[]>): Map<string, Entry[]> => {
	for (const entry of entries) {
		const same = left.get(entry.cause);
		if (same) same.push(entry);
		else left.set(entry.cause, [entry]);
	}
	return left;
};

/** One more reading; entries that do not go on from here begin anew (what was read was taken back). */
export function foldOn(fold: Fold, entries: readonly Entry[]): Fold {
	const [first] = entries;
	const last = entries.at(-1);
	if (first === undefined || last === undefined) return fold;
	const from = follows(first, fold.head) ? fold : nothing();
	return {
		state: evolveAll(from.state, entries),
		head: headOf(last),
		entries: [...from.entries, ...entries],
		left: group(entries, from.left),
		newer: from.newer ?? entries.find(entry => !knows(entry.type)) ?? null,
	};
}

/** All entries of a journal that is opened for them alone. */
export async function entriesIn(
	catalog: Pick<Catalog, 'journal'>,
	id: string,
	clock: Clock,
): Promise<readonly Entry[]> {
	const store = await catalog.journal(id, clock);
	try {
		return await store.pull(origin);
	} finally {
		await store.close();
	}
}

export const newerFault = ({seq, type}: Entry): StoreFault =>
	new StoreFault(
		'newer',
		`Entry ${seq} of the journal is of a kind that this version does not know (${JSON.stringify(type)}): it can be read, nothing can be recorded.`,
		'Go on with the version of cutover-tui that wrote it, or a newer one.',
	);

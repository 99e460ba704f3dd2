/*
What this process knows now: the journal as far as it was read, what was last looked up, and what went wrong. Whoever watches
is told after each change, never before it was folded.
*/
import type {Observation} from '../cutover/model/command.ts';
import type {State} from '../cutover/model/state.ts';
import {type Entry, type Store, StoreFault} from '../cutover/ports.ts';
import {type Fold, foldOn, newerFault, nothing} from './fold.ts';

export type Live = {
	fold(): Fold;
	/** Reads what others appended. Throws StoreFault. */
	readOn(): void;
	/** This process appended them: they need not be read. */
	appended(entries: readonly Entry[]): void;
	observed(): Observation;
	lookUp(): Promise<Observation>;
	fault(): StoreFault | null;
	watch(changed: () => void): () => void;
	close(): void;
};

const same = (one: Observation, other: Observation): boolean => JSON.stringify(one) === JSON.stringify(other);

export function openLive(store: Store, look: (state: State) => Promise<Observation> | Observation): Live {
	let fold = foldOn(nothing(), store.read(nothing().head));
	let observed: Observation = {heads: {}, files: {}, approved: {}};
	let fault: StoreFault | null = null;
	let stopStore: (() => void) | null = null;
	const watchers = new Set<() => void>();

	const tell = (): void => {
		for (const changed of [...watchers]) changed();
	};

	const become = (next: Fold): void => {
		const changed = next !== fold || fault !== null;
		fold = next;
		fault = null;
		if (changed) tell();
	};

	const readOn = (): void => become(foldOn(fold, store.read(fold.head)));

	/** In the background there is nobody to throw to: the fault stands until reading works again. */
	const notice = (): void => {
		try {
			readOn();
		} catch (error) {
			if (!(error instanceof StoreFault)) throw error;
			const known = fault?.message === error.message;
			fault = error;
			if (!known) tell();
		}
	};

	const stop = (): void => {
		stopStore?.();
		stopStore = null;
	};

	return {
		fold: () => fold,
		readOn,
		appended: entries => become(entries[0]?.previous === fold.head.hash ? foldOn(fold, entries) : fold),
		observed: () => observed,
		async lookUp() {
			const found = await look(fold.state);
			const changed = !same(found, observed);
			observed = found;
			if (changed) tell();
			return observed;
		},
		fault: () => (fold.newer === null ? fault : newerFault(fold.newer)),
		watch(changed) {
			watchers.add(changed);
			if (stopStore === null) {
				stopStore = store.watch(notice);
				// What happened between the last look and the first watch nobody would tell of.
				queueMicrotask(() => {
					if (stopStore !== null) notice();
				});
			}
			return () => {
				watchers.delete(changed);
				if (watchers.size === 0) stop();
			};
		},
		close() {
			watchers.clear();
			stop();
			store.close();
		},
	};
}

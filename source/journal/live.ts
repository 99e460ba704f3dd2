/*
What this process knows now: the journal as far as it was pulled, the last observation, and the last fault. Watchers are notified
after each change, never before it was folded.
*/
import type {Observation} from '../cutover/model/command.ts';
import type {State} from '../cutover/model/state.ts';
import {type Entry, type Journal, StoreFault} from '../cutover/ports.ts';
import type {Store} from '../cutover/store.ts';
import {type Fold, foldOn, newerFault, nothing} from './fold.ts';

export type Live = Pick<Journal, 'observed' | 'fault' | 'watch' | 'close'> & {
	fold(): Fold;
	/** Reads what others appended before this call. Rejects with StoreFault. */
	refresh(): Promise<void>;
	/** This process appended them: they need not be read. */
	appended(entries: readonly Entry[]): void;
	lookUp(): Promise<Observation>;
};

const same = (one: Observation, other: Observation): boolean => JSON.stringify(one) === JSON.stringify(other);

export async function openLive(
	store: Store,
	look: (state: State) => Promise<Observation> | Observation,
): Promise<Live> {
	let fold = foldOn(nothing(), await store.pull(nothing().head));
	let observed: Observation = {heads: {}, files: {}, approved: {}};
	let fault: StoreFault | null = store.fault?.() ?? null;
	let stopStore: (() => void) | null = null;
	let [begun, newest] = [0, 0];
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

	/** What is pulled goes behind the head that it was pulled for: this process may have appended meanwhile. */
	const pull = async (): Promise<void> => {
		for (;;) {
			const from = fold;
			const entries = await store.pull(from.head);
			if (fold === from) return become(foldOn(from, entries));
		}
	};

	let running: Promise<unknown> = Promise.resolve();
	let waiting: Promise<void> | null = null;

	/** One pull at a time; all who ask before the next one begins share it. */
	const refresh = (): Promise<void> => {
		waiting ??= running.then(() => {
			waiting = null;
			const pulled = pull();
			running = pulled.catch(() => {});
			return pulled;
		});
		return waiting;
	};

	/** In the background nobody handles an error: the fault stays until reading works again. */
	const notice = (): void => {
		refresh().catch((error: unknown) => {
			if (stopStore === null) return;
			if (!(error instanceof StoreFault)) throw error;
			const known = fault?.message === error.message;
			fault = error;
			if (!known) tell();
		});
	};

	const stop = (): void => {
		stopStore?.();
		stopStore = null;
	};

	return {
		fold: () => fold,
		refresh,
		appended: entries => become(entries[0]?.previous === fold.head.hash ? foldOn(fold, entries) : fold),
		observed: () => observed,
		async lookUp() {
			const mine = ++begun;
			const found = await look(fold.state);
			// A look that took longer than a later one saw the world as it was before.
			if (mine < newest) return observed;
			newest = mine;
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
				// Nobody would report what happened between the last pull and the first watch.
				notice();
			}
			return () => {
				watchers.delete(changed);
				if (watchers.size === 0) stop();
			};
		},
		close() {
			watchers.clear();
			stop();
			return store.close();
		},
	};
}

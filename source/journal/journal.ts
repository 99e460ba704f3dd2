/*
The one way to an event: look, read the newest entries, ask the rules, append what they answer at the head that they knew; on
conflict read and ask again. Nothing slow happens under the store's lock. What follows from time is put in front, so that no
command is decided on a state that time has overtaken.
*/
import type {Command, Context, Refusal, Seen} from '../cutover/command.ts';
import {decide, isRefusal} from '../cutover/decide.ts';
import type {Event} from '../cutover/event.ts';
import {advance} from '../cutover/evolve.ts';
import {follow} from '../cutover/follow.ts';
import {acting} from '../cutover/owners.ts';
import type {Person} from '../cutover/person.ts';
import {type Answer, type Clock, type Entry, type Fact, type Head, type Journal, type Store, StoreFault} from '../cutover/ports.ts';
import type {State} from '../cutover/state.ts';
import {stamp} from '../text/time.ts';
import {steppedBack} from './clock-step.ts';
import {seal} from './entry.ts';
import {type Fold, foldOn, newerFault, nothing} from './fold.ts';

export type Options = {
	readonly store: Store;
	readonly clock: Clock;
	/** Looks up what the rules need of the world; may be slow. */
	look(state: State): Promise<Seen> | Seen;
	/** After entries reached the store and were folded; what it throws is its own matter. */
	onAppended?(state: State, head: Head): void;
};

/** What would be appended now, and what the rules said to the command. */
type Plan = {readonly facts: readonly Fact[]; readonly refusal: Refusal | null};

const nobodyLooked: Seen = {heads: {}, files: {}, approved: {}};

const ofTime = (by: Person): Person => ({...by, name: by.strength === 'process' ? by.name : 'cutover-tui', role: null, strength: 'process'});

function plan(fold: Fold, clock: Clock, seen: Seen, by: Person, command: Command | null): Plan {
	const now = clock.now();
	const at = Math.max(now, fold.state.at);
	const process = ofTime(by);
	const factsOf = (events: readonly Event[], who: Person, cause: string): readonly Fact[] => events.map(event => ({...event, at: stamp(at), by: who, cause}));

	const fromTime = [...steppedBack(fold, now), ...follow(fold.state, {at, by: process, seen})];
	const state = fromTime.reduce((before, event) => advance(before, event, {at, by: process, cause: 'time'}), fold.state);
	const facts = factsOf(fromTime, process, 'time');
	if (command === null) return {facts, refusal: null};

	const context: Context = {at, by, seen};
	const decision = decide(state, command, context);
	if (isRefusal(decision)) return {facts, refusal: decision};
	return {facts: [...facts, ...factsOf(decision, acting(state, command, by, at), command.id)], refusal: null};
}

const same = (one: Seen, other: Seen): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Reads the whole journal and looks up once. Throws StoreFault. */
export async function openJournal({store, clock, look, onAppended}: Options): Promise<Journal> {
	let fold = foldOn(nothing(), store.read(nothing().head));
	let seen = nobodyLooked;
	let fault: StoreFault | null = null;
	let stopStore: (() => void) | null = null;
	const watchers = new Set<() => void>();

	const tell = (): void => {
		for (const changed of [...watchers]) changed();
	};

	const readOn = (): boolean => {
		const before = fold;
		fold = foldOn(fold, store.read(fold.head));
		const healed = fault !== null;
		fault = null;
		return fold !== before || healed;
	};

	/** In the background: whoever watches is told of a fault, and of its end. */
	const notice = (): void => {
		const before = fault;
		try {
			if (readOn()) tell();
		} catch (error) {
			if (!(error instanceof StoreFault)) throw error;
			fault = error;
			if (before?.message !== error.message) tell();
		}
	};

	const lookUp = async (): Promise<Seen> => {
		const found = await look(fold.state);
		const changed = !same(found, seen);
		seen = found;
		if (changed) tell();
		return seen;
	};

	const appended = (entries: readonly Entry[]): void => {
		const [first] = entries;
		if (first !== undefined && first.previous === fold.head.hash) fold = foldOn(fold, entries);
		tell();
		try {
			onAppended?.(fold.state, fold.head);
		} catch {
			// What is stored is stored: progress is rebuilt from it.
		}
	};

	const act = async (by: Person, command: Command | null): Promise<Answer> => {
		let looked: State['runbook'] | undefined;
		for (;;) {
			if (readOn()) tell();
			if (fold.newer !== null) throw newerFault(fold.newer);
			const {head, left} = fold;
			const before = command === null ? undefined : left.get(command.id);
			if (before !== undefined) {
				// Another process may have died between writing and syncing it: it is acknowledged only once it lasts.
				if ((await store.append(head, [])) === 'stored') return {refused: false, entries: before};
				continue;
			}
			if (looked !== fold.state.runbook) {
				looked = fold.state.runbook;
				await lookUp();
				continue;
			}
			const {facts, refusal} = plan(fold, clock, seen, by, command);
			if (facts.length === 0) return refusal ?? {refused: false, entries: []};
			const entries = seal(head, facts);
			if ((await store.append(head, entries)) === 'conflict') continue;
			appended(entries);
			if (fold.state.runbook !== looked) await lookUp();
			return refusal ?? {refused: false, entries: entries.filter(entry => command === null || entry.cause === command.id)};
		}
	};

	await lookUp();
	return {
		state: () => fold.state,
		entries: () => fold.entries,
		decide: (command, by) => act(by, command),
		would(command, by) {
			if (fold.newer !== null) {
				const {message, mend} = newerFault(fold.newer);
				return {refused: true, misuse: false, rule: 'a newer journal is only read', why: message, mend, words: []};
			}
			return fold.left.has(command.id) ? null : plan(fold, clock, seen, by, command).refusal;
		},
		async settle(by) {
			const answer = await act(by, null);
			return answer.refused ? [] : answer.entries;
		},
		seen: () => seen,
		look: lookUp,
		fault: () => (fold.newer === null ? fault : newerFault(fold.newer)),
		watch(changed) {
			watchers.add(changed);
			stopStore ??= store.watch(notice);
			return () => {
				watchers.delete(changed);
				if (watchers.size > 0) return;
				stopStore?.();
				stopStore = null;
			};
		},
		close() {
			watchers.clear();
			stopStore?.();
			stopStore = null;
			store.close();
		},
	};
}

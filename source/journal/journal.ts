/*
The one way to an event: look, read the newest entries, ask the rules, append what they answer at the head that they knew; on
conflict read and ask again. Nothing slow happens under the store's lock, and what was appended is never appended twice.
*/
import {decide, isRefusal} from '../cutover/decide/decide.ts';
import {refuse} from '../cutover/decide/refusal.ts';
import {placeForbidden} from '../cutover/decide/signed.ts';
import type {Command, Observation} from '../cutover/model/command.ts';
import type {Person} from '../cutover/model/person.ts';
import type {Digests} from '../cutover/model/runbook.ts';
import type {State} from '../cutover/model/state.ts';
import type {Answer, Clock, Entry, Journal} from '../cutover/ports.ts';
import type {Head, Store} from '../cutover/store.ts';
import {redactedJson} from '../text/redact.ts';
import {seal} from './entry.ts';
import {type Fold, newerFault} from './fold.ts';
import {type Live, openLive} from './live.ts';
import {type Brought, brought, plan, planAll} from './plan.ts';

export type Options = {
	readonly store: Store;
	readonly clock: Clock;
	/** Looks up what the rules need of the world; may be slow. */
	look(state: State): Promise<Observation> | Observation;
	/** Takes secrets out of a text before it is recorded. */
	redact?(runbook: State['runbook'], text: string): string;
	/** Digests of the folder's files, for the entry that closes the cutover. */
	filesToSeal?(): Promise<Digests>;
	/** After entries reached the store and were folded; what it throws is its own matter. */
	onAppended?(state: State, head: Head): void;
};

/** Questions within this time are of one moment. */
const momentMs = 100;

/** Throws StoreFault where nothing may be appended. */
async function refresh(live: Live): Promise<void> {
	await live.refresh();
	const {newer} = live.fold();
	if (newer !== null) throw newerFault(newer);
}

/** What a command left before, once that lasts: who wrote it may have died before it reached the disk (RULES C2). */
async function leftBefore(store: Store, live: Live, command: Command | null): Promise<readonly Entry[] | null> {
	for (;;) {
		await refresh(live);
		const {head, left} = live.fold();
		const entries = command === null ? undefined : left.get(command.id);
		if (entries === undefined) return null;
		if ((await store.append(head, [])) === 'stored') return [...entries];
	}
}

/** What people and processes say, without secrets. What is approved stays as it was read. */
function withoutSecrets(command: Command, state: State, redact: NonNullable<Options['redact']>): Command {
	if (command.type === 'approve') return command;
	const {runbook} = command.type === 'begin' ? command.data : state;
	const clean = (said: unknown) => redactedJson(JSON.stringify(said), text => redact(runbook, text));
	if (command.type !== 'begin') return clean(command);
	const {ticket, environment} = command.data;
	return {...command, data: {...command.data, ...clean({ticket, environment})}};
}

/** Reads the whole journal and looks up once. Throws StoreFault. */
export async function openJournal({store, clock, look, onAppended, redact, filesToSeal}: Options): Promise<Journal> {
	const live = await openLive(store, look);

	const stored = (entries: readonly Entry[]): void => {
		live.appended(entries);
		const {state, head} = live.fold();
		try {
			onAppended?.(state, head);
		} catch {
			// What is stored is stored.
		}
	};

	const act = async (by: Person, given: Command | null): Promise<Answer> => {
		const command = given === null || redact === undefined ? given : withoutSecrets(given, live.fold().state, redact);
		let looked: State['runbook'] | undefined;
		for (;;) {
			const before = await leftBefore(store, live, command);
			if (before !== null) return {refused: false, entries: before};
			if (looked !== live.fold().state.runbook) {
				// What has to be looked up depends on the runbook, which somebody may have approved anew meanwhile.
				looked = live.fold().state.runbook;
				await live.lookUp();
				continue;
			}
			const {head} = live.fold();
			const {facts, refusal} = plan(live.fold(), clock.now(), live.observed(), by, command);
			const own = facts.findIndex(({cause}) => cause === command?.id);
			if (own >= 0) {
				// With what time brought before it, an act is no longer where its signature says.
				const misplaced = placeForbidden(by, own === 0 ? head : {seq: head.seq + own, hash: ''});
				if (misplaced !== null) return misplaced;
			}
			if (facts.length === 0) return refusal ?? {refused: false, entries: []};
			const files = facts.some(({type}) => type === 'closed') ? ((await filesToSeal?.()) ?? {}) : {};
			const entries = seal(head, facts, (fact, {seq, hash}) =>
				fact.type === 'closed' ? {...fact, data: {...fact.data, seal: {entries: seq, head: hash, files}}} : fact,
			);
			if ((await store.append(head, entries)) === 'conflict') {
				// What was looked up of other hosts may be as old as the head.
				if (live.observed().hosts !== undefined) looked = undefined;
				continue;
			}
			stored(entries);
			if (live.fold().state.runbook !== looked) await live.lookUp();
			return (
				refusal ?? {refused: false, entries: entries.filter(entry => command === null || entry.cause === command.id)}
			);
		}
	};

	const actAll = async (by: Person, given: readonly Command[]): Promise<readonly Answer[]> => {
		for (;;) {
			await refresh(live);
			await live.lookUp();
			const known = live.fold();
			const {entries, answers} = planAll(
				known,
				clock.now(),
				live.observed(),
				by,
				given.map(command => (redact === undefined ? command : withoutSecrets(command, known.state, redact))),
			);
			// An append of nothing makes what was recorded before last.
			if ((await store.append(known.head, entries)) === 'conflict') continue;
			if (entries.length > 0) stored(entries);
			return answers;
		}
	};

	type Asked = {readonly fold: Fold; readonly observed: Observation; readonly now: number; readonly brought: Brought};
	let asked: Asked | null = null;

	/** What time brought by now, for who only asks: a screen asks of each key at once, and it is the same for all of them. */
	const broughtByNow = (by: Person): Asked => {
		const [fold, observed, now] = [live.fold(), live.observed(), clock.now()];
		if (asked?.fold !== fold || asked.observed !== observed || Math.abs(now - asked.now) >= momentMs)
			asked = {fold, observed, now, brought: brought(fold, now, observed, by)};
		return asked;
	};

	await live.lookUp();
	return {
		state: () => live.fold().state,
		entries: () => live.fold().entries,
		decide: (command, by) => act(by, command),
		decideAll: (commands, by) => actAll(by, commands),
		would(command, by) {
			const {newer, left} = live.fold();
			if (newer !== null) {
				const {message, fix} = newerFault(newer);
				return refuse('newer-journal', message, fix);
			}
			if (left.has(command.id)) return null;
			const {fold, now, observed, brought} = broughtByNow(by);
			const decision = decide(brought.state, command, {at: Math.max(now, fold.state.at), by, observed});
			return isRefusal(decision) ? decision : null;
		},
		async settle(by) {
			const answer = await act(by, null);
			return answer.refused ? [] : answer.entries;
		},
		observed: live.observed,
		look: live.lookUp,
		fault: live.fault,
		watch: live.watch,
		close: live.close,
	};
}

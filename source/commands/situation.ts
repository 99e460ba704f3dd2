/*
What a command may know before it is given: where the cutover stands, who is here, and what the rules would say. With
several owners the core only asks for the role; a draft is then tried in each, because what no owner may do, nobody may.
*/
import type {Command, CommandType} from '../cutover/model/command.ts';
import type {Person} from '../cutover/model/person.ts';
import type {Refusal} from '../cutover/model/refusal.ts';
import type {Runbook, Stage} from '../cutover/model/runbook.ts';
import type {State} from '../cutover/model/state.ts';
import {rolesHeld} from '../cutover/snapshot/next.ts';
import type {Snapshot} from '../cutover/snapshot/snapshot.ts';

/** A command that was decided on but not yet sent. */
export type Draft<K extends CommandType = CommandType> = {
	[T in K]: {readonly type: T; readonly data: Command<T>['data']; readonly confirm?: readonly string[]};
}[K];

export type Situation = {
	readonly state: State;
	readonly snapshot: Snapshot;
	/** Who sits here; `role` null where it was not said. */
	readonly person: Person;
	/** Id of the row that is marked on a screen, null elsewhere. */
	readonly chosen: string | null;
	/** Keys that an act can be signed with, where that is asked. */
	readonly signers?: readonly {readonly value: string; readonly label: string}[];
	/** Formats of evidence, where that is exported. */
	readonly formats?: readonly {readonly value: string; readonly label: string}[];
	/** What the rules would say. `as`: in this role. `speaker`: whose words they are, where somebody else passes them on. */
	would(draft: Draft, as: string | null, speaker?: string): Refusal | null;
};

export const runbookOf = ({state}: Pick<Situation, 'state'>): Runbook => {
	if (state.runbook === null) throw new Error('No cutover is open.');
	return state.runbook;
};

/** What a probe holds where a person will have typed something. */
export const anything = '…';

/** It is somebody else's: theirs to say, and for the person here at most to pass on. */
export const isForOthers = (refusal: Refusal | null): boolean =>
	refusal?.code === 'not-owner' || refusal?.code === 'not-bound';

/** The rules refuse it whatever is given: neither a word, a role nor a signature is missing. */
export const forbids = (refusal: Refusal | null): refusal is Refusal =>
	refusal !== null && !refusal.usageError && refusal.needs.words.length === 0 && refusal.code !== 'signature-needed';

/** The roles in which the rules would let it be, where they ask in which one; empty where they do not ask. */
export const rolesFor = (situation: Situation, draft: Draft): readonly string[] =>
	(situation.would(draft, null)?.needs.roles ?? []).filter(role => !forbids(situation.would(draft, role)));

/** Where the rules ask in which role: one that the person holds and in which it is theirs to say; null where there is none. */
export const ownRole = (situation: Situation, draft: Draft): string | null => {
	const roles = situation.would(draft, null)?.needs.roles ?? [];
	return rolesHeld(situation, situation.person).find(role => roles.includes(role)) ?? null;
};

/** In the person's own role, or in any that owns the act. */
export const ruling = (situation: Situation, draft: Draft): Refusal | null => {
	const first = situation.would(draft, null);
	let refused: Refusal | null = null;
	for (const role of first?.needs.roles ?? []) {
		const refusal = situation.would(draft, role);
		// No role after it is asked: a footer asks this of every key, each second.
		if (!forbids(refusal)) return refusal ?? first;
		refused ??= refusal;
	}
	return refused ?? first;
};

/** What the rules would say if its owner said it and the person here passed it on; null where they would let it be. */
export const rulingForOthers = (situation: Situation, draft: Draft): Refusal | null => {
	const {runbook, people} = situation.state;
	const theirs = (runbook?.roles ?? [])
		.map(role => situation.would(draft, role, people?.[role]?.[0] ?? '…'))
		.filter(refusal => !isForOthers(refusal) && refusal?.usageError !== true);
	return theirs.find(refusal => !forbids(refusal)) ?? theirs[0] ?? null;
};

/** The rules forbid it without what `draft(true)` says, and let it be with it. */
export const needed = (situation: Situation, draft: (withIt: boolean) => Draft): boolean =>
	forbids(ruling(situation, draft(false))) && !forbids(ruling(situation, draft(true)));

export const stageOf = (situation: Situation, id: string): Stage | undefined =>
	runbookOf(situation).stages.find(stage => stage.id === id);

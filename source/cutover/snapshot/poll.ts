/** The roll call that is open, or would open next: one row an owner. */
import {isDecided, stageOfKind} from '../due/schedule.ts';
import type {Strength} from '../model/person.ts';
import type {State} from '../model/state.ts';

/** Votes that an open poll waits for. */
export type PollSnapshot = {
	readonly stage: string;
	readonly kind: 'go' | 'keep';
	readonly opened: number | null;
	readonly votes: readonly {
		readonly role: string;
		readonly vote: 'go' | 'no-go' | 'keep' | null;
		readonly by: string | null;
		readonly at: number | null;
		readonly identity: Strength | null;
		readonly reason: string | null;
		readonly relayedBy: string | null;
	}[];
	readonly fallen: {readonly at: number; readonly reason: string} | null;
};

/** Roles whose vote is missing. */
export const missing = ({votes}: Pick<PollSnapshot, 'votes'>): readonly string[] =>
	votes.flatMap(({role, vote}) => (vote === null ? [role] : []));

export const pollSnapshot = (state: State): PollSnapshot | null => {
	const kind = state.t0Started === null ? 'go' : 'keep';
	const stage = stageOfKind(state.runbook, kind === 'go' ? 'decision' : 'closing');
	const poll = state.polls[kind];
	// Once it is decided without votes nobody is asked for one.
	if (!stage || (isDecided(state) && !poll)) return null;
	return {
		stage: stage.id,
		kind,
		opened: poll?.opened ?? null,
		votes: stage.owners.map(role => {
			const vote = poll?.votes[role];
			return {
				role,
				vote: vote?.vote ?? null,
				by: vote?.by.name ?? null,
				at: vote?.at ?? null,
				identity: vote?.by.strength ?? null,
				reason: vote?.reason ?? null,
				relayedBy: vote?.by.relay?.by ?? null,
			};
		}),
		fallen: poll?.fallen ?? null,
	};
};

import type {Strength} from '../model/person.ts';

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

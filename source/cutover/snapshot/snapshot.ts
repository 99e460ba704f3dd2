/* The state of a cutover at an instant, as the board, `status`, every screen and the rehearsal read it. Times in ms. */
import type {PathObservation} from '../model/command.ts';
import type {NotNotified} from '../model/notify.ts';
import type {Reachable} from '../model/reached.ts';
import type {LastSafe, SafeMoments} from '../model/safe-moments.ts';
import type {Status} from '../model/state.ts';
import type {Durability} from './durability.ts';
import type {EndpointSnapshot} from './endpoints.ts';
import type {GateSnapshot} from './gates.ts';
import type {LinkSnapshot} from './links.ts';
import type {Next, Waiting} from './next-step.ts';
import type {PollSnapshot} from './poll.ts';
import type {RollbackSnapshot} from './rollback.ts';
import type {RunningSnapshot} from './running.ts';
import type {SignOffSnapshot} from './sign-offs.ts';
import type {StageSnapshot} from './stages.ts';
import type {TriggerSnapshot} from './triggers.ts';

/** The problem on row 1: `HOLD  G5 failed: "…"`. `loud`: reverse video and one ring of the bell. */
export type Headline = {
	readonly word: string;
	readonly text: string;
	readonly loud: boolean;
	readonly since: number | null;
};

export type Snapshot = Reachable & {
	readonly id: string;
	readonly title: string;
	readonly status: Status;
	/** Of planned T0s, this one included. */
	readonly count: number;
	readonly ticket: string | null;
	readonly environment: string | null;
	readonly t0: number;
	readonly t0Started: number | null;
	readonly now: number;
	/** By how many ms the clock here is behind the newest entry, so that time stands still until then; null where it is not. */
	readonly clockBehind: number | null;
	readonly headline: Headline;
	/** What rings, once each, by names of their own: loud headlines, warnings, ends of outages. */
	readonly rings: readonly string[];
	/** Never null while the cutover is open. */
	readonly next: Next | null;
	/** What the asking person has to do, or may do meanwhile. */
	readonly you: Next | null;
	readonly gates: readonly GateSnapshot[];
	readonly stages: readonly StageSnapshot[];
	/** When it will end, from what is late; null where the runbook says no lengths, or it is over. */
	readonly forecast: {readonly end: number; readonly lateSeconds: number; readonly deciding: string | null} | null;
	/** The change window and its last safe moments; null where the settings name none. `next`: the one that counts now. */
	readonly window: (SafeMoments & {readonly next: LastSafe | null}) | null;
	readonly triggers: readonly TriggerSnapshot[];
	readonly endpoints: readonly EndpointSnapshot[];
	/** When the newest sample of any endpoint was taken. */
	readonly lastSampleAt: number | null;
	readonly rollback: RollbackSnapshot | null;
	/** The workflow path as it was last looked at with this process's token; null where nobody looked. */
	readonly path: PathObservation | null;
	/** This process holds the token that the workflow path needs; null where none is needed. */
	readonly tokenHere: boolean | null;
	readonly signOffs: readonly SignOffSnapshot[];
	/** Since when T is in a hold. */
	readonly heldSince: number | null;
	/** Cumulated slip of the stages begun so far. */
	readonly slippageSeconds: number;
	/** Votes that the open poll waits for. */
	readonly poll: PollSnapshot | null;
	/** Attempts that run now. */
	readonly running: readonly RunningSnapshot[];
	/** Files approved that differ now. */
	readonly changed: readonly string[];
	/** Scripts of the rollback that differ now: they may run, and are shown as changed (RULES H1). */
	readonly changedScripts: readonly string[];
	/** Relayed words that their speaker has not confirmed, by entry. */
	readonly unconfirmed: readonly {
		readonly entry: number;
		readonly speaker: string;
		readonly by: string;
		readonly words: string;
	}[];
	/** Who holds the release manager's role. */
	readonly command: string | null;
	/** Everything that waits, most urgent first. */
	readonly waits: readonly Waiting[];
	/** Personal links. */
	readonly links: readonly LinkSnapshot[];
	/** Names of who has a screen open. */
	readonly here: readonly string[];
	/** Channels of `notify` at which nothing arrives, with since when and why: those people see nothing. */
	readonly notNotified: readonly ({readonly to: string} & NotNotified)[];
	/** What the loss of the database's server may lose. */
	readonly durability: Durability | null;
	readonly closedAt: number | null;
	/** Since when nobody asks the endpoints, because it is closed or abandoned. */
	readonly watchEnded: number | null;
	/** Evidence fields and what they hold now; null: nobody has said. */
	readonly fields: readonly {readonly field: string; readonly value: string | null}[];
};

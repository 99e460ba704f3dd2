/* The cutover as the journal tells it; due, overdue and stale are readings of time. Times are ms since the epoch. */
import type {AttemptRef, PathName} from './attempt-target.ts';
import type {AnswerInForce, Measurement} from './checklist.ts';
import type {EventData, Json, MeasuredFiring, Rehearsal, RemoteRun} from './event.ts';
import type {Invitation} from './link.ts';
import type {NotNotified} from './notify.ts';
import type {Person, RelayedWord, Word} from './person.ts';
import type {Digests, Path, Provided, Runbook} from './runbook.ts';

export type Status =
	| 'preparing'
	| 'hold'
	| 'go'
	| 'executing'
	| 'observing'
	| 'kept'
	| 'rolling-back'
	| 'rolled-back'
	| 'rollback-failed'
	| 'abandoned'
	| 'closed';

/** All who hold a role, each once. */
export const everybody = ({people}: Pick<State, 'people'>): readonly string[] => [
	...new Set(Object.values(people ?? {}).flat()),
];

/** What runs by itself: it has not ended, and is not inside another attempt. */
export const openAttempts = ({attempts}: Pick<State, 'attempts'>): readonly Attempt[] =>
	Object.values(attempts).filter(({ended, within}) => ended === null && within === null);

/** Before T0: in preparation, in a hold or with a go. */
export const isBeforeT0 = (status: Status): boolean => status === 'preparing' || status === 'hold' || status === 'go';

/** Nothing follows any more. */
export const isOver = (status: Status): boolean => status === 'closed' || status === 'abandoned';

export type Acknowledgement = Word & {readonly yes: boolean; readonly files: Digests};

export type Judgement = Readonly<Omit<EventData['judged'], 'gate' | 'until'>> & {
	readonly at: number;
	readonly by: Person;
	readonly until: number | null;
};

export type GateState = {
	readonly attempts: number;
	/** When its row or settings last changed: a pass before that is stale. */
	readonly rowChanged: number | null;
	/** Judged now: the attempt that does it. */
	readonly judging: AttemptRef | null;
	/** In force until the next one is known. */
	readonly judgement: Judgement | null;
	/** How many judged it a fail. */
	readonly fails: number;
	/** By group, the newest word of each. */
	readonly words: Readonly<Record<string, Acknowledgement>>;
};

export type Step = {
	readonly name: string;
	readonly begun: number;
	readonly ended: number | null;
	readonly outcome: 'done' | 'failed' | null;
	readonly result: Json;
	readonly why: string | null;
};

/** What is known of a workflow that was dispatched, in ms. `run` null: not named and not found yet. */
export type Dispatch = Readonly<Omit<EventData['dispatching'], keyof AttemptRef | 'date'>> & {
	readonly at: number;
	/** The server's own clock when it was sent. */
	readonly date: number | null;
	readonly accepted: {readonly at: number; readonly status: number} | null;
	readonly run: number | null;
	readonly url: string | null;
	/** A person said which run it is, after this attempt. */
	readonly adopted: number | null;
	/** Its newest state; `since`: when that state was first reported. */
	readonly reported: (RemoteRun & {readonly at: number; readonly since: number}) | null;
	/** While it cannot be looked at; `since`: when it was last seen. */
	readonly unseen: {readonly since: number; readonly why: string} | null;
};

/** One of the commands of a stage; `index`: from 0. */
export type StepCommand = {readonly index: number; readonly text: string};

type Started = Readonly<EventData['started']>;

export type Attempt = Omit<Started, 'command' | 'early' | 'host'> & {
	readonly at: number;
	readonly by: Person;
	/** Command that began it; its process starts the runner first (RULES C4). `host`: that runs it, where there are several. */
	readonly cause: string;
	readonly host: string | null;
	/** The one that it runs, of a stage with commands. */
	readonly command: StepCommand | null;
	readonly steps: readonly Step[];
	readonly stop: Word | null;
	readonly dispatch: Dispatch | null;
	readonly ended:
		| (Readonly<Omit<EventData['ended'], keyof AttemptRef | 'happened' | 'open'>> & {readonly at: number})
		| null;
};

export type StageState = {
	readonly attempts: number;
	readonly started: (Word & {readonly early: string | null}) | null;
	readonly ended: number | null;
	/** How it ended: by its runner, a person, or the votes. */
	readonly outcome: 'done' | 'failed' | 'lost' | 'skipped' | null;
	readonly reason: string | null;
	readonly reference: string | null;
	readonly by: Person | null;
	readonly items: Readonly<Record<string, AnswerInForce>>;
	/** The newest of each item, also of those that a person answered. */
	readonly measured: Readonly<Record<string, Measurement>>;
	readonly note: string | null;
};

export type Vote = Word & {
	readonly role: string;
	readonly vote: 'go' | 'no-go' | 'keep';
	readonly early: string | null;
};

export type Poll = {
	readonly stage: string;
	/** Counts from 1; a fallen poll opens anew. */
	readonly round: number;
	readonly opened: number | null;
	/** By role, of this round. */
	readonly votes: Readonly<Record<string, Vote>>;
	readonly fallen: {readonly at: number; readonly reason: string} | null;
};

export type FactState = {
	readonly text: string;
	readonly answers: Readonly<Record<string, Word & {readonly yes: boolean; readonly role: string | null}>>;
};

/** An outage measured by samples; `until` null while it runs. */
export type MeasuredOutage = {
	readonly endpoint: string;
	readonly critical: boolean;
	readonly since: number;
	readonly until: number | null;
	/** On the steady clock, once it ended. */
	readonly seconds: number | null;
	readonly unseenSeconds: number;
};

export type TriggerState = {
	readonly armedAt: number | null;
	/** When it was armed again after T0, oldest first. */
	readonly rearmedAt: readonly number[];
	readonly facts: readonly FactState[];
	readonly asked: (Word & {readonly roles: readonly string[]; readonly until: number}) | null;
	readonly dismissed: Word | null;
	/** The clock by hand. */
	readonly down: {readonly since: number; readonly by: Person; readonly reason: string | null} | null;
	/** Outages by hand that ended, since T0. */
	readonly outages: readonly {readonly start: number; readonly end: number; readonly by: Person}[];
	/** `at`: of the sample that decided, where samples did; `reported`: when the journal heard of it. */
	readonly fired:
		| (Word & {
				readonly facts: readonly string[];
				readonly since: number;
				readonly elapsedSeconds: number;
				readonly reported: number;
				readonly measured: MeasuredFiring | null;
		  })
		| null;
	/** Firings that were stood down. */
	readonly firedBefore: readonly {readonly at: number; readonly reason: string}[];
	readonly standDown: readonly (Word & {readonly role: string | null})[];
	/** The rollback that should have begun by itself, once it fired, was refused. */
	readonly missed: {readonly at: number; readonly reason: string} | null;
	/** Words for endpoints that nobody can see, newest last. */
	readonly observed: readonly (Word & {readonly endpoint: string; readonly up: boolean})[];
	readonly warned: {readonly percent: number; readonly at: number} | null;
};

export type RollbackState = {
	readonly begun: Word;
	readonly paths: readonly PathName[];
	readonly triggers: readonly string[];
	/** Begun although something of an earlier path or of T0 may still run (MAY RUN TWICE). */
	readonly twice: boolean;
	/** Attempts of paths, oldest first. */
	readonly tried: readonly AttemptRef[];
	readonly unavailable: Readonly<Partial<Record<PathName, string>>>;
	readonly byHand: {
		readonly path: string;
		readonly result: 'pass' | 'fail';
		readonly reference: string;
		readonly by: Person;
		readonly at: number;
	} | null;
	/** When the last path succeeded: proof is counted from here. */
	readonly pathEnded: number | null;
	readonly impactOver: Word | null;
	readonly cancelled: Word | null;
	readonly proved: Word | null;
	readonly failed: {readonly at: number; readonly reason: string} | null;
};

type Hold = {
	readonly at: number;
	readonly by: Person;
	readonly cause: 'gate' | 'no-go' | 'bytes' | 'called';
	readonly on: string | null;
	readonly reason: string;
};

type Attachment = Readonly<EventData['attached']> & {readonly by: Person; readonly at: number};

export type State = {
	/** Sequence number of the newest entry, 0 before the first. */
	readonly seq: number;
	readonly at: number;
	readonly status: Status;
	/** Of an open cutover; null before `begun`. */
	readonly runbook: Runbook | null;
	readonly id: string;
	readonly ticket: string | null;
	readonly environment: string | null;
	/** That times are shown in; null: that of whoever looks. */
	readonly zone: string | null;
	readonly workspace: Path;
	readonly approved: Digests;
	/** Of the newest approval; `begin` is the first. */
	readonly approvedBy: Person | null;
	/** Since when it is watched again, after a while in which nobody did. */
	readonly watchedFrom: number | null;
	readonly rehearsal: Rehearsal | null;
	readonly begun: ({readonly at: number; readonly by: Person} & Provided) | null;
	readonly t0: number;
	/** Planned T0s before this one, oldest first; `until`: when it was moved. */
	readonly t0Before: readonly {readonly t0: number; readonly reason: string; readonly until: number}[];
	/** Who set or confirmed it last; null since begin. */
	readonly t0Set: Word | null;
	/** The real one. */
	readonly t0Started: number | null;
	readonly ticketAtT0: string | null;
	readonly hold: Hold | null;
	readonly holds: readonly (Hold & {readonly released: number | null})[];
	readonly goGiven: {readonly at: number; readonly by: Person} | null;
	readonly frozen: (Word & {readonly text: string}) | null;
	readonly polls: {readonly go: Poll | null; readonly keep: Poll | null};
	readonly gates: Readonly<Record<string, GateState>>;
	readonly stages: Readonly<Record<string, StageState>>;
	/** By key `T-30-2`, in order of beginning. */
	readonly attempts: Readonly<Record<string, Attempt>>;
	readonly triggers: Readonly<Record<string, TriggerState>>;
	/** Outages of endpoints since begin, in the order in which they were recorded. */
	readonly outages: readonly MeasuredOutage[];
	/** Facts of the samples that the journal holds, by their keys. */
	readonly reported: Readonly<Record<string, true>>;
	/** Latest extension of the closing stage. */
	readonly extended: (Word & {readonly until: number}) | null;
	readonly rollback: RollbackState | null;
	/** Rollbacks that failed and were begun again. */
	readonly rollbacksBefore: readonly RollbackState[];
	readonly signOffs: Readonly<Record<string, Word & {readonly role: string; readonly files: Digests}>>;
	readonly attachments: readonly Attachment[];
	/** The newest remark on each gate, stage, trigger or sign-off, by its id; all of them are in the journal. */
	readonly remarks: Readonly<Record<string, Word & {readonly text: string}>>;
	readonly fields: Readonly<Record<string, {readonly value: string; readonly by: Person; readonly at: number}>>;
	readonly notRecorded: Readonly<Record<string, string>>;
	/** People by role as they stand now: those of the settings, changed by hand-overs; null where nobody is bound. */
	readonly people: Readonly<Record<string, readonly string[]>> | null;
	/** Who acts in each role: who was handed it or took it, else who of those bound to it acted first; where nobody is bound, last. */
	readonly holders: Readonly<Record<string, {readonly name: string; readonly since: number}>>;
	/** The first of two who take a role over. */
	readonly takes: Readonly<Record<string, Word & {readonly to: string}>>;
	/** When each name last acted. */
	readonly lastActs: Readonly<Record<string, number>>;
	/** Personal links, oldest first. */
	readonly invitations: readonly Invitation[];
	/** Relayed words, by the number of their entry. */
	readonly relays: Readonly<Record<number, RelayedWord>>;
	/** Who is on call, by role, as it was found last; `at` in ms. */
	readonly onCall: Readonly<Record<string, Omit<EventData['onCallFound'], 'role'> & {readonly at: number}>>;
	/** Channels at which nothing arrives, by what the settings call them; `since` in ms. */
	readonly notNotified: Readonly<Record<string, NotNotified>>;
	readonly abandoned: Word | null;
	readonly kept: {readonly at: number} | null;
	readonly closed: Word | null;
};

/* The state of a cutover at an instant, as the board, `status`, every screen and the rehearsal read it. Times in ms. */

import type {DurationBand} from '../due/duration-band.ts';
import type {Comparison} from '../health/baseline/compare.ts';
import type {CommandName, PathObservation} from '../model/command.ts';
import type {Verdict} from '../model/hosts.ts';
import type {NotNotified} from '../model/notify.ts';
import type {Strength} from '../model/person.ts';
import type {Reachable} from '../model/reached.ts';
import type {StageKind} from '../model/runbook.ts';
import type {LastSafe, SafeMoments} from '../model/safe-moments.ts';
import type {Status} from '../model/state.ts';
import type {Durability} from './durability.ts';
import type {LinkSnapshot} from './link-snapshot.ts';
import type {PollSnapshot} from './poll-snapshot.ts';
import type {RollbackSnapshot} from './rollback-snapshot.ts';
import type {RunningSnapshot} from './running.ts';
import type {SignOffSnapshot} from './sign-off-snapshot.ts';

export type GateVerdict = 'pending' | 'running' | 'pass' | 'fail' | 'unknown' | 'stale';

export type GateSnapshot = {
	readonly id: string;
	readonly title: string;
	readonly kind: string;
	readonly verdict: GateVerdict;
	/** The last verdict stays in force while it is judged again. */
	readonly judging: boolean;
	readonly since: number | null;
	readonly until: number | null;
	readonly by: string | null;
	readonly attempt: number;
	readonly reason: string | null;
	/** Roles whose word is missing. */
	readonly awaits: readonly string[];
	readonly owners: readonly string[];
	/** Attempts that failed before it passed, and the cause that its owner gave (RULES G5). */
	readonly failedBefore: number;
	readonly cause: string | null;
	/** Words given, by group, in the order of the groups. */
	readonly words: readonly {
		readonly group: string;
		readonly yes: boolean;
		readonly by: string;
		readonly at: number;
		readonly identity: Strength;
		/** Who passed the word on. */
		readonly relayedBy: string | null;
	}[];
};

/** `open`: it has begun, nothing runs, and people have to answer. `not reached`: the cutover ended before it. */
export type StageStateWord =
	| 'waiting'
	| 'due'
	| 'overdue'
	| 'running'
	| 'open'
	| 'done'
	| 'failed'
	| 'lost'
	| 'skipped'
	| 'not reached';

export type StageSnapshot = {
	readonly id: string;
	readonly kind: StageKind;
	readonly action: string;
	readonly owners: readonly string[];
	/** From T0 as planned, or from the real one once it is begun. */
	readonly planned: number;
	readonly started: number | null;
	readonly ended: number | null;
	readonly state: StageStateWord;
	/** Later (or earlier, below zero) than planned; null before it is begun or due. */
	readonly slippageSeconds: number | null;
	readonly attempt: number;
	/** Who has to act for it to go on: roles. */
	readonly awaits: readonly string[];
	/** In a word or two: `for the hold`, `for go`, `took 11:30`, the reason of a failure. */
	readonly remark: string | null;
	readonly by: string | null;
	readonly reference: string | null;
	/** Running longer than 15 min without a limit of its own (RULES S6). */
	readonly long: boolean;
	/** When it is expected to begin, ms; null where that is its planned time, or it began. */
	readonly expected: number | null;
	/** On the critical path, and not over. */
	readonly critical: boolean;
	/** How long its newest attempt took against those before; null where that is not known. */
	readonly band: DurationBand | null;
	/** Its place among stages that stand side by side; null where it stands alone. */
	readonly beside: 'first' | 'middle' | 'last' | null;
};

export type TriggerStateWord =
	| 'disarmed'
	| 'armed'
	| 'warning'
	/** Asked, and nobody answered yet; `no answer`: nor did anybody until it was due. */
	| 'asked'
	| 'no answer'
	| 'partly confirmed'
	| 'fired'
	| 'blind'
	| 'not measured';

export type TriggerSnapshot = {
	readonly id: string;
	readonly kind: 'outage' | 'confirmation';
	readonly text: string;
	readonly state: TriggerStateWord;
	readonly outageSeconds: number | null;
	/** Of the endpoint that decides, while its outage runs; else the trigger's own. */
	readonly thresholdSeconds: number | null;
	/** The settings say it; else the runbook's words do. */
	readonly thresholdSet: boolean;
	/** When the running outage would fire. */
	readonly firesAt: number | null;
	readonly firedAt: number | null;
	readonly confirmedBy: readonly string[];
	/** Answers to each fact, newest of each role; empty for an outage. */
	readonly facts: readonly {
		readonly text: string;
		readonly yes: readonly string[];
		readonly no: readonly string[];
		readonly awaits: readonly string[];
	}[];
	/** When the open question was asked, and by when it is to be answered. */
	readonly askedAt: number | null;
	readonly answerBy: number | null;
	readonly disputed: boolean;
	readonly roles: readonly string[];
	/** Of outages since T0: how many, and how long in all. */
	readonly outages: number;
	readonly downSeconds: number;
	/** Samples tell it; else people run its clock by hand. */
	readonly measured: boolean;
	/** The endpoint that decides, while its outage runs; `confirmed`: it failed often enough in a row. */
	readonly down: {readonly endpoint: string; readonly confirmed: boolean; readonly unseenSeconds: number} | null;
	/** Names of critical endpoints that nobody can see, and for which nobody answers. */
	readonly blind: readonly string[];
	/** Some of them for as long as an outage that would fire. */
	readonly blindTooLong: boolean;
	/** Advice: up and down again and again. */
	readonly flapping: {readonly endpoint: string; readonly outages: number; readonly percent: number} | null;
	/** When the rollback begins by itself, unless somebody objects. */
	readonly automaticAt: number | null;
	/** Why it could not begin by itself. */
	readonly autoRollbackSkipped: string | null;
};

export type EndpointSnapshot = {
	readonly name: string;
	/** Address, `host:port` or script. */
	readonly target: string;
	readonly critical: boolean;
	readonly state: 'up' | 'down' | 'unknown';
	/** In that state; of an unknown one when it was last known. */
	readonly since: number | null;
	/** ms of the newest good answer. */
	readonly lastLatencyMs: number | null;
	/** Newest sample: when, and why it failed or is unknown. */
	readonly lastAt: number | null;
	readonly reason: string | null;
	/** What other hosts that are heard see of it. */
	readonly elsewhere: readonly {readonly host: string; readonly verdict: Verdict}[];
	/** The proxy by which it was asked last, as host:port. */
	readonly proxy: string | null;
	/** Its certificate is not verified. */
	readonly insecure: boolean;
	/** Fails in a row. */
	readonly fails: number;
	/** Never down since T0. */
	readonly always: boolean;
	/** What two people say while nobody can see it. */
	readonly answered: 'up' | 'down' | null;
	/** Who says what of it meanwhile, each person's newest word. */
	readonly words: readonly {readonly by: string; readonly at: number; readonly up: boolean}[];
	readonly recent: readonly {readonly at: number; readonly ms: number | 'fail' | 'unknown'}[];
	readonly version: string | null;
	readonly versionBefore: string | null;
	/** Samples before T0, and how the answers compare with them since. */
	readonly samplesBefore: number;
	readonly compared: Comparison | null;
};

/** What a next step is about. `link`: an address to open. */
export type NextTarget = {
	readonly kind: 'gate' | 'stage' | 'trigger' | 'path' | 'signOff' | 'field' | 'link';
	readonly id: string;
};

/**
 * A step that is awaited. `who`: those who may take it, in words; null for whoever reads. `act`: the command that does it;
 * null where it is only watched. `due` in ms.
 */
export type Next = {
	readonly text: string;
	readonly who: string | null;
	readonly role: string | null;
	readonly due: number | null;
	readonly act: CommandName | null;
	readonly target: NextTarget | null;
};

/** `dave (release-operator): run T-60`. */
export const nextText = ({who, text}: Pick<Next, 'who' | 'text'>): string => (who === null ? text : `${who}: ${text}`);

/** An act that waits; empty `roles`: for anyone. `mine`: for who asks. */
export type Waiting = Next & {readonly roles: readonly string[]; readonly mine: boolean};

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
	readonly count: number;
	readonly ticket: string | null;
	readonly environment: string | null;
	readonly t0: number;
	readonly t0Started: number | null;
	readonly now: number;
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
	/** Since when T stands in a hold. */
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
	/** Evidence fields and what they hold now; null: nobody has said. */
	readonly fields: readonly {readonly field: string; readonly value: string | null}[];
};

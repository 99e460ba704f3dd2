/*
Every fact of a cutover, one line a kind. Times in events are RFC 3339 in UTC (`stamp` of text/time.ts), durations
seconds; `by` and the entry's own time are beside the event in its entry. A new kind needs a line here; the
compiler then asks for its evolver and its sentence (sentence.ts).
*/
import type {AttemptRef, PathName} from './attempt-target.ts';
import type {MeasuredItem, RecordedAnswer} from './checklist.ts';
import type {Sent} from './person.ts';
import type {Digests, Path, Runbook} from './runbook.ts';

export type Time = string;

/** What stays of an attempt's output. `path` is relative to the cutover's folder. */
export type Log = {readonly path: Path; readonly sha256: string; readonly bytes: number; readonly lines: number};

export type Json = null | boolean | number | string | readonly Json[] | {readonly [key: string]: Json};

/** `lost`: the runner is gone without a result. `stopped`: a person ended it. `unknown`: timed out, not found, killed. */
export type Outcome = 'pass' | 'fail' | 'unknown' | 'lost' | 'stopped';

/** A run of a workflow as its server tells it. `approval`: it waits for people, or for a timer. */
export type RemoteRun = {
	readonly run: number;
	readonly url: string;
	readonly state: 'queued' | 'approval' | 'running' | 'ended';
	/** The server's word: `success`, `failure`, `cancelled`, …; null until it has ended. */
	readonly conclusion: string | null;
	/** What it waits for now, and who may say yes; may be empty although it waits, where the token may not see it. */
	readonly approvals: readonly {
		readonly environment: string;
		/** Logins, and teams as `team NAME`. */
		readonly reviewers: readonly string[];
		/** How long the environment makes every job wait. */
		readonly waitMinutes: number | null;
	}[];
	/** The reviewer who said no to a run that ended. */
	readonly declined: {readonly by: string; readonly environment: string; readonly comment: string | null} | null;
	readonly jobs: readonly {readonly name: string; readonly state: string; readonly conclusion: string | null}[];
};

/** Ids of the first and the last failed sample are beside what they tell. */
export type MeasuredFiring = {
	readonly at: Time;
	/** Of the elapsed time, what lies in holes between the samples. */
	readonly unseenSeconds: number;
	readonly endpoints: readonly {
		readonly endpoint: string;
		readonly since: Time;
		readonly elapsedSeconds: number;
		readonly unseenSeconds: number;
		readonly first: string;
		readonly last: string;
	}[];
	readonly first: string;
	readonly last: string;
};

/**
What stands in for the world in a rehearsal: addresses without a slash at their ends. `api`: null where no workflow is
configured. `token`: the rehearsal target's own, which opens nothing else.
*/
export type RehearsalTargets = {readonly service: string; readonly api: string | null; readonly token: string | null};

/** `hurries`: so many times as fast only while nothing runs. `notify`: its messages really go to the channels of the settings. */
export type Rehearsal = {
	readonly speed: number;
	readonly hurries?: true;
	readonly rehearsalTargets?: RehearsalTargets;
	readonly notify?: boolean;
};

export type EventData = {
	begun: {
		id: string;
		runbook: Runbook;
		t0: Time;
		ticket: string | null;
		environment: string | null;
		/** That times are shown in. */
		zone?: string;
		/** Names of the environment variables that were set for its work; values are never recorded. */
		provided?: readonly string[];
		/** PEM files that its environment trusts besides. */
		authorities?: readonly Path[];
		workspace: Path;
		approved: Digests;
		rehearsal: Rehearsal | null;
	};
	approved: {runbook: Runbook; approved: Digests; changed: readonly Path[]};
	/** T0 planned, moved or confirmed; `released`: it ended a hold. */
	scheduled: {t0: Time; was: Time; count: number; reason: string; released: boolean};
	holdPlaced: {cause: 'gate' | 'no-go' | 'bytes' | 'called'; on: string | null; reason: string};
	/** The go and every vote given fell (RULES D3). */
	goRevoked: {cause: 'gate' | 'stale' | 'bytes' | 'hold' | 't0'; on: string | null; reason: string};
	frozen: {text: string};
	/** From here on this attempt is due: somebody has to run it. `within`: a gate judged inside a stage's attempt. */
	started: AttemptRef & {
		resume: boolean;
		within: AttemptRef | null;
		playbook: Path | null;
		/** The command that it runs, of a stage with commands. */
		command?: {index: number; text: string};
		limitSeconds: number | null;
		early: string | null;
		/** That it runs on; absent where a cutover has one. */
		host?: string;
		/** Environment and words that the attempt gets as they were shown. */
		environment: Readonly<Record<string, string>>;
	};
	/** `happened`: where it was recorded later. */
	stepBegun: AttemptRef & {step: string; again: boolean; happened?: Time};
	stepEnded: AttemptRef & {step: string; outcome: 'done' | 'failed'; result: Json; why: string | null; happened?: Time};
	stopAsked: AttemptRef & {reason: string};
	ended: AttemptRef & {
		outcome: Outcome;
		exit: number | null;
		reason: string | null;
		log: Log | null;
		/** What still runs of it, by name. `open`: it passed, and people still say how its stage went. */
		still: readonly string[];
		open?: true;
		happened?: Time;
	};
	/** What a host reports of an attempt that others had recorded as lost: `what` by the name of its command. */
	arrivedLate: AttemptRef & {what: string; step: string | null; outcome: string | null; happened: Time};
	/** `pending`: judged what could be judged, words are still awaited. `until`: RULES G2, null where it does not end. */
	judged: {
		gate: string;
		attempt: number;
		verdict: 'pass' | 'fail' | 'unknown' | 'pending';
		reason: string | null;
		head: string | null;
		files: Digests;
		until: Time | null;
		log: Log | null;
	};
	acknowledged: {gate: string; group: string; yes: boolean; reason: string | null; files: Digests};
	/** `outsideWindow`: in spite of the change window, for this reason; the same of T0 and of a rollback. */
	voted: {
		stage: string;
		vote: 'go' | 'no-go' | 'keep';
		role: string;
		reason: string | null;
		early: string | null;
		outsideWindow?: string;
	};
	/** The last owner said go. */
	goGiven: {stage: string; t0: Time};
	/** The last owner said keep. */
	kept: {stage: string};
	/** Why every keep fell (RULES E3). */
	keepRevoked: {reason: string};
	t0Begun: {
		stage: string;
		began: Time;
		reference: string | null;
		ticket: string | null;
		early: string | null;
		outsideWindow?: string;
	};
	answered: {stage: string; items: readonly RecordedAnswer[]; note: string | null};
	measured: {stage: string; attempt: number; items: readonly MeasuredItem[]};
	/** What only a person can say of a stage. */
	reported: {
		stage: string;
		result: 'pass' | 'fail';
		note: string | null;
		reference: string | null;
		done: Time | null;
		early: string | null;
	};
	skipped: {stage: string; reason: string};
	/** A failed or lost stage was marked done, with evidence. */
	stageMarkedDone: {stage: string; reason: string; evidence: Path | null};
	extended: {stage: string; until: Time; reason: string};
	confirmationRequested: {trigger: string; roles: readonly string[]; until: Time};
	/** `fact` counts from 1. */
	factAnswered: {trigger: string; fact: number; yes: boolean; role: string | null; reason: string | null};
	triggerDismissed: {trigger: string; reason: string};
	clockDown: {trigger: string; since: Time; reason: string | null};
	clockUp: {trigger: string; since: Time; reason: string | null};
	/** `measured`: by samples, with the time of the one that decided. */
	fired: {trigger: string; facts: readonly string[]; since: Time; elapsedSeconds: number; measured?: MeasuredFiring};
	/** Confirmed: it failed often enough in a row. */
	outageBegan: {endpoint: string; critical: boolean; since: Time};
	/** It lasted between `atLeast` and `atMost`, null where no good sample came before it. */
	outageEnded: {
		endpoint: string;
		critical: boolean;
		since: Time;
		until: Time;
		seconds: number;
		atLeastSeconds: number;
		atMostSeconds: number | null;
		unseenSeconds: number;
	};
	/** An outage has reached this share of the threshold. */
	warned: {trigger: string; percent: number; endpoint: string; since: Time; elapsedSeconds: number; at: Time};
	/** Advice: up and down again and again. */
	flapped: {trigger: string; endpoint: string; outages: number; percent: number; at: Time};
	/** A person answers for an endpoint that nobody can see; two of them count. */
	endpointAttested: {trigger: string; endpoint: string; up: boolean; reason: string};
	stoodDown: {trigger: string; role: string | null; reason: string};
	rearmed: {trigger: string; reason: string};
	/** `paths`: what the typed word allows, in order. */
	rollbackBegun: {
		paths: readonly PathName[];
		reason: string;
		triggers: readonly string[];
		twice: boolean;
		outsideWindow?: string;
	};
	/** About to be sent: from here on nobody sends it again by itself. `after`: the greatest run before it, where that is known. */
	dispatching: AttemptRef & {
		workflow: Path;
		repository: string;
		ref: string;
		inputs: Readonly<Record<string, string>>;
		after: number | null;
		/** By the server's clock, just before. */
		date: Time | null;
		/** Whose token it is, null where unknown; whoever looks its run up may have another. */
		login: string | null;
	};
	/** Accepted; GitHub does not always name the run. */
	dispatched: AttemptRef & {status: number; run: number | null; url: string | null; date: Time | null};
	/** The state of the run, at each change. */
	runUpdated: AttemptRef & RemoteRun;
	/** The run cannot be looked at; `since`: when it was last seen. */
	runUnreachable: AttemptRef & {why: string; since: Time};
	/** A person says which run is the one that was dispatched. */
	runAdopted: AttemptRef & {run: number};
	/** A path cannot run here; said, with why, before the next one. */
	pathUnavailable: {path: PathName; reason: string};
	cancelAsked: {reason: string};
	byHand: {path: string; result: 'pass' | 'fail'; reference: string};
	/** A person says by name that the impact is over. */
	impactOver: {note: string};
	proved: {note: string};
	rollbackFailed: {reason: string};
	signed: {signOff: string; role: string; files: Digests};
	attached: {of: string; name: string; path: Path; sha256: string; bytes: number};
	noted: {text: string; on: string | null};
	fieldSet: {field: string; value: string};
	notRecorded: {what: string; reason: string};
	abandoned: {reason: string};
	/** `seal`: how many entries precede it, the hash of the last of them, and the files of the folder; the journal fills it in. */
	closed: {
		reason: string;
		notRecorded: readonly {what: string; reason: string}[];
		seal: {entries: number; head: string; files: Digests} | null;
	};
	/** The speaker says that what was relayed is what was said. */
	relayConfirmed: {entry: number};
	/** `from`: who held it, null where nobody had acted in it. */
	roleTransferred: {role: string; from: string | null; to: string};
	/** The first of two owners who take a role for `to`. */
	roleTakeAsked: {role: string; to: string; reason: string};
	roleTaken: {role: string; from: string | null; to: string; reason: string};
	/** Somebody without a login got a link of their own. `until`: null for a day after the planned end; `to`: the mail address. */
	invited: {
		link: string;
		name: string;
		roles: readonly string[];
		sent: Sent;
		to: string | null;
		code: boolean;
		until: Time | null;
	};
	/** A browser opened the link, and somebody typed the word. */
	linkOpened: {link: string; from: string; agent: string};
	/** Too many wrong codes. */
	linkLocked: {link: string; from: string};
	linkRevoked: {link: string; reason: string};
	clockStepped: {from: Time; to: Time};
	/** A torn last line was cut off; its bytes stay in `keptIn`. */
	repaired: {bytes: number; keptIn: Path};
	/** `from`, `to`: where the watcher of another host goes on. */
	watcherLost: {since: Time; from?: string; to?: string};
	/**
	 * A notification did not arrive. `channel`, `to`: the channel, and with its command or the names of its variables; `since`: when it
	 * should have arrived; `again`: it is still being tried.
	 */
	notificationFailed: {on: string; channel: string; to: string; reason: string; since: Time; again: boolean};
	/** Notifications arrive again. `since`: when the first of those that did not should have arrived. */
	notificationsRestored: {channel: string; to: string; since: Time};
	/** Who is on call in a role, as its command printed it; `stage`: the go/no-go that was due; null at begin. `people` null: not known, by `reason`. */
	onCallFound: {role: string; stage: string | null; people: string | null; reason: string | null};
	/** What an attempt left running, as far as it still does. */
	leftoversRecorded: AttemptRef & {still: readonly string[]};
	/** The rollback that should have begun by itself was refused: people begin one, or none. */
	autoRollbackSkipped: {reason: string};
};

export type EventType = keyof EventData;

/** One kind of event, or all of them. */
export type Event<K extends EventType = EventType> = {
	[T in K]: {readonly type: T; readonly data: Readonly<EventData[T]>};
}[K];

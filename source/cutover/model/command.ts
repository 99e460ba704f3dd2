/*
What the core decides on, one line a kind. `confirm` holds the typed words; a command that lacks one is refused with
the word in `Refusal.needs`, so that a screen or a terminal asks for it and sends the command again.
*/

import type {Durations} from '../due/usual-durations.ts';
import type {HealthObservation} from '../health/observation.ts';
import type {AttemptRef, PathName} from './attempt-target.ts';
import type {ItemAnswer} from './checklist.ts';
import type {EventData, Time} from './event.ts';
import type {HostsObservation, WorkspaceObservation} from './hosts.ts';
import type {Person, Sent} from './person.ts';
import type {Digests, Path, Runbook} from './runbook.ts';

export type Early = {early: boolean; reason: string | null};

export type CommandData = {
	begin: EventData['begun'];
	approve: {runbook: Runbook; approved: Digests};
	schedule: {t0: Time; reason: string};
	hold: {reason: string};
	abandon: {reason: string};
	freeze: {text: string};
	/** A gate or a stage. `on`: the host that is to run it. `result`: what a person says of it, recorded in the same call. */
	run: Early & {target: string; resume: boolean; reference: string | null; ticket: string | null; on?: string | null};
	/** Gates of a stage's attempt, each from inside it. */
	runWithin: AttemptRef & {gate: string};
	report: Early & {
		stage: string;
		result: 'pass' | 'fail' | null;
		note: string | null;
		reference: string | null;
		/** When an act was really done. */
		done: Time | null;
		items: readonly ItemAnswer[];
	};
	skip: {stage: string; reason: string};
	done: {stage: string; reason: string; evidence: Path | null};
	stop: {target: string; reason: string};
	acknowledge: {gate: string; group: string | null; yes: boolean; reason: string | null};
	vote: Early & {vote: 'go' | 'no-go' | 'keep'};
	extend: {until: Time; reason: string};
	askTrigger: {trigger: string; roles: readonly string[]};
	/** `fact`: from 1, null for all of them. */
	answerTrigger: {trigger: string; fact: number | null; yes: boolean; reason: string | null};
	dismissTrigger: {trigger: string; reason: string};
	/** `at`: null for now. */
	outage: {trigger: string; down: boolean; at: Time | null; reason: string | null};
	/** Answers for a blind endpoint. */
	attestEndpoint: {trigger: string; endpoint: string; up: boolean; reason: string};
	standDown: {trigger: string; reason: string};
	/** `waited`: until when by its own time the watcher waited for somebody to object, which it counts by a clock that nobody sets; ms. */
	rollback: {path: PathName | null; reason: string; waited?: number};
	cancelRollback: {reason: string | null};
	/** Which run is the one that was dispatched, as a person says. */
	adoptRun: {run: number};
	rollbackByHand: {path: string; result: 'pass' | 'fail'; reference: string};
	prove: {note: string};
	sign: {signOff: string};
	attach: {of: string; name: string; path: Path; sha256: string; bytes: number};
	note: {text: string; on: string | null};
	setField: {field: string; value: string};
	setNotRecorded: {what: string; reason: string};
	close: {reason: string | null};
	confirmRelay: {entry: number};
	handRole: {role: string; to: string};
	takeRole: {role: string; reason: string};
	/** `roles`: where nobody is bound to roles; else those of the name. `until`: null for a day after the planned end. */
	invite: {name: string; roles: readonly string[]; sent: Sent; code: boolean; until: Time | null};
	/** `link`: by its name, or by the name of who has it. */
	revoke: {link: string; reason: string};
	/** From the runner, the reconciler and the watcher. */
	beginStep: EventData['stepBegun'];
	endStep: EventData['stepEnded'];
	judge: Omit<EventData['judged'], 'verdict' | 'until'> & {verdict: 'pass' | 'fail' | 'unknown'};
	end: EventData['ended'];
	recordLate: EventData['arrivedLate'];
	recordWatcherLost: EventData['watcherLost'];
	beginDispatch: EventData['dispatching'];
	answerDispatch: EventData['dispatched'];
	recordRun: EventData['runUpdated'];
	recordRunUnreachable: EventData['runUnreachable'];
	recordNotificationFailed: EventData['notificationFailed'];
	recordNotificationsRestored: EventData['notificationsRestored'];
	recordOnCall: EventData['onCallFound'];
	recordAutoRollbackSkipped: EventData['autoRollbackSkipped'] & {readonly waited: number};
	recordLeftovers: EventData['leftoversRecorded'];
	recordOpened: EventData['linkOpened'];
	lockLink: EventData['linkLocked'];
	/** What a playbook found of a checklist. */
	measure: EventData['measured'];
};

export type CommandType = keyof CommandData;

/** One kind of command, or all of them. `id`: the same id again gets the same answer (RULES C2). */
export type Command<K extends CommandType = CommandType> = {
	[T in K]: {
		readonly id: string;
		readonly type: T;
		readonly data: Readonly<CommandData[T]>;
		readonly confirm?: readonly string[];
		/** The words are `speaker`'s; who sends the command passes them on. */
		readonly relayed?: {readonly speaker: string; readonly channel: string; readonly words: string};
	};
}[K];

/** What the shell looked up before deciding. */
export type Observation = WorkspaceObservation & {
	/** Absent where a cutover has one host. */
	readonly hosts?: HostsObservation;
	/** Names of who has a screen open; absent where nobody looked. */
	readonly here?: readonly string[];
	/** What the samples say; absent where no endpoint is bound, or nobody looked. */
	readonly health?: HealthObservation;
	/** This process holds the token that the workflow path needs; absent where none is needed. */
	readonly token?: boolean;
	/** How long things took in earlier cutovers of this runbook and in its rehearsals; absent where nobody looked. */
	readonly earlier?: Durations;
	/** The workflow path, looked at with this process's token. */
	readonly path?: PathObservation;
};

/** Whether the workflow could be dispatched, as its server said at `at` (ms). `approvers`: who would have to. */
export type PathObservation = {
	readonly at: number;
	readonly ready: boolean | 'unknown';
	readonly why: string | null;
	readonly approvers: readonly {readonly environment: string; readonly reviewers: readonly string[]}[];
};

/** `at`: ms since the epoch. */
export type Context = {readonly at: number; readonly by: Person; readonly observed: Observation};

/** Everything that a person commands, by the name that both front ends know it by. */
export type CommandName =
	| 'begin'
	| 'approve'
	| 'run'
	| 'resume'
	| 'report'
	| 'skip'
	| 'done'
	| 'stop'
	| 'acknowledge'
	| 'vote'
	| 'keep'
	| 'freeze'
	| 'hold'
	| 't0'
	| 'abandon'
	| 'extend'
	| 'close'
	| 'ask'
	| 'answer'
	| 'dismiss'
	| 'down'
	| 'up'
	| 'observed'
	| 'standDown'
	| 'rollback'
	| 'cancel'
	| 'adoptRun'
	| 'byHand'
	| 'prove'
	| 'sign'
	| 'note'
	| 'attach'
	| 'setField'
	| 'notRecorded'
	| 'confirmRelay'
	| 'handRole'
	| 'takeRole'
	| 'invite'
	| 'revoke';

/*
The hosts that work for one cutover, as the rules and the screens know them. One of them leads: its watcher appends what time and
samples bring, its workspace is the one that counts.
*/
import {minutes} from '../../text/time.ts';
import {type AttemptRef, attemptKey} from './attempt-target.ts';
import type {Digests} from './runbook.ts';

/** A commit; null where there is no history, and why where it is not known. */
export type Head = string | null | {readonly unknown: string};

/** The workspace as one host sees it; paths as the runbook names them. */
export type WorkspaceObservation = {
	/** Last commit of the workspace that counts for a gate, by gate id. */
	readonly heads: Readonly<Record<string, Head>>;
	/** Every file that a gate or a sign-off names. */
	readonly files: Digests;
	/** What was approved, as it is now: runbook, settings, playbooks, scripts of the rollback. */
	readonly approved: Digests;
};

export type Verdict = 'ok' | 'fail' | 'unknown';

/** What a host says of itself to the others. */
export type HostReport = {
	/** Names of who has a screen open there, with when it was opened (ms). */
	readonly here: readonly {readonly name: string; readonly role: string | null; readonly since: number}[];
	/** The newest verdict on each endpoint, as seen from there. */
	readonly seen: Readonly<Record<string, Verdict>>;
	/** Of the host that leads; else null. */
	readonly workspace: WorkspaceObservation | null;
};

/** `silentSeconds`: since it was heard last, by the clock of the store; 0 while it is heard as it should be. */
export type HostSeen = {readonly host: string; readonly silentSeconds: number; readonly report: HostReport};

/**
 * How the server that was read last copies what it stores. `single`: nowhere, as far as it can tell. `behind`: a standby gets it
 * later, so that a failover may lose what was acknowledged. `blocked`: acts wait for a standby, and none confirms.
 */
export type Replication = 'single' | 'behind' | 'blocked' | 'synchronous';

export type HostsObservation = {
	/** This one. */
	readonly here: string;
	/** The one that leads; null where none does. */
	readonly leader: string | null;
	readonly all: readonly HostSeen[];
	/** Null before the first reading. */
	readonly replication: Replication | null;
	/** Since the store was read last, or looked for first, where that is so long that no other host counts as heard. */
	readonly unreadSeconds?: number;
	/** By `attemptKey`: attempts whose runner here is gone while the store is away, so that nobody can record how they ended. */
	readonly gone?: readonly string[];
};

/** A host that was not heard for so long is silent. */
export const silentAfterSeconds = 6;

/**
 * How long a runner may begin steps after its host was heard last. Only then may others take its attempt for lost: nothing of it
 * begins any more, although a step that ran may still run.
 */
export const leaseSeconds = 30;

/** What a reading of so many seconds ago tells now: while the store is away, nobody hears the other hosts. */
export function readAgo(hosts: HostsObservation, seconds: number): HostsObservation {
	if (seconds < silentAfterSeconds) return hosts;
	const all = hosts.all.map(seen =>
		seen.host === hosts.here ? seen : {...seen, silentSeconds: seen.silentSeconds + seconds},
	);
	return {...hosts, all, unreadSeconds: seconds};
}

/** What time brings is for this host: the one that leads has all samples, and the workspace that counts. */
export const leadsHere = (hosts: HostsObservation | undefined): boolean =>
	hosts === undefined || hosts.leader === hosts.here;

/** Another host leads and is heard: its watcher does what time brings, and here none need be running. */
export function isLedElsewhere(hosts: HostsObservation | undefined): boolean {
	if (hosts === undefined || leadsHere(hosts)) return false;
	return hosts.all.some(({host, silentSeconds}) => host === hosts.leader && silentSeconds === 0);
}

type OnHost = AttemptRef & {readonly host: string | null};

export const isGone = (hosts: HostsObservation | undefined, attempt: AttemptRef): boolean =>
	hosts?.gone?.includes(attemptKey(attempt)) === true;

/**
 * Since when nobody knows of an attempt, in seconds; null while its host is heard, or where there is one host. A host of which
 * nothing was read is silent as long as nothing is.
 */
export const silenceOf = (hosts: HostsObservation | undefined, attempt: OnHost): number | null => {
	const {host} = attempt;
	if (hosts === undefined || host === null) return null;
	if (isGone(hosts, attempt)) return hosts.unreadSeconds ?? 0;
	const unread = host === hosts.here ? 0 : (hosts.unreadSeconds ?? 0);
	const seconds = hosts.all.find(known => known.host === host)?.silentSeconds ?? unread;
	return seconds === 0 ? null : seconds;
};

/** `bastion-1 silent for 00:42`: why nobody knows of an attempt; null where somebody does. */
export const silenceText = (hosts: HostsObservation | undefined, attempt: OnHost): string | null => {
	const seconds = silenceOf(hosts, attempt);
	if (hosts === undefined || seconds === null) return null;
	return isGone(hosts, attempt)
		? `its process on ${attempt.host} is gone`
		: `${attempt.host} silent for ${minutes(1000 * seconds)}`;
};

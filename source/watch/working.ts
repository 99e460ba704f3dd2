/*
What a watcher does for the hosts beside it: it says that this one works, takes the lease to lead where nobody holds it, and brings
the files of the record to where they are not yet. Without an answer it goes on trying, and leads no longer than its lease.
*/

import type {Sample} from '../cutover/health/outage/sample.ts';
import type {Verdict} from '../cutover/model/hosts.ts';
import type {Path} from '../cutover/model/runbook.ts';
import type {Clock, Journal} from '../cutover/ports.ts';
import type {Copies, Hosts} from '../cutover/store.ts';
import {failureText} from '../disk/fault.ts';
import {again, keepLease, machineMs} from '../processes/lease.ts';
import {errorText} from '../text/error-text.ts';
import {observeWorkspace} from '../workspace/workspace-observer.ts';
import {present} from './presence.ts';

const beatMs = 2000;
const copyMs = 1000;

export type WorkingWorld = {
	readonly folder: Path;
	readonly clock: Clock;
	readonly journal: Journal;
	readonly copies: Copies;
	/** Null where a cutover has one host, which leads. */
	readonly hosts: Hosts | null;
	complain(text: string): void;
	/** Called when it begins or ceases to lead. */
	changed(): void;
};

/** The host that led before, and since when it was silent (ms on the cutover's clock). */
export type TakenOver = {readonly host: string; readonly since: number};

export type Working = {
	leads(): boolean;
	/** The host that led before and is silent, once, with since when (ms on the cutover's clock). */
	tookOver(): TakenOver | null;
	/** What this host sees of an endpoint. */
	saw(sample: Sample): void;
	/** What the other hosts that are heard see of it now; null where a cutover has one host. */
	seenElsewhere(endpoint: string): Readonly<Record<string, Verdict>> | null;
	stop(): Promise<void>;
};

/** Begins at once; resolves once it is known whether this host leads, or that the store does not answer. */
export async function working(world: WorkingWorld): Promise<Working> {
	const {folder, clock, journal, copies, hosts, complain, changed} = world;
	const seen = new Map<string, Verdict>();
	let taken: TakenOver | null = null;
	let leading = hosts === null;
	let until = hosts === null ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;

	const become = (now: boolean): void => {
		const was = leading;
		leading = now;
		if (was !== now) changed();
	};

	const beat = async (): Promise<void> => {
		if (hosts === null) return;
		try {
			const asked = machineMs();
			await hosts.beat({
				here: present(folder),
				seen: Object.fromEntries(seen),
				workspace: leading ? observeWorkspace(journal.state()) : null,
			});
			keepLease(folder, asked);
			const wanted = clock.steady();
			const {mine, from} = await hosts.lead();
			// What the others sent comes first: this host goes on where they ended.
			if (mine && !leading) await copies.follow();
			until = mine ? wanted + hosts.leadMs : Number.NEGATIVE_INFINITY;
			if (from !== null) taken = {host: from.host, since: clock.now() - from.silentMs};
			become(mine);
		} catch (error) {
			if (clock.steady() >= until) become(false);
			complain(`The other hosts cannot be reached: ${errorText(error)}`);
		}
	};

	const copy = async (): Promise<void> => {
		try {
			await copies.send();
			await copies.follow();
		} catch (error) {
			complain(`Files could not be sent: ${failureText(error)}`);
		}
	};

	const beating = again(clock, beatMs, beat);
	await beating.first;
	const copying = again(clock, copyMs, copy);
	return {
		leads: () => leading && clock.steady() < until,
		tookOver() {
			const last = taken;
			taken = null;
			return last;
		},
		saw: ({endpoint, verdict}) => void seen.set(endpoint, verdict),
		seenElsewhere: endpoint =>
			hosts &&
			Object.fromEntries(
				hosts.observed().all.flatMap(({host, silentSeconds, report}) => {
					const verdict = report.seen[endpoint];
					return host === hosts.here || silentSeconds > 0 || verdict === undefined ? [] : [[host, verdict]];
				}),
			),
		async stop() {
			await beating.stop();
			await copying.stop();
			// What was written since.
			await copy();
			await hosts?.yield().catch(() => {});
		},
	};
}

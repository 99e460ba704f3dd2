/*
Until when this host may begin steps of its attempts: for so long after it was heard last by the store of a cutover on several
hosts. Every process that was heard writes it down, on the clock of the machine that nobody sets.
*/

import {uptime} from 'node:os';
import {join} from 'node:path';
import {leaseSeconds} from '../cutover/model/hosts.ts';
import type {Path} from '../cutover/model/runbook.ts';
import type {Clock} from '../cutover/ports.ts';
import type {Hosts} from '../cutover/store.ts';
import {readRecord, replaceFile} from '../disk/atomic-file.ts';
import {ifPossible} from '../disk/fault.ts';
import {pause} from '../net/limit.ts';
import {bootId} from './process.ts';

const file = (folder: Path): Path => join(folder, 'lease.json');

/** ms since the machine was started, the same in every process; it runs on while the machine is suspended, as the lease does. */
export const machineMs = (): number => uptime() * 1000;

/** `left`: ms that are left of it, 0 where it has run out. `since`: when it began; another one where it ran out in between. */
type Lease = {readonly left: number; readonly since: number};

function leaseIn(folder: Path): Lease {
	const {boot, since, until} = readRecord(file(folder)) ?? {};
	if (boot !== bootId() || typeof since !== 'number' || typeof until !== 'number') return {left: 0, since: 0};
	return {left: Math.max(0, until - machineMs()), since};
}

/** `asked`: when the store was asked that has answered now, by `machineMs`. Throws nothing. */
export function keepLease(folder: Path, asked: number): void {
	// Without room it runs out, and nothing begins.
	ifPossible(() => {
		const {left, since} = leaseIn(folder);
		const record = {boot: bootId(), since: left > 0 ? since : asked, until: asked + leaseSeconds * 1000};
		replaceFile(file(folder), record, 'nothing');
	});
}

const beatMs = 2000;

/** Does something again and again, one at a time; `first` resolves once it was done. */
export function again(
	clock: Clock,
	ms: number,
	work: () => Promise<void>,
): {readonly first: Promise<void>; stop(): Promise<void>} {
	let now: Promise<void> | null = null;
	const turn = (): Promise<void> => {
		now ??= work().finally(() => {
			now = null;
		});
		return now;
	};
	const first = turn();
	const stop = clock.every(ms, () => void turn());
	return {
		first,
		async stop() {
			stop();
			await now;
		},
	};
}

/** Says again and again that this host works for the cutover, and keeps its lease by it; returns how to stop. */
export function beating(folder: Path, hosts: Hosts, clock: Clock): () => void {
	const beat = async (): Promise<void> => {
		const asked = machineMs();
		await hosts.beat(null);
		keepLease(folder, asked);
	};
	// Without an answer the lease runs out.
	return again(clock, beatMs, () => beat().catch(() => {})).stop;
}

const askAgainMs = 200;

export type LeaseWorld = {
	readonly folder: Path;
	readonly clock: Clock;
	readonly signal: AbortSignal;
	say(line: string): void;
	/**
	 * Whether the journal has all that this runner reported, was read anew, and the attempt is still its own. Rejects where others
	 * have recorded it as lost.
	 */
	verify(): Promise<boolean>;
};

/**
 * Resolves while a step may begin. Once the lease has run out others may have gone on, so that a new one does not suffice: the
 * journal says first that they have not. Rejects where they have, or the attempt is stopped.
 */
export function stepLease({folder, clock, signal, say, verify}: LeaseWorld): () => Promise<void> {
	let known = leaseIn(folder).since;
	return async () => {
		for (let waits = false; ; ) {
			const {left, since} = leaseIn(folder);
			if (left > 0 && since !== known && (await verify())) known = since;
			if (left > 0 && since === known) {
				if (waits) say('goes on: the database answers again');
				return;
			}
			if (signal.aborted) throw new Error('stopped while it waited for the database');
			if (!waits) say('waits: the lease of this host has run out; the next step begins when the database answers');
			waits = true;
			await pause(clock, askAgainMs);
		}
	};
}

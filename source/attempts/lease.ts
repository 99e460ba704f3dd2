/*
Until when this host may begin steps of its attempts: for so long after it was heard last by the store of a cutover on several
hosts. Every process that was heard writes it down, on the clock of the machine that nobody sets.
*/
import {join} from 'node:path';
import process from 'node:process';
import {leaseSeconds} from '../cutover/model/hosts.ts';
import type {Path} from '../cutover/model/runbook.ts';
import type {Clock, Hosts} from '../cutover/ports.ts';
import {readRecord, replaceFile} from '../disk/atomic-file.ts';
import {bootId} from './processes/process.ts';

const file = (folder: Path): Path => join(folder, 'lease.json');

/** ms since the machine was started, the same in every process. */
const machineMs = (): number => Number(process.hrtime.bigint() / 1_000_000n);

/** `asked`: when the store was asked that has answered now, on the steady clock of this process. Throws nothing. */
export function keepLease(folder: Path, asked: number, clock: Pick<Clock, 'steady'>): void {
	const until = machineMs() - (clock.steady() - asked) + leaseSeconds * 1000;
	try {
		replaceFile(file(folder), Buffer.from(`${JSON.stringify({boot: bootId(), until})}\n`), 'nothing');
	} catch {
		// Without room it runs out, and nothing begins.
	}
}

/** ms that are left of it; 0 where it has run out. */
export function leaseLeft(folder: Path): number {
	const {boot, until} = readRecord(file(folder)) ?? {};
	return boot === bootId() && typeof until === 'number' ? Math.max(0, until - machineMs()) : 0;
}

const beatMs = 2000;

/** Says again and again that this host works for the cutover, and keeps its lease by it; returns how to stop. */
export function beating(folder: Path, hosts: Hosts, clock: Clock): () => void {
	let now = false;
	const beat = async (): Promise<void> => {
		if (now) return;
		now = true;
		const asked = clock.steady();
		try {
			await hosts.beat(null);
			keepLease(folder, asked, clock);
		} catch {
			// The lease runs out.
		} finally {
			now = false;
		}
	};
	void beat();
	return clock.every(beatMs, () => void beat());
}

const askAgainMs = 200;

/** Resolves while the lease counts; what waits for it says so once. */
export async function untilLeased(
	folder: Path,
	clock: Clock,
	say: (line: string) => void,
	signal: AbortSignal,
): Promise<void> {
	if (leaseLeft(folder) > 0) return;
	say(
		'waits: the database does not answer, and the lease of this host has run out; the next step begins when it answers',
	);
	while (leaseLeft(folder) === 0 && !signal.aborted) await new Promise<void>(done => clock.after(askAgainMs, done));
	say('goes on: the database answers again');
}

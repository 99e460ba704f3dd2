/*
All that runs of an attempt, and how it is ended. Its processes are found by a mark in the environment they were started
with, by the runner's session, and as children of those: whoever changes one of the three is still found by another.
*/
import process from 'node:process';
import type {Clock} from '../cutover/ports.ts';
import {pause} from '../net/limit.ts';
import {allRunning, type Identity, nameOf, type Running, signal, wasGiven} from './process.ts';

/** `variable`: `NAME=value` of the mark. `leader`: of the session, null where only the mark counts. */
export type Mark = {readonly variable: string; readonly leader: Identity | null};

const soon = 50;
const afterKill = 2000;

/** A session's number may be given again once all of it is gone: then its leader is another one, or its members older. */
function inSession(all: readonly Running[], leader: Identity): (one: Running) => boolean {
	const now = all.find(one => one.pid === leader.pid);
	const foreign = now !== undefined && now.start !== leader.start;
	return one => !foreign && one.session === leader.pid && one.start >= leader.start;
}

/** What runs of it now, without its leader. */
export function treeOf({variable, leader}: Mark): readonly Running[] {
	const all = allRunning();
	const member = leader === null ? () => false : inSession(all, leader);
	const found = new Set<number>(all.filter(one => member(one) || wasGiven(one, variable)).map(one => one.pid));
	const left = new Set([process.pid, ...(leader === null ? [] : [leader.pid])]);
	for (const pid of left) found.delete(pid);
	for (let before = -1; before !== found.size; ) {
		before = found.size;
		for (const one of all) if (found.has(one.parent) && !left.has(one.pid)) found.add(one.pid);
	}
	return all.filter(one => found.has(one.pid));
}

/** What still runs of it, a name each. */
export const stillRunning = (mark: Mark): readonly string[] => treeOf(mark).map(one => nameOf(one.pid));

async function gone(mark: Mark, clock: Clock, ms: number, name: NodeJS.Signals): Promise<boolean> {
	const reported = new Set<number>();
	for (const until = clock.steady() + ms; ; await pause(clock, soon)) {
		const left = treeOf(mark);
		if (left.length === 0) return true;
		for (const {pid} of left.filter(one => !reported.has(one.pid))) {
			reported.add(pid);
			signal(pid, name);
			// A stopped process hears nothing but KILL until it goes on.
			signal(pid, 'SIGCONT');
		}
		if (clock.steady() >= until) return false;
	}
}

/** What still runs of it once it had some time (ms) to end by itself, a name each. */
export async function settled(mark: Mark, clock: Clock, ms: number): Promise<readonly string[]> {
	for (const until = clock.steady() + ms; clock.steady() < until; await pause(clock, soon)) {
		if (treeOf(mark).length === 0) return [];
	}
	return stillRunning(mark);
}

/** TERM for all of it, KILL for what is left after the grace (ms); answers with what even that did not end, by name. */
export async function endTree(mark: Mark, clock: Clock, grace: number): Promise<readonly string[]> {
	if (!(await gone(mark, clock, grace, 'SIGTERM'))) await gone(mark, clock, afterKill, 'SIGKILL');
	return stillRunning(mark);
}

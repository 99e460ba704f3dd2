/*
Nothing of a rehearsal outlives it: its watcher, its runners, and whatever still runs of its attempts. The next one ends
what a killed one left behind.
*/

import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {logLeft} from '../attempts/lost.ts';
import type {Clock} from '../cutover/ports.ts';
import {ifPossible} from '../disk/fault.ts';
import {listFolders} from '../journal/folder.ts';
import {pause} from '../net/limit.ts';
import {identityIn, markIn} from '../processes/attempt-status.ts';
import {ownerFile} from '../processes/folder.ts';
import {allRunning, bootId, type Identity, isAlive, signal} from '../processes/process.ts';
import {programs} from '../processes/programs.ts';
import {endTree} from '../processes/tree.ts';
import {isLeft} from './owner.ts';

const graceMs = 3000;
const soon = 20;

/** True once it is gone; false after the grace. */
async function gone(one: Identity, clock: Clock, graceful: number): Promise<boolean> {
	for (const until = clock.steady() + graceful; isAlive(one); await pause(clock, soon))
		if (clock.steady() > until) return false;
	return true;
}

async function end(one: Identity, clock: Clock): Promise<void> {
	if (!isAlive(one)) return;
	signal(one.pid, 'SIGTERM');
	if (await gone(one, clock, graceMs)) return;
	signal(one.pid, 'SIGKILL');
	await gone(one, clock, graceMs);
}

const wordsOf = (pid: number): readonly string[] =>
	ifPossible(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')) ?? [];

/** Processes of one of our programs for that folder, also such as have only begun and are in no record yet. */
function oursIn(folder: string, program: string): readonly Identity[] {
	const boot = bootId();
	return allRunning().flatMap(({pid, start}) => {
		const words = wordsOf(pid);
		const at = words.indexOf(program);
		return at !== -1 && words[at + 1] === folder ? [{pid, start, boot}] : [];
	});
}

/** Those of a closed cutover end by themselves; any other is stopped. */
async function endOurs(folder: string, program: string, clock: Clock, closed: boolean): Promise<void> {
	for (const one of oursIn(folder, program)) if (!(closed && (await gone(one, clock, graceMs)))) await end(one, clock);
}

function attemptsIn(folder: string): readonly string[] {
	const place = join(folder, 'attempts');
	return existsSync(place) ? readdirSync(place) : [];
}

/** The commands first, because a runner without them ends by itself and writes down how. */
async function endAttempt(folder: string, attempt: string, clock: Clock): Promise<void> {
	const owner = identityIn(ownerFile(folder, attempt));
	if (owner === null) return;
	const ran = isAlive(owner);
	await endTree(markIn(folder, attempt, owner), clock, graceMs);
	if (!ran) return;
	if (!(await gone(owner, clock, graceMs))) await end(owner, clock);
	await logLeft(folder, attempt, clock);
}

/** Ends whatever runs of the cutover in that folder. */
export async function endAll(folder: string, clock: Clock, closed: boolean): Promise<void> {
	await endOurs(folder, programs.watcher, clock, closed);
	for (const attempt of attemptsIn(folder)) await endAttempt(folder, attempt, clock);
	await endOurs(folder, programs.runner, clock, closed);
}

/** Ends what rehearsals below `root` left running whose own process is gone. */
export async function endOrphans(root: string, clock: Clock): Promise<void> {
	for (const id of listFolders(root)) {
		const folder = join(root, id);
		if (isLeft(folder)) await endAll(folder, clock, false);
	}
}

/*
Sees to it that a watcher runs. One that lives and does not look is worse than none, because everybody trusts it: it is
ended and another one begins.
*/
import process from 'node:process';
import {identityIn} from '../attempts/attempt-status.ts';
import {watcherFile} from '../attempts/folder.ts';
import type {ProcessEnvironment} from '../attempts/processes/environment.ts';
import {isAlive} from '../attempts/processes/process.ts';
import type {Programs} from '../attempts/processes/programs.ts';
import {spawnWatcher} from '../attempts/processes/spawn.ts';
import type {Path} from '../cutover/model/runbook.ts';
import type {Clock} from '../cutover/ports.ts';
import {lastLook, watcherAlive} from './watcher.ts';

export type KeeperWorld = {
	readonly folder: Path;
	readonly clock: Clock;
	readonly programs: Programs;
	/** A watcher, which looks each second, hangs when none of its looks was seen for so many ms. */
	readonly silent?: number;
};

const betweenStarts = 5000;
const usualSilence = 60_000;

/** Answers whether it hangs. Told by this process's own steady time: other clocks are set, hurried, or slept through. */
function hanging({folder, clock, silent = usualSilence}: KeeperWorld): () => boolean {
	let observed: {readonly look: number | null; readonly at: number} | null = null;
	return () => {
		const look = lastLook(folder);
		if (observed === null || observed.look !== look) observed = {look, at: clock.steady()};
		return clock.steady() - observed.at >= silent;
	};
}

function end(folder: Path): void {
	const watcher = identityIn(watcherFile(folder));
	if (watcher !== null && isAlive(watcher)) process.kill(watcher.pid, 'SIGKILL');
}

/** To be called again and again, with what a watcher that it starts gets as environment. */
export function watcherKeeper(world: KeeperWorld): (environment: ProcessEnvironment) => void {
	const {folder, clock, programs} = world;
	const hangs = hanging(world);
	let started = Number.NEGATIVE_INFINITY;
	return environment => {
		if (watcherAlive(folder)) {
			if (!hangs()) return;
			end(folder);
		}
		if (clock.steady() - started < betweenStarts) return;
		started = clock.steady();
		spawnWatcher(programs.watcher, folder, environment);
	};
}

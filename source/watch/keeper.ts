/*
Sees to it that a watcher runs. One that lives and does not look is worse than none, because everybody trusts it: it is
ended and another one begins.
*/
import {rmSync} from 'node:fs';
import type {Path} from '../cutover/model/runbook.ts';
import {readRecord} from '../disk/atomic-file.ts';
import {identityIn} from '../processes/attempt-status.ts';
import {type Environment, lackingOf, type ProcessEnvironment} from '../processes/environment.ts';
import {watcherFile} from '../processes/folder.ts';
import type {KeeperWorld} from '../processes/page-process.ts';
import {untouchedFor} from '../processes/place.ts';
import {identityOf, isAlive, runningOf, signal} from '../processes/process.ts';
import {spawnWatcher} from '../processes/spawn.ts';
import {askHost, request, watchesOthers} from './host.ts';
import {lastLook, watcherAlive} from './watcher.ts';

const betweenStarts = 5000;
/** A host that was asked looks each second; on a busy machine it may just be starting. */
const untilAsked = 20_000;
const usualSilence = 60_000;

/** Ends a watcher that hangs. Where its process still looks after others, only its record of this cutover goes. */
function end({folder, clock, silent = usualSilence}: KeeperWorld): void {
	const watcher = identityIn(watcherFile(folder));
	if (watcher === null || !isAlive(watcher)) return;
	if (watchesOthers(folder, watcher, lastLook, clock.now() - silent)) rmSync(watcherFile(folder), {force: true});
	else signal(watcher.pid, 'SIGKILL');
}

/** It lacks what this process has: another one would see more. */
function canReplace(folder: Path, {open, secret}: ProcessEnvironment): boolean {
	const {lacks} = readRecord(watcherFile(folder)) ?? {};
	// As the next one will judge it of itself: else it would be replaced again and again.
	return Array.isArray(lacks) && lacks.length > 0 && lackingOf({...open, ...secret}, lacks).length === 0;
}

/** To be called again and again, with what a watcher of this cutover gets of an environment. */
export function watcherKeeper(
	world: KeeperWorld,
): (environment: ProcessEnvironment, wanted: (env: Environment) => ProcessEnvironment) => void {
	const {folder, clock, programs} = world;
	const hangs = untouchedFor(watcherFile(folder), clock, world.silent ?? usualSilence);
	let started = Number.NEGATIVE_INFINITY;
	/** A host that was asked, or that hung, is not asked again at once. */
	let alone = false;
	return (environment, wanted) => {
		if (watcherAlive(folder)) {
			if (!hangs() && !canReplace(folder, environment)) return;
			end(world);
			alone = true;
			started = Number.NEGATIVE_INFINITY;
		}
		if (clock.steady() - started < (alone ? untilAsked : betweenStarts)) return;
		started = clock.steady();
		const asked = !alone && askHost(folder, environment, wanted);
		alone = asked;
		if (asked) return;
		const {pid} = spawnWatcher(programs.watcher, folder, environment);
		if (pid !== undefined && runningOf(pid) !== null) request(folder, identityOf(pid));
	};
}

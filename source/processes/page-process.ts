/*
The process that serves and publishes the page of a cutover, where the settings ask for one: it is started where there is none,
and ended where it does not move any more. It may die at any time, since nothing is in it that is not in the journal.
*/
import {join} from 'node:path';
import type {Path, Runbook} from '../cutover/model/runbook.ts';
import type {Clock} from '../cutover/ports.ts';
import {readRecord} from '../disk/atomic-file.ts';
import {identityIn} from './attempt-status.ts';
import {forPage, type ProcessEnvironment} from './environment.ts';
import {untouchedFor} from './place.ts';
import {isAlive, signal} from './process.ts';
import type {Programs} from './programs.ts';
import {spawnPage} from './spawn.ts';

export const pageFile = (folder: Path): Path => join(folder, 'page.json');

/** Where its complaints are. */
export const pageComplaints = (folder: Path): Path => join(folder, 'page.err');

/** The address that the living process serves the page on; null where none does. */
export function pageAddress(folder: Path): string | null {
	const file = pageFile(folder);
	const identity = identityIn(file);
	const address = readRecord(file)?.['address'];
	return identity !== null && isAlive(identity) && typeof address === 'string' ? address : null;
}

export type PageKeeperWorld = {
	readonly folder: Path;
	readonly clock: Clock;
	readonly programs: Programs;
	/** It touches its record each second, and hangs when that was not seen for so many ms. */
	readonly silent?: number;
};

const usualSilence = 60_000;
/** A port that is taken stays taken for a while. */
const betweenStarts = 5000;
const mostBetween = 60_000;

/** To be called again and again, with what processes get of an environment. */
export function pageKeeper({
	folder,
	clock,
	programs,
	silent = usualSilence,
}: PageKeeperWorld): (environment: ProcessEnvironment, runbook: Runbook | null) => void {
	const hangs = untouchedFor(pageFile(folder), clock, silent);
	let started = Number.NEGATIVE_INFINITY;
	let pause = betweenStarts;
	return (environment, runbook) => {
		const identity = identityIn(pageFile(folder));
		if (identity !== null && isAlive(identity)) {
			if (hangs()) signal(identity.pid, 'SIGKILL');
			else pause = betweenStarts;
			return;
		}
		if (clock.steady() - started < pause) return;
		pause = started === Number.NEGATIVE_INFINITY ? betweenStarts : Math.min(mostBetween, pause * 2);
		started = clock.steady();
		spawnPage(programs.page, folder, forPage(environment, runbook)).on('error', () => {});
	};
}
